/** Every stage in src/dsp, against the one suite; what is special about each comes after its line. */
import { expect, test } from 'vitest';
import {
  butter,
  Derivative,
  mainsNotch,
  MovingAverage,
  responseAt,
  notchSection,
  Sos,
} from '../../src/dsp/index.ts';
import { stageConforms, testSignal } from '../conform/stage.ts';

const FS = 360;

stageConforms('MovingAverage', () => new MovingAverage(30));
stageConforms('Derivative', () => new Derivative(FS, 3));
stageConforms('Mains notch', () => mainsNotch({ fs: FS, mains: 50 }));
stageConforms('Monitor band, order 4 + 4', () => monitorBand());

function monitorBand(): Sos {
  return new Sos([...butter(4, 'highpass', FS, 0.5), ...butter(4, 'lowpass', FS, 40)], FS);
}

test('the moving average equals the sum written out, and does not drift', () => {
  const x = testSignal('average', 20_000);
  const y = new Float64Array(x.length);
  new MovingAverage(12).process(x, y, x.length);
  for (const i of [12, 500, 19_999]) {
    const mean = x.subarray(i - 11, i + 1).reduce((a, b) => a + b, 0) / 12;
    expect(y[i]).toBeCloseTo(mean, 12);
  }
});

test('a ramp has the slope it was given, from the first sample of the span on', () => {
  const y = new Float64Array(100);
  new Derivative(FS, 2).process(
    Float64Array.from(y, (_, i) => (3 * i) / FS),
    y,
    100,
  );
  expect(y[0]).toBe(0);
  expect(y[50]).toBeCloseTo(3, 9);
});

test('the notch removes its frequency and keeps the QRS band', () => {
  const section = [notchSection({ fs: FS, mains: 60 })];
  expect(responseAt(section, 60, FS).gain).toBeLessThan(1e-9);
  expect(responseAt(section, 15, FS).gain).toBeGreaterThan(0.99);
  expect(() => mainsNotch({ fs: 100, mains: 60 })).toThrow('expected 0 < Hz < fs/2 = 50, found 60');
});

test('the delay told is the delay found on a 10-Hz wave', () => {
  const stage = monitorBand();
  const x = Float64Array.from(
    { length: 4000 },
    (_, i) => Math.sin((2 * Math.PI * 10 * i) / FS) * Math.exp(-(((i - 2000) / 400) ** 2)),
  );
  const y = new Float64Array(x.length);
  stage.process(x, y, x.length);
  const centre = (a: Float64Array): number => {
    const energy = a.reduce((sum, v) => sum + v * v, 0);
    return a.reduce((sum, v, i) => sum + i * v * v, 0) / energy;
  };
  expect(centre(y) - centre(x)).toBeCloseTo(stage.delaySamples, 0);
});
