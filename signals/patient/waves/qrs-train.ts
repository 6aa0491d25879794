/**
 * Triangular QRS complexes with a T wave, and pacing pulses: the artificial ECG of the heart rate meter's tests.
 *
 *   QRS      triangle of `mv` and `widthMs`                    range 0.5-5 mV, 40-120 ms (S: GE B20)
 *   tall T   QRS 1 mV, 100 ms; T 180 ms wide, QT 350 ms        T up to 1.2 mV must not be counted (S: Mindray)
 *   pacing   2 to 700 mV of either sign, 0.1 to 2 ms           must not be counted (S: Mindray D60)
 *
 * Pulses shorter than a sample give their area: an integrating converter loses none of them.
 */
import { rateLimit } from './wave.ts';
import type { TestWave, WaveLimit } from './wave.ts';

export interface QrsTrainOptions {
  mv?: number;
  widthMs?: number;
  ratePerMin?: number;
  /** Height of the T wave; 0 = none. */
  tMv?: number;
  /** The rate changes to this at `changeAtS`. */
  toRatePerMin?: number;
  changeAtS?: number;
  pacing?: { mv: number; widthMs: number; beforeQrsMs: number };
  /** False: pacing pulses alone, nothing captured. */
  qrs?: boolean;
}

const T_WIDTH_S = 0.18;
const QT_S = 0.35;
/** First R. */
const FIRST_S = 0.5;

/** Room before an R for the pulses that belong to it: this share of the cycle, 260 ms at most. */
const BEFORE_R = { share: 0.4, mostS: 0.26 };

interface Rates {
  rrS: number;
  toRrS: number;
  changeAtS: number;
}

/** Seconds since the R that tS belongs to, negative just before it; -Infinity before the first. */
function sinceR(tS: number, { rrS, toRrS, changeAtS }: Rates): number {
  const uS = tS + Math.min(BEFORE_R.mostS, BEFORE_R.share * Math.min(rrS, toRrS));
  const lastOldS = FIRST_S + Math.floor((changeAtS - FIRST_S) / rrS) * rrS;
  if (uS >= lastOldS + toRrS) return tS - lastOldS - Math.floor((uS - lastOldS) / toRrS) * toRrS;
  if (uS < FIRST_S) return -Infinity;
  return tS - Math.min(lastOldS, FIRST_S + Math.floor((uS - FIRST_S) / rrS) * rrS);
}

/** Share of the sample dtS long that starts at tS which the pulse fromS..toS covers. */
function covered(tS: number, dtS: number, fromS: number, toS: number): number {
  return Math.max(0, Math.min(tS + dtS, toS) - Math.max(tS, fromS)) / dtS;
}

export function qrsTrain(name: string, title: string, options: QrsTrainOptions): TestWave {
  const { mv = 1, widthMs = 100, ratePerMin = 80, tMv = 0, qrs = true, pacing } = options;
  const { toRatePerMin = ratePerMin, changeAtS = Infinity } = options;
  const rates = { rrS: 60 / ratePerMin, toRrS: 60 / toRatePerMin, changeAtS };
  const halfS = widthMs / 2000;
  const tFromS = QT_S - T_WIDTH_S - halfS;
  return {
    name,
    title,
    source: 'triangle and half sine after the disclosed test conditions (S: GE B20, Mindray uMEC10 and D60)',
    limits: limitsOf(options),
    at: (tS, dtS) => {
      const d = sinceR(tS, rates);
      let v = 0;
      if (qrs && Math.abs(d) < halfS) v += mv * (1 - Math.abs(d) / halfS);
      const u = (d - tFromS) / T_WIDTH_S;
      if (qrs && u > 0 && u < 1) v += tMv * Math.sin(Math.PI * u);
      if (pacing) {
        const fromS = -pacing.beforeQrsMs / 1000;
        v += pacing.mv * covered(d, dtS, fromS, fromS + pacing.widthMs / 1000);
      }
      return v;
    },
  };
}

function limitsOf({ ratePerMin = 80, toRatePerMin, qrs = true }: QrsTrainOptions): WaveLimit[] {
  if (!qrs) return [{ ...rateLimit(ratePerMin), min: 0, max: 0 }];
  if (toRatePerMin === undefined) return [rateLimit(ratePerMin)];
  const source = 'Mindray discloses under 11 s (S)';
  return [rateLimit(toRatePerMin), { what: 'responseTimeS', min: 0, max: 11, unit: 's', source }];
}
