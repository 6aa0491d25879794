/** Beats, class V, fiducial and synchroniser on the recorded databases, lead 0. */
import { accuracyOf, type Accuracy, type Synchroniser } from '../lib/accuracy.ts';
import { dataFolder } from '../lib/records.ts';
import { percent, quantile, table } from '../lib/table.ts';

const RUNS = [
  ['mitdb', 0],
  ['mitdb', 300],
  ['svdb', 0],
  ['ahadb', 300],
] as const;

export function accuracy(): string {
  const folder = dataFolder();
  if (folder === undefined) return 'not measured: RWAVE_DATA is not set';
  const results = RUNS.map(
    ([database, from]) => [`${database} from ${from} s`, accuracyOf(folder, database, from)] as const,
  );
  return [
    table(
      [
        'QRS, lead 0, 150 ms',
        'beats',
        'missed',
        'extra',
        'Se %',
        '+P %',
        'V Se %',
        'V +P %',
        'R error median / 95 % ms',
      ],
      results.map(([name, a]) => beatRow(name, a)),
    ),
    '',
    syncTable(results),
  ].join('\n');
}

/** One row for all triggers of a database and one for the sure ones. */
export function syncTable(results: readonly (readonly [string, Accuracy])[]): string {
  return table(
    [
      'synchroniser, from 0:10',
      'Se %',
      '+P %',
      'delay median / p99 ms',
      '> 60 ms %',
      '> 60 ms of V %',
      'false 160-360 ms after R %',
    ],
    results
      .filter(([name]) => !name.includes('mitdb from 300'))
      .flatMap(([name, a]) => [syncRow(name, a.sync), syncRow(`${name} sure`, a.sure)]),
  );
}

function beatRow(name: string, a: Accuracy): string[] {
  const error = a.fiducialMs.map(Math.abs);
  return [
    name,
    `${a.tp + a.fn}`,
    `${a.fn}`,
    `${a.fp}`,
    percent(a.tp, a.fn),
    percent(a.tp, a.fp),
    percent(a.v.tp, a.v.fn, 1),
    percent(a.v.tp, a.v.fp, 1),
    `${quantile(error, 0.5).toFixed(1)} / ${quantile(error, 0.95).toFixed(1)}`,
  ];
}

function syncRow(name: string, s: Synchroniser): string[] {
  const late = s.delaysMs.filter((ms) => ms > 60).length;
  return [
    name.replace(/ from [0-9]* s/, ''),
    percent(s.tp, s.fn),
    percent(s.tp, s.fp),
    `${quantile(s.delaysMs, 0.5).toFixed(1)} / ${quantile(s.delaysMs, 0.99).toFixed(1)}`,
    percent(late, s.tp + s.fn - late),
    percent(s.lateV, s.v - s.lateV, 2),
    percent(s.onT, s.tp + s.fn - s.onT),
  ];
}
