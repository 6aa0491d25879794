import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { biphasicExponential } from '../../firmware-sim/waveforms/biphasic-exponential.ts';
import { dampedSine } from '../../firmware-sim/waveforms/damped-sine.ts';
import { rectilinear } from '../../firmware-sim/waveforms/rectilinear.ts';
import type { DischargePath, Trace, Waveform } from '../../firmware-sim/waveforms/waveform.ts';
import { traceEnergyJ } from '../../firmware-sim/waveforms/waveform.ts';

const FS = 50_000;
const WAVEFORMS: readonly (readonly [string, Waveform, DischargePath])[] = [
  ['BTE', biphasicExponential(0.6), { capacitorF: 200e-6, seriesOhm: 3 }],
  ['rectilinear', rectilinear, { capacitorF: 120e-6, seriesOhm: 3 }],
  ['damped sine', dampedSine(0.09), { capacitorF: 35e-6, seriesOhm: 10 }],
];
const energies = fc.double({ min: 1, max: 360, noNaN: true });
const ohms = fc.double({ min: 20, max: 200, noNaN: true });

function charge(trace: Trace): number {
  let sum = 0;
  for (let i = 1; i < trace.tMs.length; i++) {
    sum +=
      (0.5 * (Math.abs(trace.amps[i]) + Math.abs(trace.amps[i - 1])) * (trace.tMs[i] - trace.tMs[i - 1])) /
      1000;
  }
  return sum;
}

describe.each(WAVEFORMS)('%s', (_, waveform, path) => {
  test('the samples carry the energy of the closed form to 1e-5', () => {
    fc.assert(
      fc.property(energies, ohms, (energyJ, ohm) => {
        const pulse = waveform.plan(path, energyJ * 1.4, energyJ, ohm);
        const { deliveredJ } = waveform.discharge(path, energyJ * 1.4, pulse, ohm);
        const trace = waveform.trace(path, energyJ * 1.4, pulse, ohm, FS);
        expect(Math.abs(traceEnergyJ(trace) / deliveredJ - 1)).toBeLessThan(1e-5);
      }),
      { numRuns: 60 },
    );
  });

  test('charge is conserved: what flowed through the patient is missing in the capacitor', () => {
    fc.assert(
      fc.property(energies, ohms, (energyJ, ohm) => {
        const storedJ = energyJ * 1.4;
        const pulse = waveform.plan(path, storedJ, energyJ, ohm);
        const { drawnJ, tilt } = waveform.discharge(path, storedJ, pulse, ohm);
        const startV = Math.sqrt((2 * storedJ) / path.capacitorF);
        const endV = startV * (1 - tilt);
        expect(0.5 * path.capacitorF * (startV ** 2 - endV ** 2)).toBeCloseTo(drawnJ, 8);
        if (!waveform.biphasic) return;
        const flowed = charge(waveform.trace(path, storedJ, pulse, ohm, FS));
        expect(flowed / (path.capacitorF * (startV - endV))).toBeCloseTo(1, 5);
      }),
      { numRuns: 60 },
    );
  });

  test('peak voltage, current and duration are those of the trace', () => {
    for (const ohm of [25, 50, 100, 175]) {
      const pulse = waveform.plan(path, 240, 200, ohm);
      const done = waveform.discharge(path, 240, pulse, ohm);
      const trace = waveform.trace(path, 240, pulse, ohm, FS);
      expect(Math.max(...trace.volts.map(Math.abs))).toBeCloseTo(done.peakV, 1);
      expect(done.peakV / done.peakA).toBeCloseTo(ohm, 9);
      expect(trace.tMs.at(-1)).toBeCloseTo(done.durationMs, 9);
      expect(trace.tMs[1] - trace.tMs[0]).toBeLessThanOrEqual(1000 / FS + 1e-12);
    }
  });
});

describe('BTE', () => {
  const [[, bte, path]] = WAVEFORMS;

  test('delivers what was planned, at every impedance, and the rest of the energy is accounted for to 1e-9', () => {
    fc.assert(
      fc.property(energies, ohms, (energyJ, ohm) => {
        const storedJ = energyJ * 1.25;
        const pulse = bte.plan(path, storedJ, energyJ, ohm);
        const done = bte.discharge(path, storedJ, pulse, ohm);
        expect(done.deliveredJ).toBeCloseTo(energyJ, 9);
        const inSeries = (done.deliveredJ * path.seriesOhm) / ohm;
        const left = storedJ * (1 - done.tilt) ** 2;
        expect(Math.abs(done.deliveredJ + inSeries + left - storedJ) / storedJ).toBeLessThan(1e-9);
      }),
    );
  });

  test('the figures of the Open AED: 150 uF, 1700 V, 200 J take 9.6, 19.2 and 33.6 ms at 50, 100 and 175 ohm', () => {
    const bare = { capacitorF: 150e-6, seriesOhm: 0 };
    const stored = 0.5 * bare.capacitorF * 1700 ** 2;
    const ms = [50, 100, 175].map((ohm) => {
      const { firstMs, secondMs } = bte.plan(bare, stored, 200, ohm);
      return firstMs + secondMs;
    });
    expect(ms[0]).toBeCloseTo(9.6, 1);
    expect(ms[1]).toBeCloseTo(19.2, 1);
    expect(ms[2]).toBeCloseTo(33.6, 1);
  });

  test('3 ohm in series leave 189 J of "200" when nobody compensates for them', () => {
    const pulse = bte.plan({ ...path, seriesOhm: 0 }, 300, 200, 50);
    const done = bte.discharge(path, 300, pulse, 50);
    expect(done.deliveredJ).toBeGreaterThan(175);
    expect(done.deliveredJ).toBeLessThan(190);
  });

  test('with too little stored it drains the capacitor and says what it delivered', () => {
    const pulse = bte.plan(path, 100, 200, 50);
    const { deliveredJ, tilt } = bte.discharge(path, 100, pulse, 50);
    expect(deliveredJ).toBeLessThan(100);
    expect(tilt).toBeCloseTo(0.95, 9);
  });
});

describe('rectilinear', () => {
  const [, [, wave, path]] = WAVEFORMS;

  test('reaches the energy while the regulator has headroom, and its phases keep their length', () => {
    for (const ohm of [25, 50, 75, 100]) {
      const pulse = wave.plan(path, 400, 150, ohm);
      expect(wave.discharge(path, 400, pulse, ohm).deliveredJ).toBeCloseTo(150, 6);
      expect([pulse.firstMs, pulse.secondMs]).toEqual([6, 4]);
    }
  });

  test('the first phase is flat', () => {
    const pulse = wave.plan(path, 400, 150, 50);
    const { amps, tMs } = wave.trace(path, 400, pulse, 50, FS);
    const first = amps.filter((_, i) => tMs[i] < 6);
    expect(Math.max(...first) - Math.min(...first)).toBe(0);
  });
});

describe('damped sine', () => {
  const [, , [, wave, path]] = WAVEFORMS;

  test.each([25, 50, 89.9, 90, 150])('at %d ohm obeys the circuit: L di/dt + R i + q/C = 0', (ohm) => {
    const pulse = wave.plan(path, 400, 333, ohm);
    const { tMs, amps } = wave.trace(path, 400, pulse, ohm, 200_000);
    const startV = Math.sqrt((2 * 400) / path.capacitorF);
    let flowed = 0;
    for (let i = 1; i < 4000; i++) {
      const dt = (tMs[i] - tMs[i - 1]) / 1000;
      flowed += 0.5 * (amps[i] + amps[i - 1]) * dt;
      const slope = (amps[i + 1] - amps[i - 1]) / (2 * dt);
      const capacitorV = startV - flowed / path.capacitorF;
      expect(Math.abs(0.09 * slope + (ohm + path.seriesOhm) * amps[i] - capacitorV)).toBeLessThan(
        startV * 1e-4,
      );
    }
  });

  test('energy is conserved to 1e-9: delivered + series + left in the capacitor = stored', () => {
    const pulse = wave.plan(path, 400, 333, 50);
    const { deliveredJ, tilt } = wave.discharge(path, 400, pulse, 50);
    const left = 400 * (1 - tilt) ** 2;
    expect(Math.abs((deliveredJ * (50 + path.seriesOhm)) / 50 + left - 400) / 400).toBeLessThan(1e-9);
  });

  test('what the patient gets depends on his impedance', () => {
    const at = (ohm: number): number =>
      wave.discharge(path, 240, wave.plan(path, 240, 200, ohm), ohm).deliveredJ;
    expect(at(25)).toBeLessThan(180);
    expect(at(50)).toBeCloseTo(200, 3);
    expect(at(150)).toBeGreaterThan(220);
  });
});
