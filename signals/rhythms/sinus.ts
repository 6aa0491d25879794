/**
 * Sinus rhythm at any rate. RR varies as in ECGSYN (McSharry 2003): two humps, LF at 0.1 Hz and HF at 0.25 Hz
 * (breathing), here as narrow-band noise, plus a little white. SD of RR about 4 % at 60/min, less when it is fast.
 */
import { Beats, FIRST_R_S, addSinusBeat } from './beats.ts';
import { NarrowBand } from './noise.ts';
import type { RateRange, Rhythm, RhythmStart } from './rhythm.ts';

/** SD of RR against its mean at 60/min. */
const USUAL_DEPTH = 0.04;

/** Makes RR intervals, s, at the times asked (which only grow). */
export function sinusIntervals(start: RhythmStart, usualDepth = USUAL_DEPTH): (tS: number) => number {
  const { rng, startS, ratePerMin } = start;
  const lf = new NarrowBand(rng.fork('lf'), startS, {
    centreHz: 0.1,
    sdHz: 0.01,
    tauS: 30,
    envelopeS: 15,
    controlHz: 4,
  });
  const hf = new NarrowBand(rng.fork('hf'), startS, {
    centreHz: 0.25,
    sdHz: 0.02,
    tauS: 30,
    envelopeS: 10,
    controlHz: 4,
  });
  const meanS = 60 / ratePerMin;
  // Vagal play goes when the heart runs: 4 % at 60/min, 1 % at 120/min.
  const depth = usualDepth * Math.min(1, meanS * meanS);
  return (tS) => {
    const x = 0.7 * lf.xAt(tS) + 0.7 * hf.xAt(tS) + 0.15 * rng.gaussian();
    return meanS * (1 + depth * Math.max(-3, Math.min(3, x)));
  };
}

function sinusRhythm(name: string, title: string, rate: RateRange, depth?: number): Rhythm {
  return {
    name,
    title,
    shock: 'automatic',
    halfDoseJ: 0,
    ejection: 1,
    rate,
    start: (start) => {
      const interval = sinusIntervals(start, depth);
      return new Beats(start.startS + FIRST_R_S, (rS) => {
        const rrS = interval(rS);
        addSinusBeat(start.complexes, rS, rrS);
        return rrS;
      });
    },
  };
}

export const sinus = sinusRhythm('sinus', 'Sinus rhythm', { usual: 75, min: 20, max: 220 });
export const bradycardia = sinusRhythm('bradycardia', 'Sinus bradycardia', { usual: 40, min: 20, max: 59 });
export const tachycardia = sinusRhythm('tachycardia', 'Sinus tachycardia', {
  usual: 130,
  min: 101,
  max: 220,
});
/** The node speeds up with every breath in: a young heart. */
export const sinusArrhythmia = sinusRhythm(
  'sinus-arrhythmia',
  'Sinus arrhythmia',
  { usual: 70, min: 40, max: 100 },
  0.13,
);
/** As a patient simulator makes it: every RR the same, at any rate. */
export const sinusFixed = sinusRhythm(
  'sinus-fixed',
  'Sinus rhythm of a generator',
  { usual: 80, min: 10, max: 360 },
  0,
);
