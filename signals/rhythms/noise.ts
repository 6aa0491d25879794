/**
 * Slow random processes in continuous time, drawn at a fixed control rate and joined by straight lines, so that
 * they do not depend on the sample rate and cost one draw per control step instead of one per sample.
 *
 *   Drift        Ornstein-Uhlenbeck: x[k+1] = a x[k] + sd sqrt(1 - a^2) g,   a = exp(-step / tau)
 *   NarrowBand   Re{ (p + iq) exp(i phase) }: two low-passed Gaussian envelopes p, q around a centre that drifts.
 *                Its spectrum is a hump of the envelope's bandwidth; it never repeats.
 *
 * Time only goes forward. `run` fills a buffer for up to RUN samples, because a call for each sample would box its result
 * (measured: 3 bytes and 500 ns a sample for the six humps of VF). Cost of NarrowBand: one sine, one cosine a sample.
 */
import type { Rng } from '../../src/core/rng.ts';
import type { Hertz, SampleIndex } from '../../src/core/units.ts';

const TWO_PI = 2 * Math.PI;

/** Most samples in one run. */
export const RUN = 64;

class Drift {
  private readonly rng: Rng;
  private readonly keep: number;
  private readonly kick: number;
  private x: number;

  constructor(rng: Rng, sd: number, tauS: number, stepS: number) {
    this.rng = rng;
    this.keep = Math.exp(-stepS / tauS);
    this.kick = sd * Math.sqrt(1 - this.keep * this.keep);
    this.x = sd * rng.gaussian();
  }

  get value(): number {
    return this.x;
  }

  step(): number {
    this.x = this.keep * this.x + this.kick * this.rng.gaussian();
    return this.x;
  }
}

/** A Drift of a Drift: two poles, so that its path is smooth. Standard deviation 1. */
class SmoothDrift {
  private readonly inner: Drift;
  private readonly keep: number;
  private readonly gain: number;
  private y: number;

  constructor(rng: Rng, tauS: number, stepS: number) {
    this.keep = Math.exp(-stepS / tauS);
    // Two equal first-order filters on white noise have the variance 1/2 of one; sqrt(2) puts it back to 1.
    this.gain = Math.SQRT2 * (1 - this.keep);
    this.inner = new Drift(rng, 1, tauS, stepS);
    this.y = rng.gaussian();
  }

  step(): number {
    this.y = this.keep * this.y + this.gain * this.inner.step();
    return this.y;
  }
}

/** Joins the control steps of anything that steps. */
export class Joined {
  private readonly rate: number;
  private readonly startS: number;
  private readonly next: () => number;
  private readonly values = new Float64Array(RUN);
  private k = 0;
  private from: number;
  private to: number;

  constructor(startS: number, controlHz: number, next: () => number) {
    this.startS = startS;
    this.rate = controlHz;
    this.next = next;
    this.from = next();
    this.to = next();
  }

  private step(): void {
    this.from = this.to;
    this.to = this.next();
    this.k++;
  }

  at(tS: number): number {
    const u = (tS - this.startS) * this.rate;
    while (u >= this.k + 1) this.step();
    return this.from + (this.to - this.from) * (u - this.k);
  }

  /** The values at samples first..first+n-1, in a buffer that the next run overwrites. */
  run(first: SampleIndex, fs: Hertz, n: number): Float64Array {
    const { values, startS, rate } = this;
    let i = 0;
    while (i < n) {
      while (((first + i) / fs - startS) * rate >= this.k + 1) this.step();
      const { from, k } = this;
      const rise = this.to - from;
      for (; i < n; i++) {
        const u = ((first + i) / fs - startS) * rate;
        if (u >= k + 1) break;
        values[i] = from + rise * (u - k);
      }
    }
    return values;
  }
}

export function joinedDrift(rng: Rng, startS: number, sd: number, tauS: number, controlHz: number): Joined {
  const drift = new Drift(rng, sd, tauS, 1 / controlHz);
  return new Joined(startS, controlHz, () => drift.step());
}

/** How the centre of an oscillation wanders. */
export interface Wandering {
  centreHz: number;
  sdHz: number;
  tauS: number;
  controlHz: number;
  /** Factor on the centre as time goes on. */
  slowing?: (tS: number) => number;
}

/** Phase of an oscillator whose frequency wanders around its centre; radians, growing. */
export function wanderingPhase(
  rng: Rng,
  startS: number,
  o: Wandering & { minHz: number; maxHz?: number },
): Joined {
  const f = new Drift(rng, o.sdHz, o.tauS, 1 / o.controlHz);
  let phase = rng.between(0, TWO_PI);
  let k = 0;
  return new Joined(startS, o.controlHz, () => {
    const centreHz = o.slowing ? o.centreHz * o.slowing(startS + k++ / o.controlHz) : o.centreHz;
    phase += (TWO_PI * Math.min(o.maxHz ?? Infinity, Math.max(o.minHz, centreHz + f.step()))) / o.controlHz;
    return phase;
  });
}

interface NarrowBandOptions extends Wandering {
  /** Correlation time of the envelope: the hump is about 0.1 / envelopeS wide (half width, Hz). */
  envelopeS: number;
}

/** Two components (x, y) with one phase and own envelopes: a vector that wanders. RMS 1 each. */
export class NarrowBand {
  readonly x = new Float64Array(RUN);
  readonly y = new Float64Array(RUN);
  private readonly phase: Joined;
  private readonly px: Joined;
  private readonly qx: Joined;
  private readonly py: Joined;
  private readonly qy: Joined;

  constructor(rng: Rng, startS: number, o: NarrowBandOptions) {
    this.phase = wanderingPhase(rng.fork('phase'), startS, { ...o, minHz: 0.3 * o.centreHz });
    const envelope = (name: string): Joined => {
      const e = new SmoothDrift(rng.fork(name), o.envelopeS, 1 / o.controlHz);
      return new Joined(startS, o.controlHz, () => e.step());
    };
    this.px = envelope('px');
    this.qx = envelope('qx');
    this.py = envelope('py');
    this.qy = envelope('qy');
  }

  /** Puts the vectors of samples first..first+n-1 into x and y. */
  run(first: SampleIndex, fs: Hertz, n: number): void {
    const { x, y } = this;
    const phase = this.phase.run(first, fs, n);
    const px = this.px.run(first, fs, n);
    const qx = this.qx.run(first, fs, n);
    const py = this.py.run(first, fs, n);
    const qy = this.qy.run(first, fs, n);
    for (let i = 0; i < n; i++) {
      const cos = Math.cos(phase[i]);
      const sin = Math.sin(phase[i]);
      x[i] = px[i] * cos - qx[i] * sin;
      y[i] = py[i] * cos - qy[i] * sin;
    }
  }

  /** The x component alone, for what is asked now and then. */
  xAt(tS: number): number {
    const phase = this.phase.at(tS);
    return this.px.at(tS) * Math.cos(phase) - this.qx.at(tS) * Math.sin(phase);
  }
}
