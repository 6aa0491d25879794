import { expect, test } from 'vitest';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { FEATURES, WindowFeed } from '../../src/advisory/index.ts';

const FS = 360;
const SECONDS = 20;

function signal(): Float64Array {
  const patient = new SimPatient({ fs: FS, seed: 8, rhythm: 'vt' });
  const leads = patient.leads.map(() => new Float64Array(SECONDS * FS));
  patient.render(leads, SECONDS * FS);
  const [x] = leads;
  // Two holes, so that hops differ in quality.
  x.fill(NaN, 6 * FS, 6.5 * FS);
  x.fill(NaN, 13 * FS, 13.1 * FS);
  return x;
}

/** A line for each window: its place, its holes, its features. */
function linesOf(windowS: number | number[]): string[] {
  const lines: string[] = [];
  const feed = new WindowFeed({ fs: FS, windowS, hopS: 1 }, (w, quality, from, to) => {
    const features = FEATURES.map((f) => f.compute(w).toPrecision(9));
    lines.push([(to - from) / FS, to / FS, quality.holes, quality.samples, ...features].join(' '));
  });
  const x = signal();
  feed.process(x, x.length);
  return lines.sort();
}

test('several lengths in one pass are what each gives alone, features and quality', () => {
  expect(linesOf([8, 2, 4])).toEqual([2, 4, 8].flatMap(linesOf).sort());
});

test('the quality of a window is that of its own seconds', () => {
  const holes = linesOf(4).map((line) => Number(line.split(' ')[2]));
  expect(new Set(holes)).toEqual(new Set([0, 180, 36]));
  // A hole of half a second is seen by the four windows that hold it.
  expect(holes.filter((n) => n === 180)).toHaveLength(4);
});
