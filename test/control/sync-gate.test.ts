import { expect, test } from 'vitest';
import { SyncGate } from '../../src/control/sync-gate.ts';

const S = 1_000_000;

test('opens on the third marker in a row', () => {
  const gate = new SyncGate();
  gate.marker(1 * S, true);
  gate.marker(2 * S, true);
  expect(gate.isOpen(2 * S)).toBe(false);
  gate.marker(3 * S, true);
  expect(gate.isOpen(3 * S)).toBe(true);
});

test('a gap of over 2 s starts the count again; 2 s do not', () => {
  const gate = new SyncGate();
  for (const t of [0, 2 * S, 4 * S]) gate.marker(t, true);
  expect(gate.isOpen(6 * S)).toBe(true);
  expect(gate.isOpen(6 * S + 1)).toBe(false);
  gate.marker(6 * S + 1, true);
  expect(gate.isOpen(6 * S + 1)).toBe(false);
});

test('irregular is fine: fibrillating atria are never regular', () => {
  const gate = new SyncGate();
  for (const t of [0, 0.4 * S, 1.9 * S]) gate.marker(t, true);
  expect(gate.isOpen(2 * S)).toBe(true);
});

test('markers that the box is not sure of do not open it', () => {
  const gate = new SyncGate();
  for (const t of [1, 2, 3]) gate.marker(t * S, false);
  expect(gate.isOpen(3 * S)).toBe(false);
  gate.marker(4 * S, true);
  expect(gate.isOpen(4 * S)).toBe(true);
});

test('doubtful markers are let pass; after 4 s of nothing else it closes', () => {
  const gate = new SyncGate();
  for (const t of [1, 2, 3]) gate.marker(t * S, true);
  for (const t of [4, 5, 6, 7]) gate.marker(t * S, false);
  expect(gate.isOpen(7 * S)).toBe(true);
  expect(gate.isOpen(7 * S + 1)).toBe(false);
});

test('after a reset nothing counts of before: neither the markers nor that one was sure', () => {
  const gate = new SyncGate();
  for (const t of [1, 2, 3]) gate.marker(t * S, true);
  gate.reset();
  expect(gate.isOpen(3 * S)).toBe(false);
  for (const t of [3.1, 3.2, 3.3]) gate.marker(t * S, false);
  expect(gate.isOpen(3.3 * S)).toBe(false);
  gate.marker(3.4 * S, true);
  expect(gate.isOpen(3.4 * S)).toBe(true);
});
