/**
 * Biphasic truncated exponential (BTE) with impedance compensation, in closed form.
 *
 *   v(t) = V0 e^(-t/RC)   drawn(t) = E0 (1 - e^(-2t/RC))   delivered = drawn Rp / (Rp + Rs)   tilt = 1 - e^(-t/RC)
 *   so the pulse that delivers E lasts t = -(RC/2) ln(1 - E / (E0 Rp/(Rp + Rs))),  R = Rp + Rs
 *
 * The H-bridge turns the sign over after the first phase and does nothing else to the capacitor; the gap between the
 * phases costs no energy. No answer exists for E >= E0 Rp/R: a weak capacitor is drained to `MAX_TILT` and delivers less.
 */
import type { Joules, Ohms } from '../../src/core/units.ts';

export interface Pulse {
  firstMs: number;
  secondMs: number;
}
export interface Discharge {
  /** Leaves the capacitor. */
  drawnJ: Joules;
  /** Reaches the patient; the rest heats the series resistance. */
  deliveredJ: Joules;
  /** Across the pads, at the leading edge. */
  peakV: number;
  peakA: number;
  /** 0..1, over both phases. */
  tilt: number;
  durationMs: number;
}
export interface DischargePath {
  capacitorF: number;
  seriesOhm: Ohms;
}

const MAX_TILT = 0.95;
/** Between the phases, so that the bridge's switches never conduct together. [K] */
export const GAP_MS = 0.4;

/** How long to conduct so that `energyJ` of `storedJ` reaches a chest of `ohm`. */
export function planPulse(
  path: DischargePath,
  storedJ: Joules,
  energyJ: Joules,
  ohm: Ohms,
  firstPhaseShare: number,
): Pulse {
  const loop = ohm + path.seriesOhm;
  const share = energyJ / ((storedJ * ohm) / loop);
  const mostShare = 1 - (1 - MAX_TILT) ** 2;
  const ms = -500 * loop * path.capacitorF * Math.log(1 - Math.min(share, mostShare));
  return { firstMs: ms * firstPhaseShare, secondMs: ms * (1 - firstPhaseShare) };
}

/** What that pulse does to a chest that is really `ohm`. */
export function discharge(path: DischargePath, storedJ: Joules, pulse: Pulse, ohm: Ohms): Discharge {
  const loop = ohm + path.seriesOhm;
  const voltage = Math.sqrt((2 * storedJ) / path.capacitorF);
  const conducting = pulse.firstMs + pulse.secondMs;
  const left = Math.exp(-conducting / 1000 / (loop * path.capacitorF));
  const drawnJ = storedJ * (1 - left * left);
  return {
    drawnJ,
    deliveredJ: (drawnJ * ohm) / loop,
    peakV: (voltage * ohm) / loop,
    peakA: voltage / loop,
    tilt: 1 - left,
    durationMs: conducting + GAP_MS,
  };
}
