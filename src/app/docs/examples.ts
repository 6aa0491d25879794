/** One packet of every type with believable values: the golden bytes of docs/PROTOCOL.md. */
import {
  EVENTS,
  FLAG,
  FAULTS,
  OUTCOMES,
  REPLIES,
  WELCOME_FLAG,
  WHYS,
  BOX_STATES,
  VITAL_STATES,
} from '../../protocol/messages.ts';
import type { Message, MessageOf, MessageType } from '../../protocol/messages.ts';
import { encodePacket } from '../../protocol/codec.ts';
import type { Packet } from '../../protocol/codec.ts';
import { MINOR, SCHEMA_HASH } from '../../protocol/schema.ts';

const SESSION = 0x2bad;
const ARM_ID = 0x5eed1234;

const at = (list: readonly string[], word: string) => list.indexOf(word);
const SHOT = {
  selectedDj: 2000,
  storedDj: 2385,
  deliveredDj: 1998,
  peakV: 1712,
  peakDa: 219,
  impedanceDohm: 750,
};
const PULSE = { firstPhaseUs: 6420, secondPhaseUs: 4280, tiltPm: 495 };

type Examples = { [K in MessageType]: Omit<MessageOf<K>, 'type'> };

const EXAMPLES: Examples = {
  hello: {
    magic: 'DFIB',
    minVer: 1,
    maxVer: 1,
    features: 0,
    mtu: 1024,
    nonce: 0xc0ffee01,
    schemaHash: SCHEMA_HASH,
    name: 'example host',
  },
  welcome: {
    ver: 1,
    minor: MINOR,
    features: 0,
    mtu: 1024,
    session: SESSION,
    flags: WELCOME_FLAG.simulated,
    schemaHash: SCHEMA_HASH,
    tickHz: 1_000_000,
    nonce: 0xc0ffee01,
    model: 'rwave ALS',
    serial: 'SIM-0001',
    firmware: 'sim 1.0',
    leads: 2,
    fs: 500,
    adcGain: 200,
    leadNames: 'pads,II',
  },
  heartbeat: { tUs: 12_345_678, state: at(BOX_STATES, 'ready'), lastSeqSeen: 41, rxErrors: 0, dropped: 0 },
  timesync: { t1: 5_000_000, t2: 12_345_678, t3: 12_345_690 },
  ack: { refSeq: 7, code: at(REPLIES, 'ok'), detail: 0 },
  nak: { refSeq: 8, code: at(REPLIES, 'badState'), detail: 0 },
  getStatus: {},
  status: {
    state: at(BOX_STATES, 'ready'),
    sync: 0,
    leadsOff: 0,
    energySelDj: 2000,
    capV: 1544,
    capEnergyDj: 2385,
    chargePct: 100,
    impedanceDohm: 750,
    batteryPct: 98,
    armId: ARM_ID,
    faults: 0,
    shocks: 1,
    dumpRelay: 0,
    pacing: 0,
  },
  selectEnergy: { energyDj: 2000 },
  charge: { energyDj: 2000 },
  disarm: {},
  syncSet: { on: 1, lead: 0 },
  fire: { armId: ARM_ID, energyDj: 2000, sync: 0, validUntilUs: 13_345_678, waitRMs: 0 },
  getResult: { armId: ARM_ID },
  paceSet: { on: 1, mode: 1, ratePpm: 70, currentMa: 65, widthUs: 40_000 },
  result: {
    armId: ARM_ID,
    outcome: at(OUTCOMES, 'delivered'),
    why: at(WHYS, 'none'),
    sync: 0,
    ...SHOT,
    tRUs: 0,
    tShockUs: 12_400_000,
    sample: 6200,
    ...PULSE,
  },
  cancelFire: { armId: ARM_ID },
  streamCfg: { leadMask: 3, samplesPerPacket: 20 },
  wave: {
    idx0: 6000,
    t0Us: 12_000_000,
    fs: 500,
    adcGain: 200,
    leadMask: 3,
    nLeads: 2,
    n: 3,
    samples: Int16Array.of(0, -2, 15, 7, 221, -32768),
  },
  event: {
    eventId: 3,
    code: at(EVENTS, 'shock'),
    tUs: 12_400_000,
    sample: 6200,
    armId: ARM_ID,
    why: 0,
    sync: 0,
    ...SHOT,
    tRUs: 0,
    faults: 1 << at(FAULTS, 'lowBattery'),
    leadsOff: 0,
    expiryMs: 0,
    ...PULSE,
  },
  eventAck: { eventId: 3 },
  vitalsCfg: { on: 1, channelMask: 0b011 },
  nibp: { start: 1, everyS: 300 },
  vitals: {
    tUs: 13_000_000,
    sample: 6500,
    sensors: 0b11111,
    states: 1 << at(VITAL_STATES, 'noCompressions'),
    spo2Pct: 97,
    pulsePerMin: 74,
    etco2DmmHg: 378,
    breathsPerMin: 15,
    nibpSysMmHg: 121,
    nibpDiaMmHg: 79,
    nibpMeanMmHg: 93,
    nibpAgeS: 42,
    temperatureCc: 3680,
    compressionMm: 0,
    compressionsPerMin: 0,
  },
  channel: {
    kind: 0,
    idx0: 6000,
    everySamples: 20,
    perUnit: 1000,
    values: Int16Array.of(400, 512, 688, -32768),
  },
  patientSet: { kind: 1, weightDkg: 180 },
  setBaud: { baud: 921_600 },
  reset: {},
  log: { text: 'self-test passed' },
};

export function exampleOf(type: MessageType): Message {
  return { type, ...EXAMPLES[type] } as unknown as Message;
}

/** The example on the wire, seq 7, in session 0x2bad (HELLO: 0). */
export function examplePacket(type: MessageType): Packet {
  const flags = type === 'wave' || type === 'event' || type === 'log' || type === 'vitals' ? FLAG.event : 0;
  return { message: exampleOf(type), seq: 7, session: type === 'hello' ? 0 : SESSION, flags };
}

export function exampleHex(type: MessageType): string {
  return [...encodePacket(examplePacket(type))].map((b) => b.toString(16).padStart(2, '0')).join(' ');
}
