import { expect, test } from 'vitest';
import { crc32 } from '../../src/protocol/crc32.ts';
import { MESSAGES } from '../../src/protocol/messages.ts';
import { EARLIER_TABLES, SCHEMA_HASH, schemaText } from '../../src/protocol/schema.ts';

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

test('an earlier table is this one without fields at the end of its messages', () => {
  const appended = [',firstPhaseUs:u16,secondPhaseUs:u16,tiltPm:u16'];
  EARLIER_TABLES.toReversed().forEach(({ hash }, k) => {
    const text = appended
      .slice(0, k + 1)
      .reduce((s, fields) => s.replaceAll(new RegExp(`${fields}$`, 'gm'), ''), schemaText());
    expect(crc32(new TextEncoder().encode(text))).toBe(hash);
  });
});
