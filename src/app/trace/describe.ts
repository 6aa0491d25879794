/** Packets in words, for traces and for people. */
import { BOX_STATES, EVENTS, FAULTS, FLAG, OUTCOMES, REPLIES, WHYS } from '../../protocol/messages.ts';
import type { Packet } from '../../protocol/codec.ts';
import { snake } from '../docs/layout.ts';

type Value = number | string | readonly number[] | readonly string[];

/** Fields whose number is a word: by message and field, or by field alone. */
const WORDS: Readonly<Partial<Record<string, readonly (string | undefined)[]>>> = {
  state: BOX_STATES,
  'ack.code': REPLIES,
  'nak.code': REPLIES,
  'event.code': EVENTS,
  why: WHYS,
  outcome: OUTCOMES,
};

function wordOf(type: string, field: string, value: unknown): Value {
  if (value instanceof Int16Array) return [...value];
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return String(value);
  if (field === 'faults') return FAULTS.filter((_, bit) => (value >>> bit) & 1);
  return (WORDS[`${type}.${field}`] ?? WORDS[field])?.[value] ?? value;
}

export interface DescribedPacket {
  type: string;
  seq: number;
  session: number;
  flags: readonly string[];
  fields: Readonly<Record<string, Value>>;
}

/** A packet with words for codes and flags. */
export function describePacket({ message, seq, session, flags }: Packet): DescribedPacket {
  const { type, ...fields } = message;
  const words = Object.entries(fields).map(([name, value]) => [name, wordOf(type, name, value)] as const);
  const set = Object.entries(FLAG).filter(([, bit]) => flags & bit);
  return { type, seq, session, flags: set.map(([name]) => name), fields: Object.fromEntries(words) };
}

/** One line for people: `CHARGE seq 12 session 2bad energyDj=2000`. */
export function packetLine(packet: Packet): string {
  const { type, seq, session, flags, fields } = describePacket(packet);
  const list = Object.entries(fields).map(([name, value]) => {
    const text = typeof value === 'object' ? `[${value.join(' ')}]` : String(value);
    return `${name}=${text.length > 48 ? `${text.slice(0, 45)}...` : text}`;
  });
  const marks = flags.length > 0 ? [`(${flags.join(' ')})`] : [];
  const where = `seq ${seq} session ${session.toString(16).padStart(4, '0')}`;
  return [snake(type).toUpperCase(), ...marks, where, ...list].join(' ');
}
