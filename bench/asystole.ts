/**
 * Synthetic asystole beside the little that the recordings hold: the line of a heart that stands still, under what disturbs a
 * real one. Not recorded, and said so wherever it is quoted.
 *
 *   npm run bench:asystole        about 20 s
 *
 * Twelve patients (seeds) a row, two minutes each, leads as the box sees them at 250 Hz. Windows of 4 s and votes of 3 x 3 s do
 * not overlap. Right is what does not advise a shock, as AHA counts it; bound: one-sided 90 %, clustered by patient.
 */
import { SimPatient, type SimPatientOptions } from '../signals/patient/sim-patient.ts';
import { RhythmAnalyser } from '../src/advisory/index.ts';
import type { Advice } from '../src/core/advice.ts';
import { lowerBound, share, sumOf, type Tally } from '../src/score/advice-table.ts';
import { table } from './lib/table.ts';

const FS = 250;
const SECONDS = 120;
const PATIENTS = 12;

const ROWS: readonly (readonly [string, Omit<SimPatientOptions, 'seed' | 'fs'>])[] = [
  ['still, breathing and hiss only', { rhythm: 'asystole' }],
  ['P waves (0.15 mV), no QRS', { rhythm: 'p-asystole' }],
  ['baseline wander 1 mV RMS', { rhythm: 'asystole', artifacts: { wander: 1 } }],
  ['mains 50 Hz, 0.5 mV peak', { rhythm: 'asystole', artifacts: { 'mains-50': 0.5 } }],
  ['muscle 0.02 mV RMS', { rhythm: 'asystole', artifacts: { muscle: 0.02 } }],
  ['muscle 0.05 mV RMS', { rhythm: 'asystole', artifacts: { muscle: 0.05 } }],
  ['muscle 0.1 mV RMS', { rhythm: 'asystole', artifacts: { muscle: 0.1 } }],
  ['electrode motion, steps of 0.3 mV SD', { rhythm: 'asystole', artifacts: { motion: 0.3 } }],
  [
    'P waves, wander 0.5, mains 0.2, muscle 0.02 mV',
    { rhythm: 'p-asystole', artifacts: { wander: 0.5, 'mains-50': 0.2, muscle: 0.02 } },
  ],
];

function heard(patient: SimPatient, windowS: number): { advices: Advice[]; decisions: Advice[] } {
  const analyser = new RhythmAnalyser({ fs: FS, windowS });
  const leads = patient.leads.map(() => new Float64Array(FS));
  const all = { advices: [] as Advice[], decisions: [] as Advice[] };
  for (let second = 0; second < SECONDS; second++) {
    patient.render(leads, FS);
    analyser.process(leads[0], FS);
    for (let a = analyser.advices.take(); a !== undefined; a = analyser.advices.take()) all.advices.push(a);
    for (let d = analyser.decisions.take(); d !== undefined; d = analyser.decisions.take())
      all.decisions.push(d);
  }
  return all;
}

/** Those whose stretches do not overlap. */
function apart(list: readonly Advice[], seconds: number): Advice[] {
  return list.filter((a) => a.to % (seconds * FS) === 0 && a.to >= seconds * FS);
}

const right = (list: readonly Advice[]): Tally => ({
  all: list.length,
  right: list.filter((a) => a.verdict !== 'shock').length,
});

function cells(tallies: readonly Tally[]): string[] {
  return [
    `${sumOf(tallies).all}`,
    (100 * share(sumOf(tallies))).toFixed(1),
    (100 * lowerBound(tallies)).toFixed(1),
  ];
}

const rows = ROWS.map(([name, options]) => {
  const single: Tally[] = [];
  const voted: Tally[] = [];
  for (let seed = 1; seed <= PATIENTS; seed++) {
    const patient = (): SimPatient => new SimPatient({ fs: FS, seed: `asystole ${seed}`, ...options });
    single.push(right(apart(heard(patient(), 4).advices, 4)));
    voted.push(right(apart(heard(patient(), 3).decisions, 9)));
  }
  return [name, ...cells(single), ...cells(voted)];
});
console.log(table(['synthetic asystole', 'n, 4 s', 'Sp %', 'bound', 'n, 3 x 3 s', 'Sp %', 'bound'], rows));
