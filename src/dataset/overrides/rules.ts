/**
 * The written rules behind the overrides of protocol P2, one entry each. They look at the signal and the annotation, never
 * at beats or scores.
 *
 *   compressions  VF, VFL; under half of the power of 0.5-40 Hz lies in 2-8 Hz. VF has its hump at 3-8 Hz; chest compressions
 *                 and movement put the power elsewhere. Own limit, see docs/ADVICE.md for when and how it was set.
 *   fineVF        VF, VFL of less than 0.2 mV peak to peak         AHA 1997: coarse VF has 0.2 mV and more
 *   notFlat       labelled asystole of 0.15 mV or more             Li, Rajagopalan & Clifford 2014
 *   slowVT        a VT episode of under 150/min                    the lower of the two lines in use (150, 180)
 *   saturation    one and the same value for 1 s or more, in any rhythm: a rail, an amplifier that recovers, no input
 *
 * The first three look at 4 s of 1-30 Hz, wholly in one label, and mark the middle 2 s of them. Millivolts are those of the
 * header: where the gain is nominal (vfdb), `fineVF` and `notFlat` are only as good as that. Clipped peaks are no
 * saturation: they last a tenth of a second, and clipped VF stays VF.
 */
import { featureNamed } from '../../advisory/index.ts';
import type { AnalysisWindow } from '../../advisory/window.ts';
import type { OverrideKind } from '../../score/advice-override.ts';

export interface WindowRule {
  what: OverrideKind;
  rhythms: readonly string[];
  /** Why the rule holds for this window; undefined where it does not. */
  why(w: AnalysisWindow): string | undefined;
}

const VF_BAND_SHARE = 0.5;
const COARSE_MV = 0.2;
const FLAT_MV = 0.15;
export const RAPID_VT = 150;
export const SATURATED_S = 1;
export const RULE_WINDOW_S = 4;
export const RULE_HOP_S = 2;

const power2to8 = featureNamed('power2to8');
const FIBRILLATION = ['VF', 'VFL'];

export const WINDOW_RULES: readonly WindowRule[] = [
  {
    what: 'compressions',
    rhythms: FIBRILLATION,
    why(w) {
      const share = power2to8.compute(w);
      return share < VF_BAND_SHARE ? `power in 2-8 Hz ${share.toFixed(2)} < ${VF_BAND_SHARE}` : undefined;
    },
  },
  {
    what: 'fineVF',
    rhythms: FIBRILLATION,
    why: (w) => (w.peakToPeak < COARSE_MV ? `${w.peakToPeak.toFixed(3)} mV < ${COARSE_MV}` : undefined),
  },
  {
    what: 'notFlat',
    rhythms: ['ASYS'],
    why: (w) => (w.peakToPeak >= FLAT_MV ? `${w.peakToPeak.toFixed(3)} mV >= ${FLAT_MV}` : undefined),
  },
];
