/** The tables of a training run as text that people can read: protocols side by side, AHA classes, records that miss. */
import { type Protocol, PROTOCOLS } from '../../score/advice-protocol.ts';
import { type AdviceTable, averageOf, lowerBound, share, sumOf } from '../../score/advice-table.ts';
import type { Validated } from './cross-validate.ts';
import { falseAlarms, onsets, type Scope, singleTable, voteTable } from './evaluate.ts';

const percent = (x: number): string => (Number.isNaN(x) ? '-' : (100 * x).toFixed(1)).padStart(6);

/** Goals of the AHA (Kerber 1997): what is asked, and of how many. */
const AHA: readonly { row: string; shockable: boolean; goal: string; least: number }[] = [
  { row: 'coarse VF', shockable: true, goal: 'Se > 90', least: 200 },
  { row: 'rapid VT', shockable: true, goal: 'Se > 75', least: 50 },
  { row: 'NSR', shockable: false, goal: 'Sp > 99', least: 100 },
  { row: 'other', shockable: false, goal: 'Sp > 95', least: 30 },
  { row: 'asystole', shockable: false, goal: 'Sp > 95', least: 100 },
  { row: 'fine VF', shockable: true, goal: 'report', least: 25 },
  { row: 'slow VT', shockable: true, goal: 'report', least: 25 },
];

function line(name: string, table: AdviceTable): string {
  const se = table.byRecord(true);
  const sp = table.byRecord(false);
  const cells = [share(sumOf(se.values())), lowerBound([...se.values()]), averageOf(se.values())];
  cells.push(share(sumOf(sp.values())), lowerBound([...sp.values()]), averageOf(sp.values()), table.bac);
  const n = `${table.tally(true).all}`.padStart(7) + `${table.tally(false).all}`.padStart(8);
  return `${name.padEnd(24)}${n}${cells.map(percent).join(' ')}`;
}

function protocolLines(v: Validated, windowS: number, name: string, make: typeof singleTable): string[] {
  const wanted: [Protocol, Scope][] = PROTOCOLS.flatMap((p): [Protocol, Scope][] =>
    p === 'P0' || p === 'P2'
      ? [
          [p, 'cudb+vfdb'],
          [p, 'all'],
        ]
      : [[p, 'cudb+vfdb']],
  );
  return wanted.map(([p, scope]) => line(`${p} ${name} ${scope}`, make(v, windowS, p, scope)));
}

function ahaLines(table: AdviceTable): string[] {
  return AHA.map(({ row, shockable, goal, least }) => {
    const records = [...table.byRecord(shockable, row).values()];
    const tally = sumOf(records);
    const cells = `${tally.all}`.padStart(7) + `${records.length}`.padStart(8) + `${least}`.padStart(6);
    return `${row.padEnd(12)}${goal.padEnd(9)}${cells} ${percent(share(tally))} ${percent(lowerBound(records))}`;
  });
}

function missLines(table: AdviceTable): string[] {
  return [true, false].map((shockable) => {
    const missed = [...table.byRecord(shockable)]
      .filter(([, t]) => t.right < t.all)
      .sort(([, a], [, b]) => b.all - b.right - (a.all - a.right))
      .map(([record, t]) => `${record} ${t.all - t.right}/${t.all}`);
    return `${shockable ? 'missed' : 'false '}: ${missed.join(', ') || 'none'}`;
  });
}

function rhythmLines(table: AdviceTable): string[] {
  return [true, false].flatMap((shockable) =>
    table.rowNames(shockable).map((row) => {
      const t = table.tally(shockable, row);
      return `${(shockable ? 'shockable ' : 'not       ') + row.padEnd(14)}${`${t.all}`.padStart(8)} ${percent(share(t))}`;
    }),
  );
}

function perRecordLines(table: AdviceTable): string[] {
  const se = table.byRecord(true);
  const sp = table.byRecord(false);
  return [...new Set([...se.keys(), ...sp.keys()])].sort().map((record) => {
    const a = se.get(record) ?? { right: 0, all: 0 };
    const b = sp.get(record) ?? { right: 0, all: 0 };
    return `${record.padEnd(12)}${`${a.all}`.padStart(6)} ${percent(share(a))}${`${b.all}`.padStart(8)} ${percent(share(b))}`;
  });
}

function onsetLines(v: Validated, windowS: number): string[] {
  const all = onsets(v, windowS);
  const delays = all.map((o) => o.delayS).sort((a, b) => a - b);
  const at = (p: number): string => {
    const value = delays[Math.min(delays.length - 1, Math.ceil(p * delays.length) - 1)];
    return Number.isFinite(value) ? `${value.toFixed(1)} s` : 'never';
  };
  const slow = all
    .filter((o) => o.delayS > 12)
    .map((o) => `${o.record} at ${o.atS.toFixed(0)} s: ${o.delayS.toFixed(0)} s`);
  return [
    `VF onset to voted advice (cudb, ${all.length} onsets): median ${at(0.5)}, 95 % ${at(0.95)}`,
    `later than 12 s: ${slow.join(', ') || 'none'}`,
  ];
}

export function trainingReport(v: Validated, windowS: number): string {
  const head = `${'protocol'.padEnd(24)}  n shock  n none    Se  bound   avg     Sp  bound   avg    BAC`;
  const alarms = falseAlarms(v, windowS);
  const p1 = singleTable(v, windowS, 'P1', 'cudb+vfdb');
  return [
    `Window ${windowS} s, leave-records-out (10 folds), thresholds from the other folds. bound: one-sided 90 %, clustered by`,
    'record; avg: mean over records. Percent. x3: three windows vote.',
    '',
    head,
    ...protocolLines(v, windowS, 'single', singleTable),
    ...protocolLines(v, windowS, 'x3', voteTable),
    '',
    'AHA classes (P2, all)          n records  goal n  rate  bound',
    'single',
    ...ahaLines(singleTable(v, windowS, 'P2', 'all')),
    'x3',
    ...ahaLines(voteTable(v, windowS, 'P2', 'all')),
    '',
    `mitdb without VT/VF/VFL marks, voting: ${alarms.episodes} false episodes in ${alarms.hours.toFixed(1)} h` +
      ` (${[...alarms.byRecord].map(([r, n]) => `${r} ${n}`).join(', ') || 'none'})`,
    ...onsetLines(v, windowS),
    '',
    'P1 single, by rhythm',
    ...rhythmLines(p1),
    '',
    'P1 single, records that miss',
    ...missLines(p1),
    'P2 x3 (all), records that miss',
    ...missLines(voteTable(v, windowS, 'P2', 'all')),
    'P0 single (all), records that miss',
    ...missLines(singleTable(v, windowS, 'P0', 'all')),
    '',
    'P1 single, by record:  n shock  Se    n none  Sp',
    ...perRecordLines(p1),
    '',
  ].join('\n');
}
