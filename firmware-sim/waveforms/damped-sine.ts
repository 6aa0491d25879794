/**
 * Monophasic damped sine (Lown 1962), for teaching: a capacitor through an inductor, no truncation, no compensation.
 *
 *   a = R/2L, w^2 = 1/LC - a^2;  S(t) = sin(wt)/w, or sinh(|w|t)/|w| when overdamped, or t between the two
 *   i(t) = (V0/L) e^(-at) S(t)      v(t) = V0 e^(-at) (cos(wt) + a S(t))
 *   delivered = Rp/R (E0 - C v^2/2 - L i^2/2) when the relay opens; all but nothing of E0 Rp/R
 *
 * Peak of i: tan(wt) = w/a. What the patient gets depends on his impedance: that is the lesson.
 */
import type { Waveform } from './waveform.ts';
import { traceOf } from './waveform.ts';

/** The relay opens when the oscillation is over; before the 50 ms that the dump relay has after the dead man (rules.ts). */
const OPEN_MS = 40;

interface Circuit {
  a: number;
  /** w^2, negative when overdamped */
  w2: number;
  inductorH: number;
  startV: number;
}

function sineLike({ w2 }: Circuit, t: number): number {
  const w = Math.sqrt(Math.abs(w2));
  // Near critical damping the series t - w^2 t^3/6 is exact to rounding.
  if (w * t < 1e-4) return t - (w2 * t * t * t) / 6;
  return w2 > 0 ? Math.sin(w * t) / w : Math.sinh(w * t) / w;
}

function cosineLike({ w2 }: Circuit, t: number): number {
  const w = Math.sqrt(Math.abs(w2));
  return w2 > 0 ? Math.cos(w * t) : Math.cosh(w * t);
}

function currentAt(c: Circuit, t: number): number {
  return (c.startV / c.inductorH) * Math.exp(-c.a * t) * sineLike(c, t);
}

function voltageAt(c: Circuit, t: number): number {
  return c.startV * Math.exp(-c.a * t) * (cosineLike(c, t) + c.a * sineLike(c, t));
}

function peakTime({ a, w2 }: Circuit): number {
  const w = Math.sqrt(Math.abs(w2));
  if (w < 1e-6 * a) return 1 / a;
  return w2 > 0 ? Math.atan2(w, a) / w : Math.atanh(w / a) / w;
}

export function dampedSine(inductorH: number): Waveform {
  const circuitOf = (capacitorF: number, loop: number, storedJ: number): Circuit => {
    const a = loop / (2 * inductorH);
    return {
      a,
      w2: 1 / (inductorH * capacitorF) - a * a,
      inductorH,
      startV: Math.sqrt((2 * storedJ) / capacitorF),
    };
  };
  return {
    name: 'MDS',
    biphasic: false,
    plan: () => ({ firstMs: OPEN_MS, secondMs: 0, currentA: NaN }),
    discharge({ capacitorF, seriesOhm }, storedJ, pulse, ohm) {
      const loop = ohm + seriesOhm;
      const circuit = circuitOf(capacitorF, loop, storedJ);
      const t = pulse.firstMs / 1000;
      const endV = voltageAt(circuit, t);
      const endA = currentAt(circuit, t);
      const drawnJ = storedJ - 0.5 * capacitorF * endV * endV;
      const peakA = currentAt(circuit, peakTime(circuit));
      return {
        drawnJ,
        deliveredJ: ((drawnJ - 0.5 * inductorH * endA * endA) * ohm) / loop,
        peakV: peakA * ohm,
        peakA,
        tilt: 1 - endV / circuit.startV,
        durationMs: pulse.firstMs,
      };
    },
    trace({ capacitorF, seriesOhm }, storedJ, pulse, ohm, fs) {
      const circuit = circuitOf(capacitorF, ohm + seriesOhm, storedJ);
      return traceOf(
        [{ startMs: 0, lengthMs: pulse.firstMs, currentA: (t) => currentAt(circuit, t) }],
        ohm,
        fs,
      );
    },
  };
}
