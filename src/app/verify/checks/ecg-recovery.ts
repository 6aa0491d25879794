/** How long the ECG is of no use after the highest energy: until it looks as it did before the shock. */
import type { Check } from '../check.ts';
import { listen } from '../ecg.ts';
import { judge, notRun } from '../finding.ts';
import { LIMITS } from '../limits.ts';

/** Plain beats of 1 mV, 80/min, with a small T. */
const WAVE = 'tall-t-200';
const RR_S = 0.75;
const BEFORE_S = 5;
const AFTER_S = 12;
/** A tenth of the QRS: 1 mm on the paper. */
const TOLERANCE_MV = 0.1;

export const ecgRecovery: Check = {
  name: 'ecg-recovery',
  title: 'ECG recovery after a shock',
  method: `A wave of 80/min plays; the highest energy goes into 50 ohm. Recovered: from here on, each heart cycle reaches from the same low to the same high as before, within ${TOLERANCE_MV} mV.`,
  needs: ['session', 'bench'],
  async run(bay) {
    await bay.bench.ask<'setWave'>({ do: 'setWave', wave: WAVE });
    const ecg = await listen(bay, false);
    await bay.bench.ask<'setLoadOhm'>({ do: 'setLoadOhm', ohm: 50 });
    await bay.wait(BEFORE_S * 1000);
    const energyJ = bay.profile.ladderJ[bay.profile.ladderJ.length - 1];
    const charge = await bay.charge(energyJ);
    const shock = await bay.fire(charge);
    if (shock === undefined) return { findings: [notRun('recovery', 'no shock came')] };
    const at = bay.host.toOurs(shock.sample);
    await bay.wait(AFTER_S * 1000);
    await bay.bench.ask<'setLoadOhm'>({ do: 'setLoadOhm' });
    await bay.bench.ask<'setWave'>({ do: 'setWave' });
    const seconds = recoveryS(ecg.samples, at, ecg.fs);
    const from = at - 2 * ecg.fs;
    const shown = ecg.samples.slice(from, at + 8 * ecg.fs);
    return {
      findings: [judge(`after ${energyJ} J into 50 ohm`, seconds, LIMITS.ecgRecovery)],
      plots: [
        {
          title: `ECG around the shock of ${energyJ} J (lead of the pads)`,
          xLabel: 's after the shock',
          yLabel: 'mV',
          series: [{ name: 'ECG', x: shown.map((_, i) => (i + from - at) / ecg.fs), y: shown }],
          lines: [
            { x: 0, label: 'shock' },
            { x: LIMITS.ecgRecovery.high, label: `limit ${LIMITS.ecgRecovery.high} s` },
          ],
        },
      ],
    };
  },
};

/** Start of the first heart cycle that is as before the shock, as are all later ones. */
function recoveryS(samples: readonly number[], at: number, fs: number): number {
  const cycle = Math.ceil(RR_S * fs);
  const before = rangeOf(samples.slice(at - 3 * cycle, at));
  const isFine = (from: number): boolean => {
    const { low, high } = rangeOf(samples.slice(from, from + cycle));
    return Math.abs(low - before.low) <= TOLERANCE_MV && Math.abs(high - before.high) <= TOLERANCE_MV;
  };
  const step = Math.round(fs / 100);
  let from = samples.length - cycle;
  if (!isFine(from)) return NaN;
  while (from > at && isFine(from)) from -= step;
  return Math.max(0, (from + step - at) / fs);
}

/** A sample that was not measured makes both NaN. */
function rangeOf(samples: readonly number[]): { low: number; high: number } {
  return { low: Math.min(...samples), high: Math.max(...samples) };
}
