/**
 * Rectilinear biphasic: a first phase of constant current, a second phase of truncated exponential (6 ms + 4 ms [K]; that
 * the phases keep their length whatever the impedance is [S]).
 *
 *   first:   i = I, capacitor V1 = V0 - I t1 / C; a regulator in series burns what is over
 *   second:  i = -I e^(-t/(R2 C)) with R2 = V1 / I >= R: the regulator's resistance stays in the loop
 *   delivered = Rp (I^2 t1 + I C V1 (1 - e^(-2 t2/(R2 C))) / 2)
 *
 * The regulator needs V1 >= I R, so I <= V0 / (R + t1/C): at a high impedance the current, and with it the energy, ends there.
 * The current for an energy has no closed form; it is found by halving, to the last bit.
 */
import type { Joules, Ohms } from '../../src/core/units.ts';
import type { DischargePath, Waveform } from './waveform.ts';
import { GAP_MS, traceOf } from './waveform.ts';

const FIRST_MS = 6;
const SECOND_MS = 4;

interface Solved {
  deliveredJ: Joules;
  drawnJ: Joules;
  /** Time constant of the second phase, s. */
  tau: number;
  startV: number;
  endV: number;
}

function solve({ capacitorF }: DischargePath, storedJ: Joules, currentA: number, ohm: Ohms): Solved {
  const t1 = FIRST_MS / 1000;
  const t2 = SECOND_MS / 1000;
  const startV = Math.sqrt((2 * storedJ) / capacitorF);
  const turnV = startV - (currentA * t1) / capacitorF;
  const tau = (turnV / currentA) * capacitorF;
  const endV = turnV * Math.exp(-t2 / tau);
  const secondCharge2 = 0.5 * currentA * capacitorF * turnV * (1 - Math.exp((-2 * t2) / tau));
  return {
    deliveredJ: ohm * (currentA * currentA * t1 + secondCharge2),
    drawnJ: 0.5 * capacitorF * (startV * startV - endV * endV),
    tau,
    startV,
    endV,
  };
}

function mostCurrent(path: DischargePath, storedJ: Joules, ohm: Ohms): number {
  const startV = Math.sqrt((2 * storedJ) / path.capacitorF);
  return startV / (ohm + path.seriesOhm + FIRST_MS / 1000 / path.capacitorF);
}

export const rectilinear: Waveform = {
  name: 'RBW',
  biphasic: true,
  plan(path, storedJ, energyJ, ohm) {
    let low = 0;
    let high = mostCurrent(path, storedJ, ohm);
    const most = high;
    if (solve(path, storedJ, high, ohm).deliveredJ > energyJ) {
      for (let i = 0; i < 60; i++) {
        const middle = (low + high) / 2;
        if (solve(path, storedJ, middle, ohm).deliveredJ < energyJ) low = middle;
        else high = middle;
      }
    }
    return { firstMs: FIRST_MS, secondMs: SECOND_MS, currentA: Math.min(high, most) };
  },
  discharge(path, storedJ, pulse, ohm) {
    // A chest that is not what was measured gets what the regulator can still hold.
    const currentA = Math.min(pulse.currentA, mostCurrent(path, storedJ, ohm));
    const { deliveredJ, drawnJ, startV, endV } = solve(path, storedJ, currentA, ohm);
    return {
      drawnJ,
      deliveredJ,
      peakV: currentA * ohm,
      peakA: currentA,
      tilt: 1 - endV / startV,
      durationMs: FIRST_MS + GAP_MS + SECOND_MS,
    };
  },
  trace(path, storedJ, pulse, ohm, fs) {
    const currentA = Math.min(pulse.currentA, mostCurrent(path, storedJ, ohm));
    const { tau } = solve(path, storedJ, currentA, ohm);
    return traceOf(
      [
        { startMs: 0, lengthMs: FIRST_MS, currentA: () => currentA },
        { startMs: FIRST_MS, lengthMs: GAP_MS, currentA: () => 0 },
        {
          startMs: FIRST_MS + GAP_MS,
          lengthMs: SECOND_MS,
          currentA: (t) => -currentA * Math.exp(-t / tau),
        },
      ],
      ohm,
      fs,
    );
  },
};
