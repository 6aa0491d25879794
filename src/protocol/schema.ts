/**
 * The table of messages as text, and its hash: two builds that do not mean the same refuse to talk.
 *
 * The words that explain a message are left out, the lists that give codes their meaning are in.
 */
import { crc32 } from './crc32.ts';
import {
  BOX_STATES,
  EVENTS,
  FAULTS,
  FLAG,
  MESSAGES,
  OUTCOMES,
  REPLIES,
  WELCOME_FLAG,
  WHYS,
} from './messages.ts';

const LISTS = { BOX_STATES, REPLIES, EVENTS, OUTCOMES, WHYS, FAULTS, FLAG, WELCOME_FLAG };

/** One line a message and a list, in the order of the table. */
export function schemaText(): string {
  const messages = Object.entries(MESSAGES).map(([type, { id, from, fields }]) => {
    const list = Object.entries(fields).map(([name, kind]) => `${name}:${kind}`);
    return `${id} ${type} ${from} ${list.join(',')}`;
  });
  const lists = Object.entries(LISTS).map(([name, list]) => `${name} ${JSON.stringify(list)}`);
  return [...messages, ...lists].join('\n');
}

export const SCHEMA_HASH = crc32(new TextEncoder().encode(schemaText()));

/** Of WELCOME: one more for each table that only appends. */
export const MINOR = 1;

/**
 * Tables of this version that lack nothing but fields at the end of ours. A box talks to a host that was built with one:
 * that host does not see the new fields. Their order is that of `minor`.
 */
export const EARLIER_TABLES: readonly { hash: number; without: string }[] = [
  { hash: 0x4fc0fd79, without: 'firstPhaseUs, secondPhaseUs and tiltPm of RESULT and EVENT' },
];

export function earlierTable(hash: number): (typeof EARLIER_TABLES)[number] | undefined {
  return EARLIER_TABLES.find((table) => table.hash === hash);
}
