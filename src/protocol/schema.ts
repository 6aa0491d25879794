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
