import { expect, test } from 'vitest';
import { crc32 } from '../../src/protocol/crc32.ts';
import { MESSAGES } from '../../src/protocol/messages.ts';
import { SCHEMA_HASH, schemaText } from '../../src/protocol/schema.ts';

test('the hash changes with a field and not with an explanation', () => {
  const text = schemaText();
  expect(SCHEMA_HASH).toBe(crc32(new TextEncoder().encode(text)));
  expect(text).toContain('49 charge host energyDj:u16');
  expect(text).not.toContain(MESSAGES.charge.what);
});

test('every message has its own id', () => {
  const ids = Object.values(MESSAGES).map((m) => m.id);
  expect(new Set(ids).size).toBe(ids.length);
});
