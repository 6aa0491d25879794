import { describe, expect, test } from 'vitest';
import type { Bandwidth } from '../../firmware-sim/bandwidth.ts';
import { FrontEnd, NOT_MEASURED } from '../../firmware-sim/front-end.ts';
import type { Patient } from '../../signals/patient/patient.ts';
import { SpikePatient } from './wire-host.ts';

/** mV by formula, for `length` samples. */
function patientOf(mv: (i: number) => number, length = Infinity, fs = 500): Patient {
  return {
    fs,
    leads: ['pads', 'II'],
    position: 0,
    impedanceOhm: 50,
    render(out, n) {
      const got = Math.min(n, length - this.position);
      for (let i = 0; i < got; i++) for (const lead of out) lead[i] = mv(this.position + i);
      (this as { position: number }).position += got;
      return got;
    },
    shock: () => undefined,
    pace: () => undefined,
  };
}

function counts(frontEnd: FrontEnd, n: number): number[] {
  const all: number[] = [];
  while (all.length < n) {
    const got = frontEnd.acquire(Math.min(50, n - all.length), 0);
    if (got === 0) break;
    all.push(...frontEnd.adu[0].subarray(0, got));
  }
  return all;
}

describe('the ADC', () => {
  test('a recording keeps its counts, whatever its gain', () => {
    for (const adcGain of [100, 200, 409.6, 1000]) {
      const record = Array.from({ length: 200 }, (_, i) => ((i * 7919) % 4001) - 2000);
      const frontEnd = new FrontEnd(
        patientOf((i) => record[i] / adcGain, 200),
        { adcGain, rangeMv: 32 },
      );
      expect(counts(frontEnd, 200)).toEqual(record);
    }
  });

  test('saturates at its rails and marks what was not measured', () => {
    const mv = [0, 9.99, 10.01, 50, -50, NaN];
    const frontEnd = new FrontEnd(
      patientOf((i) => mv[i], 6),
      { adcGain: 200, rangeMv: 10 },
    );
    expect(counts(frontEnd, 6)).toEqual([0, 1998, 2000, 2000, -2000, NOT_MEASURED]);
  });

  test('says that the recording is over, and then that the leads are off', () => {
    const frontEnd = new FrontEnd(
      patientOf(() => 0, 30),
      { adcGain: 200, rangeMv: 10 },
    );
    expect(frontEnd.acquire(50, 0)).toBe(30);
    expect(frontEnd.ended).toBe(true);
    expect(frontEnd.leadsOff).toBe(3);
  });

  test('a lead without a valid sample for 200 ms is off', () => {
    const frontEnd = new FrontEnd(
      patientOf((i) => (i < 100 ? 0 : NaN)),
      { adcGain: 200, rangeMv: 10 },
    );
    counts(frontEnd, 190);
    expect(frontEnd.leadsOff).toBe(0);
    counts(frontEnd, 20);
    expect(frontEnd.leadsOff).toBe(3);
  });

  test('is back from a shock in less than 5 s, and blind for its trigger until then', () => {
    const frontEnd = new FrontEnd(
      patientOf(() => 0),
      { adcGain: 200, rangeMv: 10 },
    );
    frontEnd.overload();
    const seen = counts(frontEnd, 2500);
    expect(seen[0]).toBe(2000);
    expect(seen.findIndex((x) => Math.abs(x) <= 10) / 500).toBeLessThan(2.5);
    expect(seen.at(-1)).toBe(0);
    expect(frontEnd.mv[0]).toBe(0);
  });
});

describe('the bandwidths', () => {
  function gainAt(hz: number, bandwidth: Bandwidth): number {
    const config = { adcGain: 1000, rangeMv: 10, bandwidth };
    const frontEnd = new FrontEnd(
      patientOf((i) => Math.sin((2 * Math.PI * hz * i) / 500)),
      config,
    );
    const seen = counts(frontEnd, 500 * 40).slice(500 * 20);
    return (Math.max(...seen) - Math.min(...seen)) / 2000;
  }

  test.each([
    ['monitor', 0.67, 40],
    ['diagnostic', 0.05, 150],
    ['pads', 0.5, 30],
  ] as const)('%s passes %d..%d Hz and is 3 dB down at both ends', (bandwidth, fromHz, toHz) => {
    expect(gainAt(Math.sqrt(fromHz * toHz), bandwidth)).toBeCloseTo(1, 1);
    expect(gainAt(fromHz, bandwidth)).toBeCloseTo(Math.SQRT1_2, 1);
    expect(gainAt(toHz, bandwidth)).toBeCloseTo(Math.SQRT1_2, 1);
  });

  test('raw changes nothing', () => {
    expect(gainAt(0.05, 'raw')).toBeCloseTo(1, 2);
  });
});

test('a pacing pulse is hidden from the trigger, not from the host', () => {
  const frontEnd = new FrontEnd(new SpikePatient(), { adcGain: 200, rangeMv: 10 });
  frontEnd.blank(40_000);
  frontEnd.acquire(40, 0);
  expect([...frontEnd.mv.subarray(0, 20)].every(Number.isNaN)).toBe(true);
  expect(frontEnd.mv[20]).toBe(0);
  expect(frontEnd.adu[0][0]).toBe(0);
});
