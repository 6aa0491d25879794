/**
 * Biphasic truncated exponential (BTE) with impedance compensation.
 *
 *   v(t) = V0 e^(-t/RC)   drawn(t) = E0 (1 - e^(-2t/RC))   delivered = drawn Rp / (Rp + Rs)   tilt = 1 - e^(-t/RC)
 *   so the pulse that delivers E lasts t = -(RC/2) ln(1 - E / (E0 Rp/(Rp + Rs))),  R = Rp + Rs
 *
 * The H-bridge turns the sign over after the first phase and does nothing else to the capacitor; the gap between the
 * phases costs no energy. No answer exists for E >= E0 Rp/R: a weak capacitor is drained to `MAX_TILT` and delivers less.
 */
import type { Waveform } from './waveform.ts';
import { GAP_MS, traceOf } from './waveform.ts';

const MAX_TILT = 0.95;
/** A pulse that is under way when the dead man expires must be over before the dump relay is due (50 ms later). */
const MOST_MS = 45;

/** `firstPhaseShare`: of the conducting time. 0.6 is usual (first phase 6-12 ms, second 4-8 ms [2]). */
export function biphasicExponential(firstPhaseShare: number): Waveform {
  return {
    name: 'BTE',
    biphasic: true,
    plan({ capacitorF, seriesOhm }, storedJ, energyJ, ohm) {
      const loop = ohm + seriesOhm;
      const share = energyJ / ((storedJ * ohm) / loop);
      const most = 1 - (1 - MAX_TILT) ** 2;
      const ms = Math.min(MOST_MS, -500 * loop * capacitorF * Math.log(1 - Math.min(share, most)));
      return { firstMs: ms * firstPhaseShare, secondMs: ms * (1 - firstPhaseShare), currentA: NaN };
    },
    discharge({ capacitorF, seriesOhm }, storedJ, { firstMs, secondMs }, ohm) {
      const loop = ohm + seriesOhm;
      const voltage = Math.sqrt((2 * storedJ) / capacitorF);
      const left = Math.exp(-(firstMs + secondMs) / 1000 / (loop * capacitorF));
      const drawnJ = storedJ * (1 - left * left);
      return {
        drawnJ,
        deliveredJ: (drawnJ * ohm) / loop,
        peakV: (voltage * ohm) / loop,
        peakA: voltage / loop,
        tilt: 1 - left,
        durationMs: firstMs + GAP_MS + secondMs,
      };
    },
    trace({ capacitorF, seriesOhm }, storedJ, { firstMs, secondMs }, ohm, fs) {
      const loop = ohm + seriesOhm;
      const tau = loop * capacitorF;
      const peakA = Math.sqrt((2 * storedJ) / capacitorF) / loop;
      const turnedA = -peakA * Math.exp(-firstMs / 1000 / tau);
      return traceOf(
        [
          { startMs: 0, lengthMs: firstMs, currentA: (t) => peakA * Math.exp(-t / tau) },
          { startMs: firstMs, lengthMs: GAP_MS, currentA: () => 0 },
          { startMs: firstMs + GAP_MS, lengthMs: secondMs, currentA: (t) => turnedA * Math.exp(-t / tau) },
        ],
        ohm,
        fs,
      );
    },
  };
}
