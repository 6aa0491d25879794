/**
 * DSP/1, the wire between host and box, defined once: types, codec, sizes, the tables in `docs/PROTOCOL.md`,
 * the C header and the fuzzer are derived from this table. Every number is little-endian, in the order written.
 *
 * Fields are appended, never moved: extra bytes at the end are ignored, missing ones read as zero, and `hello`
 * and `welcome` carry the hash of this table. Units stand in the names: Dj = 0.1 J, Dohm = 0.1 ohm, Us = microsecond, Pm = 0.1 %.
 * `bytes` and `i16s` take the rest of the payload and can only stand last.
 */
export type FieldType = 'u8' | 'u16' | 'u32' | 'u64' | 'i16' | 'char4' | 'char16' | 'i16s' | 'text';
export interface MessageSpec {
  readonly id: number;
  readonly from: 'host' | 'device' | 'both';
  readonly what: string;
  readonly fields: Readonly<Record<string, FieldType>>;
}

export const MESSAGES = {
  hello: {
    id: 0x01,
    from: 'host',
    what: 'opens a session; the only packet with session 0',
    fields: {
      magic: 'char4',
      minVer: 'u8',
      maxVer: 'u8',
      features: 'u32',
      mtu: 'u16',
      nonce: 'u32',
      schemaHash: 'u32',
      name: 'char16',
    },
  },
  welcome: {
    id: 0x02,
    from: 'device',
    what: 'answers hello with the session number that every later packet carries',
    fields: {
      ver: 'u8',
      minor: 'u8',
      features: 'u32',
      mtu: 'u16',
      session: 'u16',
      flags: 'u8',
      schemaHash: 'u32',
      tickHz: 'u32',
      nonce: 'u32',
      model: 'char16',
      serial: 'char16',
      firmware: 'char16',
      leads: 'u8',
      fs: 'u16',
      adcGain: 'u16',
      leadNames: 'text',
    },
  },
  heartbeat: {
    id: 0x03,
    from: 'both',
    what: 'five a second from each side; silence is link loss',
    fields: { tUs: 'u64', state: 'u8', lastSeqSeen: 'u16', rxErrors: 'u16', dropped: 'u32' },
  },
  timesync: {
    id: 0x04,
    from: 'both',
    what: 'host sends t1; the box answers with its clock at receipt (t2) and at sending (t3)',
    fields: { t1: 'u64', t2: 'u64', t3: 'u64' },
  },
  ack: {
    id: 0x10,
    from: 'device',
    what: 'the command refSeq was carried out',
    fields: { refSeq: 'u16', code: 'u8', detail: 'u16' },
  },
  nak: {
    id: 0x11,
    from: 'device',
    what: 'the command refSeq was refused',
    fields: { refSeq: 'u16', code: 'u8', detail: 'u16' },
  },
  getStatus: { id: 0x20, from: 'host', what: 'asks for status', fields: {} },
  status: {
    id: 0x21,
    from: 'device',
    what: 'the state of the box',
    fields: {
      state: 'u8',
      sync: 'u8',
      leadsOff: 'u8',
      energySelDj: 'u16',
      capV: 'u16',
      capEnergyDj: 'u16',
      chargePct: 'u8',
      impedanceDohm: 'u16',
      batteryPct: 'u8',
      armId: 'u32',
      faults: 'u32',
      shocks: 'u16',
      dumpRelay: 'u8',
      pacing: 'u8',
    },
  },
  selectEnergy: { id: 0x30, from: 'host', what: 'absolute, not a step', fields: { energyDj: 'u16' } },
  charge: {
    id: 0x31,
    from: 'host',
    what: 'charges to energyDj; already there answers ok',
    fields: { energyDj: 'u16' },
  },
  disarm: {
    id: 0x32,
    from: 'host',
    what: 'dumps the energy; obeyed in any state and any session, as often as sent',
    fields: {},
  },
  syncSet: { id: 0x33, from: 'host', what: 'switches the synchroniser', fields: { on: 'u8', lead: 'u8' } },
  fire: {
    id: 0x34,
    from: 'host',
    what: 'sent once, never again: permits one delivery of exactly this charge until validUntilUs on the box clock',
    fields: { armId: 'u32', energyDj: 'u16', sync: 'u8', validUntilUs: 'u64', waitRMs: 'u16' },
  },
  getResult: { id: 0x35, from: 'host', what: 'asks what became of armId', fields: { armId: 'u32' } },
  paceSet: {
    id: 0x36,
    from: 'host',
    what: 'pacer settings; mode 0 fixed, 1 demand',
    fields: { on: 'u8', mode: 'u8', ratePpm: 'u16', currentMa: 'u16', widthUs: 'u16' },
  },
  result: {
    id: 0x37,
    from: 'device',
    what: 'what became of armId: OUTCOME, and the shock in figures when it was delivered (tiltPm: fall of the voltage in the capacitor over the whole pulse, in 0.1 %; a second phase of 0 us: monophasic)',
    fields: {
      armId: 'u32',
      outcome: 'u8',
      why: 'u8',
      sync: 'u8',
      selectedDj: 'u16',
      storedDj: 'u16',
      deliveredDj: 'u16',
      peakV: 'u16',
      peakDa: 'u16',
      impedanceDohm: 'u16',
      tRUs: 'u64',
      tShockUs: 'u64',
      sample: 'u32',
      firstPhaseUs: 'u16',
      secondPhaseUs: 'u16',
      tiltPm: 'u16',
    },
  },
  cancelFire: {
    id: 0x38,
    from: 'host',
    what: 'withdraws a waiting synchronized shock; the armId is burnt',
    fields: { armId: 'u32' },
  },
  streamCfg: {
    id: 0x40,
    from: 'host',
    what: 'which leads to send (bit k = lead k; 0 stops), how many samples in a packet',
    fields: { leadMask: 'u8', samplesPerPacket: 'u8' },
  },
  wave: {
    id: 0x41,
    from: 'device',
    what: 'n samples of nLeads leads, sample after sample; adu = mV * adcGain; -32768 = not measured',
    fields: {
      idx0: 'u32',
      t0Us: 'u64',
      fs: 'u16',
      adcGain: 'u16',
      leadMask: 'u8',
      nLeads: 'u8',
      n: 'u8',
      samples: 'i16s',
    },
  },
  event: {
    id: 0x42,
    from: 'device',
    what: 'something happened; repeated every 100 ms until acknowledged (rWave: sent once; its sync tells whether the trigger may carry a shock)',
    fields: {
      eventId: 'u16',
      code: 'u8',
      tUs: 'u64',
      sample: 'u32',
      armId: 'u32',
      why: 'u8',
      sync: 'u8',
      selectedDj: 'u16',
      storedDj: 'u16',
      deliveredDj: 'u16',
      peakV: 'u16',
      peakDa: 'u16',
      impedanceDohm: 'u16',
      tRUs: 'u64',
      faults: 'u32',
      leadsOff: 'u8',
      expiryMs: 'u16',
      firstPhaseUs: 'u16',
      secondPhaseUs: 'u16',
      tiltPm: 'u16',
    },
  },
  eventAck: { id: 0x43, from: 'host', what: 'event eventId arrived', fields: { eventId: 'u16' } },
  vitalsCfg: {
    id: 0x44,
    from: 'host',
    what: 'on: VITALS once a second; channelMask: which slow waves to send (bit k = CHANNELS[k]; 0 stops)',
    fields: { on: 'u8', channelMask: 'u8' },
  },
  nibp: {
    id: 0x45,
    from: 'host',
    what: 'inflates the cuff: now where start is 1, then every everyS seconds (0: never again); start 0 and everyS 0 lets the air out',
    fields: { start: 'u8', everyS: 'u16' },
  },
  vitals: {
    id: 0x46,
    from: 'device',
    what: 'what the other sensors measured; 0 = not measured. sensors: bits of SENSORS that are plugged in; states: bits of VITAL_STATES, raw, without delay or priority',
    fields: {
      tUs: 'u64',
      sample: 'u32',
      sensors: 'u8',
      states: 'u16',
      spo2Pct: 'u8',
      pulsePerMin: 'u16',
      etco2DmmHg: 'u16',
      breathsPerMin: 'u8',
      nibpSysMmHg: 'u16',
      nibpDiaMmHg: 'u16',
      nibpMeanMmHg: 'u16',
      nibpAgeS: 'u16',
      temperatureCc: 'u16',
      compressionMm: 'u8',
      compressionsPerMin: 'u8',
    },
  },
  channel: {
    id: 0x47,
    from: 'device',
    what: 'values of a slow wave: CHANNELS[kind], one every everySamples samples of the ECG from idx0 on; value / perUnit is in its unit; -32768 = not measured',
    fields: { kind: 'u8', idx0: 'u32', everySamples: 'u16', perUnit: 'u16', values: 'i16s' },
  },
  patientSet: {
    id: 0x48,
    from: 'host',
    what: 'who is treated: PATIENTS[kind], weightDkg in 0.1 kg (0: not known). Energies outside the limits for a child are refused; a charge outside them is dumped',
    fields: { kind: 'u8', weightDkg: 'u16' },
  },
  setBaud: { id: 0x50, from: 'host', what: 'both sides change after the ack', fields: { baud: 'u32' } },
  reset: { id: 0x51, from: 'host', what: 'dumps and restarts the box', fields: {} },
  log: { id: 0x52, from: 'device', what: 'text for people', fields: { text: 'text' } },
} as const satisfies Record<string, MessageSpec>;

export type MessageType = keyof typeof MESSAGES;

interface FieldValue {
  u8: number;
  u16: number;
  u32: number;
  u64: number;
  i16: number;
  char4: string;
  char16: string;
  text: string;
  i16s: Int16Array;
}
type FieldsOf<K extends MessageType> = {
  -readonly [
    F in keyof (typeof MESSAGES)[K]['fields']
  ]: (typeof MESSAGES)[K]['fields'][F] extends keyof FieldValue
    ? FieldValue[(typeof MESSAGES)[K]['fields'][F]]
    : never;
};
/** One message with its fields, as both sides see it. */
export type Message = { [K in MessageType]: { type: K } & FieldsOf<K> }[MessageType];
export type MessageOf<K extends MessageType> = Extract<Message, { type: K }>;

/** Header flags, low nibble of byte 0 (the high nibble is the version, 1). */
export const FLAG = { ackReq: 1, resp: 2, retry: 4, event: 8 } as const;
export const WELCOME_FLAG = { simulated: 1, hvCapable: 2, hvEnabled: 4 } as const;
/** `features` of welcome: what the box has beyond ECG and therapy. */
export const FEATURE = { vitals: 1, paediatric: 2 } as const;
/** Slow waves, by their unit: share of the full pulse, mmHg, mm. */
export const CHANNELS = ['pleth', 'co2', 'compression'] as const;
export type ChannelName = (typeof CHANNELS)[number];
/** Bits of `sensors`. */
export const SENSORS = ['spo2', 'co2', 'nibp', 'temperature', 'compression'] as const;
export type Sensor = (typeof SENSORS)[number];
/** Bits of `states` of vitals. */
export const VITAL_STATES = [
  'spo2Off',
  'noPulse',
  'co2Off',
  'noBreath',
  'cuffInflated',
  'nibpFailed',
  'temperatureOff',
  'noCompressions',
] as const;
export type VitalState = (typeof VITAL_STATES)[number];
/** `kind` of patientSet. */
export const PATIENTS = ['adult', 'child'] as const;
/** `state` of status and heartbeat. */
export const BOX_STATES = [
  'selfTest',
  'standby',
  'charging',
  'ready',
  'awaitingR',
  'delivering',
  'dumping',
  'failed',
] as const;
export type BoxState = (typeof BOX_STATES)[number];
/** `code` of ack and nak. */
export const REPLIES = [
  'ok',
  'inProgress',
  'busy',
  'badState',
  'badParam',
  'expired',
  'unsupported',
  'leadsOff',
  'interlock',
  'badSession',
  'unknownArmId',
] as const;
export type Reply = (typeof REPLIES)[number];
/** `code` of event. */
export const EVENTS = [
  'none',
  'rWave',
  'ready',
  'shock',
  'abort',
  'leads',
  'linkLost',
  'fault',
  'dumped',
  'pace',
  'state',
] as const;
export type EventCode = (typeof EVENTS)[number];
/** `outcome` of result. */
export const OUTCOMES = ['unknown', 'pending', 'delivered', 'aborted', 'dumped'] as const;
export type Outcome = (typeof OUTCOMES)[number];
/** `why` of abort, dumped and result: the disarm causes. */
export const WHYS = [
  'none',
  'host',
  'timeout',
  'linkLost',
  'padsOff',
  'energyChanged',
  'noRWave',
  'cancelled',
  'fault',
  'powerDown',
  'chargeTimeout',
  'delivered',
  'impedance',
  'modeChanged',
  'watchdog',
] as const;
export type Why = (typeof WHYS)[number];
/** Bits of `faults`. */
export const FAULTS = [
  'selfTest',
  'watchdog',
  'stuckButton',
  'contactLost',
  'overTemperature',
  'overVoltage',
  'relayWeld',
  'chargeFailed',
  'lowBattery',
  'dumpFailed',
  'ecgOverload',
  'memory',
] as const;
export type Fault = (typeof FAULTS)[number];
