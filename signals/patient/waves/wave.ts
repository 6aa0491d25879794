/**
 * What a test wave is: one voltage as a function of time, and what a monitor must make of it.
 *
 * Limits carry where they come from. The marks are those of docs/SAFETY.md: S read in a manufacturer's manual,
 * K general knowledge not confirmed by a page that could be read.
 */
export interface WaveLimit {
  readonly what: 'heartRate' | 'timeToAlarmS' | 'responseTimeS';
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  readonly source: string;
}

export interface TestWave {
  readonly name: string;
  readonly title: string;
  /** Where the shape comes from. */
  readonly source: string;
  readonly limits: readonly WaveLimit[];
  /** mV at tS; `dtS` is the sample's width, for pulses that are shorter than it. */
  at(tS: number, dtS: number): number;
}

/** A Gaussian in a cycle. */
export interface Hump {
  readonly atS: number;
  readonly sigmaS: number;
  readonly mv: number;
}

export const hump = (atS: number, sigmaS: number, mv: number): Hump => ({ atS, sigmaS, mv });

/** Humps moved by atS and made `scale` times as high. */
export function shifted(humps: readonly Hump[], atS: number, scale = 1): Hump[] {
  return humps.map((h) => ({ ...h, atS: h.atS + atS, mv: h.mv * scale }));
}

/** The humps again and again every periodS; what leaves the cycle on one side comes in on the other. */
export function cycle(humps: readonly Hump[], periodS: number): (tS: number) => number {
  return (tS) => {
    let mv = 0;
    for (const h of humps) {
      const d = (tS - h.atS) / periodS;
      const offS = (d - Math.round(d)) * periodS;
      mv += h.mv * Math.exp((-0.5 * offS * offS) / (h.sigmaS * h.sigmaS));
    }
    return mv;
  };
}

/** The standard's band for a heart rate: 10 % or 5/min, whichever is greater. */
export function rateLimit(ratePerMin: number): WaveLimit {
  const band = Math.max(5, 0.1 * ratePerMin);
  return {
    what: 'heartRate',
    min: ratePerMin - band,
    max: ratePerMin + band,
    unit: '/min',
    source: 'greater of 10 % or 5/min (K); rates as disclosed by Mindray uMEC10 and Philips MP2 (S)',
  };
}
