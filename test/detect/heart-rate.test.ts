/** Heart rate as bedside monitors average it. */
import { expect, test } from 'vitest';
import { emptyBeat } from '../../src/core/beat.ts';
import { HeartRate } from '../../src/detect/index.ts';

const FS = 500;

/** The rate after beats with these RR intervals, `later` ms after the last. */
function rateAfter(rrMs: readonly number[], laterMs = 100): number {
  const rate = new HeartRate(FS);
  const beat = emptyBeat();
  rate.add(beat);
  for (const rr of rrMs) {
    beat.sample += (rr * FS) / 1000;
    beat.rrMs = rr;
    rate.add(beat);
  }
  return rate.bpm(beat.sample + (laterMs * FS) / 1000);
}

test('is the mean of 12 RR without the smallest and the largest', () => {
  expect(rateAfter([500, ...Array<number>(10).fill(800), 1100])).toBeCloseTo(75, 9);
});

test('takes the last 4 when three in a row are longer than 1200 ms', () => {
  expect(rateAfter([...Array<number>(12).fill(600), 1500, 1500, 1500, 1500])).toBeCloseTo(40, 9);
  expect(rateAfter([...Array<number>(12).fill(600), 1500, 1500])).toBeGreaterThan(80);
});

test('follows a step from 80 to 120 and from 80 to 40 within 11 s', () => {
  const steady = Array<number>(20).fill(750);
  expect(rateAfter([...steady, ...Array<number>(21).fill(500)])).toBeCloseTo(120, 0);
  expect(rateAfter([...steady, ...Array<number>(6).fill(1500)])).toBeCloseTo(40, 0);
});

test('is not known before two beats, nor when no beat came for 6 s', () => {
  expect(rateAfter([])).toBeNaN();
  expect(rateAfter([800, 800], 6100)).toBeNaN();
  expect(new HeartRate(FS).bpm(0)).toBeNaN();
});
