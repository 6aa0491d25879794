/** One message of every type with telling values, for tests and for the golden bytes in docs/PROTOCOL.md. */
import { MESSAGES } from '../../src/protocol/messages.ts';
import type { Message, MessageSpec, MessageType } from '../../src/protocol/messages.ts';

const VALUES = {
  u8: 0x12,
  u16: 0x3456,
  u32: 0x789abcde,
  u64: 0x1234_5678_9abc,
  i16: -2,
  char4: 'DFIB',
  char16: 'rwave',
  text: 'pads,II',
} as const;

export const TYPES = Object.keys(MESSAGES) as MessageType[];

export function sampleMessage(type: MessageType): Message {
  const { fields }: MessageSpec = MESSAGES[type];
  const entries = Object.entries(fields).map(([name, kind]) => [
    name,
    kind === 'i16s' ? Int16Array.of(0, 1, -1, 32767, -32768) : VALUES[kind],
  ]);
  return { type, ...Object.fromEntries(entries) } as Message;
}
