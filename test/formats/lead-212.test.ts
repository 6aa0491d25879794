import { describe, expect, test } from 'vitest';
import {
  leadOfTwoToPhysical,
  onlyLeadToPhysical,
  physicalTable,
} from '../../signals/formats/wfdb/lead-212.ts';
import { Rng } from '../../src/core/rng.ts';

const SAMPLES = 64;
const GAIN = 187.3;
const BASELINE = -17;
const INVALID = -2048;

/** Both ends of the range are among the values. */
const rng = new Rng('lead-212');
const adu = Array.from({ length: SAMPLES }, (_, i) => [-2048, 2047, -1, 0][i] ?? rng.int(-2048, 2047));
const bytes = Uint8Array.from({ length: (SAMPLES * 3) / 2 }, (_, i) => {
  const pair = 2 * Math.floor(i / 3);
  const [even, odd] = [adu[pair], adu[pair + 1]];
  return [even & 0xff, ((even >> 8) & 0xf) | ((odd >> 4) & 0xf0), odd & 0xff][i % 3];
});
const chunk = { bytes, words: new Int32Array(bytes.buffer) };
const table = physicalTable(GAIN, BASELINE, INVALID);
const physical = (x: number): number => (x === INVALID ? NaN : (x - BASELINE) / GAIN);

/** Every stretch of `count` values, wherever it begins and ends: values to the last bit, sum, nothing beside it. */
function checkEveryCut(
  wanted: readonly number[],
  read: (first: number, n: number, out: Float64Array, at: number) => number,
): void {
  for (let first = 0; first < wanted.length; first++)
    for (let n = 0; first + n <= wanted.length; n++) {
      const out = new Float64Array(n + 2).fill(777);
      const sum = read(first, n, out, 1);
      const part = wanted.slice(first, first + n);
      expect([...out]).toEqual([777, ...part.map(physical), 777]);
      expect(sum).toBe(part.reduce((a, b) => a + b, 0));
    }
}

describe('format 212 straight to physical values, from any sample to any sample', () => {
  test('an only lead', () => {
    checkEveryCut(adu, (first, n, out, at) => onlyLeadToPhysical(chunk, first, n, table, out, at));
  });

  test.each([0, 1])('lead %i of two', (lead) => {
    const wanted = adu.filter((_, i) => i % 2 === lead);
    checkEveryCut(wanted, (first, n, out, at) => leadOfTwoToPhysical(chunk, first, n, lead, table, out, at));
  });
});
