import { expect, test } from 'vitest';
import { nextState, reachable, statesWith } from '../../src/control/table.ts';
import type { Table } from '../../src/control/table.ts';

const TABLE: Table = {
  a: { go: 'b', stay: 'a' },
  b: { back: 'a', jump: 'd', never: undefined },
  c: { go: 'b' },
  d: {},
};

test('an empty cell is a refusal', () => {
  expect(nextState(TABLE, 'a', 'go')).toBe('b');
  expect(nextState(TABLE, 'a', 'back')).toBeUndefined();
  expect(nextState(TABLE, 'b', 'never')).toBeUndefined();
});

test('reachable: itself, whatever events lead to, and not what lies behind the avoided', () => {
  expect(reachable(TABLE, 'a')).toEqual(new Set(['a', 'b', 'd']));
  expect(reachable(TABLE, 'a', { avoiding: 'b' })).toEqual(new Set(['a']));
  expect(reachable(TABLE, 'a', { avoidingEvents: ['jump'] })).toEqual(new Set(['a', 'b']));
});

test('states from which one event leads there', () => {
  expect(statesWith(TABLE, 'go', 'b')).toEqual(['a', 'c']);
  expect(statesWith(TABLE, 'go', 'a')).toEqual([]);
});
