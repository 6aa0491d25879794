/**
 * What all features of one window cost (the sample entropy of the teaching pages is not one of them): microseconds of
 * processor time, and as a ratio to the kernel over as many samples as the window has.
 */
import { FEATURES, MODEL_WINDOWS, WindowFeed } from '../../src/advisory/index.ts';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { calibrationKernel, kernelState } from '../lib/calibration.ts';
import { leastNs, type Piece } from '../lib/measure.ts';
import { table } from '../lib/table.ts';

const FS = 250;
const ROUNDS = 15;
/** Times that each window is looked at in a round. */
const REPEATS = 20;
const MOST_US = 100;
const BAR_S = 4;

type Window = WindowFeed['window'];

/** Windows of several rhythms: where the work depends on the signal (waves, words, beats) it is not the same one. */
function windowsOf(windowS: number): Window[] {
  return ['sinus', 'af', 'vt', 'vf', 'vf', 'asystole'].map((rhythm, k) => {
    const patient = new SimPatient({ fs: FS, seed: k, rhythm });
    const leads = patient.leads.map(() => new Float64Array(20 * FS));
    patient.render(leads, 20 * FS);
    const feed = new WindowFeed({ fs: FS, windowS, hopS: 1 }, () => undefined);
    feed.process(leads[0], 20 * FS);
    return feed.window;
  });
}

function piecesOf(windowS: number): [kernel: Piece, features: Piece] {
  const windows = windowsOf(windowS);
  const x = windows[0].x;
  const y = new Float64Array(x.length);
  const z = kernelState();
  const samples = REPEATS * windows.length;
  let sum = 0;
  const features = (): void => {
    for (let r = 0; r < REPEATS; r++)
      for (const w of windows) {
        w.refresh();
        for (const f of FEATURES) sum += f.compute(w);
      }
    if (sum === 0) throw new Error('bench: features of windows that are all zero');
  };
  const kernel = (): void => {
    for (let r = 0; r < samples; r++) calibrationKernel(x, y, z);
  };
  return [
    { name: 'kernel', samples, run: kernel },
    { name: 'features', samples, run: features },
  ];
}

export function features(): string {
  let bar = '';
  const rows = MODEL_WINDOWS.map((windowS) => {
    const ns = leastNs(piecesOf(windowS), ROUNDS);
    const us = (ns.get('features') ?? NaN) / 1000;
    const ratio = (ns.get('features') ?? NaN) / (ns.get('kernel') ?? NaN);
    if (windowS === BAR_S) bar = `Bar for ${BAR_S} s: ${MOST_US} us. Here: ${us.toFixed(0)} us.`;
    return [`${windowS} s`, us.toFixed(1), ratio.toFixed(1)];
  });
  return `${table(['window', `all ${FEATURES.length} features, us`, 'x kernel'], rows)}\n\n${bar}`;
}
