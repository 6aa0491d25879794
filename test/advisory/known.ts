/** Signals whose features are known, brought through the analysis' own front end into a window. */
import { WindowFeed } from '../../src/advisory/index.ts';
import type { AnalysisWindow } from '../../src/advisory/window.ts';
import { Rng } from '../../src/core/rng.ts';

export const FS = 250;

export type Signal = (t: number) => number;

export const sine4: Signal = (t) => Math.sin(2 * Math.PI * 4 * t);
/** What simple simulators call VF. */
export const twoSines: Signal = (t) =>
  0.4 * Math.sin(2 * Math.PI * 5 * t) + 0.3 * Math.sin(2 * Math.PI * 7 * t);
/** 60/min, Gaussian of 20 ms standard deviation, 1 mV. */
export const pulses: Signal = (t) => Math.exp(-((((t + 0.5) % 1) - 0.5) ** 2) / (2 * 0.02 ** 2));

export function noise(sdMv: number): Signal {
  const rng = new Rng('advisory/noise');
  return () => sdMv * rng.gaussian();
}

/** The first window that ends after `settleS` seconds. */
export function windowOf(signal: Signal, windowS = 5, settleS = 10): AnalysisWindow {
  const feed = new WindowFeed({ fs: FS, windowS, hopS: 1 }, () => undefined);
  const x = new Float64Array(FS);
  for (let s = 0; s < windowS + settleS; s++) {
    for (let i = 0; i < FS; i++) x[i] = signal(s + i / FS);
    feed.process(x, FS);
  }
  return feed.window;
}
