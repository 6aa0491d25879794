/**
 * Slow random processes in continuous time, drawn at a fixed control rate and joined by straight lines, so that
 * they do not depend on the sample rate and cost one draw per control step instead of one per sample.
 *
 *   Drift        Ornstein-Uhlenbeck: x[k+1] = a x[k] + sd sqrt(1 - a^2) g,   a = exp(-step / tau)
 *   NarrowBand   Re{ (p + iq) exp(i phase) }: two low-passed Gaussian envelopes p, q around a centre that drifts.
 *                Its spectrum is a hump of the envelope's bandwidth; it never repeats.
 *
 * Time only goes forward. Cost of NarrowBand.at: one sine, one cosine.
 */
import type { Rng } from '../../src/core/rng.ts';

const TWO_PI = 2 * Math.PI;

export class Drift {
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

  at(tS: number): number {
    const u = (tS - this.startS) * this.rate;
    while (u >= this.k + 1) {
      this.from = this.to;
      this.to = this.next();
      this.k++;
    }
    return this.from + (this.to - this.from) * (u - this.k);
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

export interface NarrowBandOptions extends Wandering {
  /** Correlation time of the envelope: the hump is about 0.1 / envelopeS wide (half width, Hz). */
  envelopeS: number;
}

/** Two components (x, y) with one phase and partly common envelopes: a vector that wanders. RMS 1 each. */
export class NarrowBand {
  x = 0;
  y = 0;
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

  /** Puts the vector at tS into x and y. */
  at(tS: number): void {
    const phase = this.phase.at(tS);
    const cos = Math.cos(phase);
    const sin = Math.sin(phase);
    this.x = this.px.at(tS) * cos - this.qx.at(tS) * sin;
    this.y = this.py.at(tS) * cos - this.qy.at(tS) * sin;
  }
}
