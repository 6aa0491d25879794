import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mermaid, therapyPage } from '../../src/control/diagram.ts';
import { THERAPY } from '../../src/control/therapy-table.ts';

test('docs/THERAPY.md is what the tables say (npm run docs)', () => {
  expect(readFileSync('docs/THERAPY.md', 'utf8')).toBe(therapyPage());
});

test('every cell of the table is in its diagram', () => {
  const text = mermaid(THERAPY, 'standby');
  for (const [from, row] of Object.entries(THERAPY))
    for (const [event, to] of Object.entries(row)) {
      const arrow = text.split('\n').find((line) => line.startsWith(`  ${from} --> ${to}: `));
      expect(arrow?.split(': ')[1].split(', ')).toContain(event);
    }
});

test('an empty cell has no arrow', () => {
  expect(mermaid({ a: { go: 'b', never: undefined }, b: {} }, 'a')).toBe(
    'stateDiagram-v2\n  [*] --> a\n  a --> b: go',
  );
});
