/** Heart rate from the device's ECG: test waves of IEC 60601-2-27 as far as they are disclosed, shown value against the band. */
import { testWaveByName } from '../../../../signals/patient/waves/index.ts';
import type { Bay } from '../bay.ts';
import type { Check } from '../check.ts';
import { play } from '../ecg.ts';
import type { CheckResult, Finding, Limit, Plot, Series } from '../finding.ts';
import { judge } from '../finding.ts';
import { LIMITS } from '../limits.ts';

/** Irregular rhythms are judged after 20 s (Mindray uMEC10 p232, MP2 p300 [S]); the others too. */
const SETTLE_S = 20;
const JUDGED_S = 10;
const CHANGE_AT_S = 20;

const WHAT =
  "The wave plays on the leads of the device; its ECG goes through the host's detector and heart rate meter, as on the monitor. ";

function rateLimit(wave: string): Limit {
  const limit = testWaveByName(wave).limits.find((l) => l.what === 'heartRate');
  return {
    low: limit?.min ?? 0,
    high: limit?.max ?? 0,
    unit: '/min',
    source: limit?.source ?? '',
    mark: '2',
  };
}

/** Every value shown in the last seconds must be right: the worst one is judged. */
async function worstRate(bay: Bay, wave: string): Promise<Finding> {
  const ecg = await play(bay, wave, SETTLE_S + JUDGED_S);
  const limit = rateLimit(wave);
  const wanted = (limit.low + limit.high) / 2;
  // No beats, and no number is shown: that is the right answer where none should be counted.
  const shown = ecg.rateAt
    .filter(({ t }) => t > SETTLE_S)
    .map(({ bpm }) => (wanted === 0 && Number.isNaN(bpm) ? 0 : bpm));
  const far = (bpm: number): number => (Number.isNaN(bpm) ? Infinity : Math.abs(bpm - wanted));
  const worst = shown.reduce((a, b) => (far(b) > far(a) ? b : a), wanted);
  const { title, source } = testWaveByName(wave);
  return judge(title, shown.length === 0 ? NaN : worst, limit, `shape: ${source}`);
}

async function rates(bay: Bay, waves: readonly string[]): Promise<CheckResult> {
  const { findings } = bay;
  for (const wave of waves) findings.push(await worstRate(bay, wave));
  await bay.bench.ask<'setWave'>({ do: 'setWave' });
  return { findings };
}

function rateCheck(name: string, title: string, waves: readonly string[], more = ''): Check {
  return {
    name,
    title,
    method: `${WHAT}The worst value shown from ${SETTLE_S} to ${SETTLE_S + JUDGED_S} s counts.${more}`,
    needs: ['session', 'bench'],
    run: (bay) => rates(bay, waves),
  };
}

export const heartRate = rateCheck('heart-rate', 'Heart rate accuracy', [
  '3a',
  '3b',
  '3c',
  '3d',
  ...[0.5, 5].flatMap((mv) => [40, 120].map((ms) => `qrs-${mv}-${ms}`)),
]);

export const tallT = rateCheck(
  'tall-t',
  'Tall T waves are not counted',
  [0, 0.2, 0.4, 0.6, 0.8, 1, 1.2].map((mv) => `tall-t-${Math.round(mv * 1000)}`),
  ' QRS 1 mV and 100 ms, T 180 ms wide, QT 350 ms, up to 1.2 mV (Mindray [S]).',
);

export const pacePulses = rateCheck(
  'pace-pulses',
  'Pacing pulses are not counted',
  [2, -2, 700, -700].flatMap((mv) => [0.1, 2].flatMap((ms) => [`pace-${mv}-${ms}`, `pace-only-${mv}-${ms}`])),
  ' Pulses of 2 to 700 mV and 0.1 to 2 ms of either sign, before each QRS and alone (Mindray D60 p97 [S]).',
);

export const rateResponse: Check = {
  name: 'rate-response',
  title: 'Heart rate response',
  method: `${WHAT}From the change of rate (after ${CHANGE_AT_S} s) to the first shown value in the band of the new rate that stays there.`,
  needs: ['session', 'bench'],
  async run(bay) {
    const { findings } = bay;
    const series: Series[] = [];
    for (const to of [120, 40]) {
      const { rateAt } = await play(bay, `80-to-${to}`, CHANGE_AT_S + 25);
      const { low, high } = rateLimit(`80-to-${to}`);
      const isThere = (bpm: number): boolean => bpm >= low && bpm <= high;
      const since = rateAt.findLastIndex(({ bpm }) => !isThere(bpm)) + 1;
      const seconds = (rateAt.at(since)?.t ?? NaN) - CHANGE_AT_S;
      findings.push(judge(`80 to ${to}/min`, seconds, LIMITS.hrResponse));
      series.push({ name: `80 to ${to}/min`, x: rateAt.map(({ t }) => t), y: rateAt.map(({ bpm }) => bpm) });
    }
    await bay.bench.ask<'setWave'>({ do: 'setWave' });
    return { findings, plots: [responsePlot(series)] };
  },
};

function responsePlot(series: readonly Series[]): Plot {
  return {
    title: 'Shown heart rate',
    xLabel: 's',
    yLabel: '/min',
    series,
    lines: [
      { x: CHANGE_AT_S, label: 'rate changes' },
      { x: CHANGE_AT_S + LIMITS.hrResponse.high, label: 'limit' },
    ],
  };
}
