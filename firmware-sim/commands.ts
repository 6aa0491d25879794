/**
 * Commands of the host that end in ACK or NAK: one line each, from the message to the part that carries it out.
 */
import type { Microseconds } from '../src/core/units.ts';
import type { MessageOf, MessageType, Reply } from '../src/protocol/messages.ts';
import type { Orders } from './orders.ts';
import type { Pacer } from './pacer.ts';
import type { Therapy } from './therapy.ts';
import type { Transmitter } from './transmitter.ts';
import type { VitalSigns } from './vital-signs.ts';
import type { WaveStream } from './wave-stream.ts';

export interface CommandParts {
  therapy: Therapy;
  orders: Orders;
  pacer: Pacer;
  stream: WaveStream;
  transmitter: Transmitter;
  mtu: number;
  rawLine?: boolean;
  vitals?: VitalSigns;
}

type Handler<K extends MessageType> = (box: CommandParts, message: MessageOf<K>, us: Microseconds) => Reply;

/** Bits on the line for one byte at 8N1. */
const BITS_PER_BYTE = 10;
const BAUDS = [9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600, 2_000_000];

const HANDLERS = {
  selectEnergy: ({ orders }, m, us) => orders.select(us, m.energyDj),
  charge: ({ orders }, m, us) => orders.charge(us, m.energyDj),
  disarm: ({ therapy }, _, us) => {
    therapy.dump(us, 'host');
    return 'ok';
  },
  syncSet: ({ orders }, m) => orders.setSync(m.on !== 0, m.lead),
  fire: ({ orders }, m, us) => orders.fire(us, m),
  cancelFire: ({ orders }, m, us) => orders.cancelFire(us, m.armId),
  paceSet: ({ pacer, therapy, orders }, m, us) => {
    if (therapy.state === 'delivering') return 'badState';
    const wasOn = pacer.on;
    const reply = pacer.set(us, m);
    if (wasOn && !pacer.on) orders.pacingStopped();
    // PACER pressed while charged takes the charge away (LIFEPAK 15 [S]).
    if (reply === 'ok' && m.on !== 0) therapy.dump(us, 'modeChanged');
    return reply;
  },
  streamCfg: ({ stream, mtu }, m) =>
    stream.configure(m.leadMask, m.samplesPerPacket, mtu) ? 'ok' : 'badParam',
  vitalsCfg: ({ vitals }, m) => vitals?.configure(m.on !== 0, m.channelMask) ?? 'unsupported',
  nibp: ({ vitals }, m) => vitals?.cuff.order(m.start !== 0, m.everyS) ?? 'unsupported',
  patientSet: ({ orders }, m, us) => orders.setPatient(us, m.kind, m.weightDkg / 10),
  setBaud: ({ transmitter, rawLine }, m) => {
    if (!BAUDS.includes(m.baud)) return 'badParam';
    if (rawLine !== true) transmitter.setRate(m.baud / BITS_PER_BYTE);
    return 'ok';
  },
  reset: ({ therapy }, _, us) => {
    therapy.restart(us);
    return 'ok';
  },
} as const satisfies { [K in MessageType]?: Handler<K> };

export type CommandType = keyof typeof HANDLERS;

export function isCommand(type: MessageType): type is CommandType {
  return Object.hasOwn(HANDLERS, type);
}

export function carryOut(box: CommandParts, message: MessageOf<CommandType>, us: Microseconds): Reply {
  const handler = HANDLERS[message.type] as Handler<MessageType>;
  return handler(box, message, us);
}
