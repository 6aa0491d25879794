/** The tables of a training run as text that people can read: protocols side by side, AHA classes, records that miss. */
import { hasAhaClasses, hasReading, type Protocol, PROTOCOLS } from '../../score/advice-protocol.ts';
import { leftOutText } from '../../score/advice-left-out.ts';
import { ahaLines, confusionLines, percent } from '../../score/advice-report.ts';
import { type AdviceTable, averageOf, lowerBound, share, sumOf } from '../../score/advice-table.ts';
import { episodeLines } from './episode-table.ts';
import type { Validated } from './cross-validate.ts';
import { type Chain, falseAlarms, leftOut, onsets, type Scope, singleTable, voteTable } from './evaluate.ts';

/** P2R is told where there is a reading. */
function protocolsOf(v: Validated): readonly Protocol[] {
  const read = hasReading([...v.scores.keys()].map((r) => r.reference));
  return PROTOCOLS.filter((p) => p !== 'P2R' || read);
}

const ahaProtocols = (v: Validated): Protocol[] => protocolsOf(v).filter(hasAhaClasses);

function line(name: string, table: AdviceTable): string {
  const se = table.byRecord(true);
  const sp = table.byRecord(false);
  const cells = [share(sumOf(se.values())), lowerBound([...se.values()]), averageOf(se.values())];
  cells.push(share(sumOf(sp.values())), lowerBound([...sp.values()]), averageOf(sp.values()), table.bac);
  const n = `${table.tally(true).all}`.padStart(7) + `${table.tally(false).all}`.padStart(8);
  return `${name.padEnd(24)}${n}${cells.map(percent).join(' ')}`;
}

type Maker = (v: Validated, windowS: number, p: Protocol, scope: Scope) => AdviceTable;

const chained =
  (make: typeof singleTable, chain: Chain): Maker =>
  (v, windowS, p, scope) =>
    make(v, windowS, p, scope, chain);

function protocolLines(v: Validated, windowS: number, name: string, make: Maker): string[] {
  const wanted: [Protocol, Scope][] = protocolsOf(v).flatMap((p): [Protocol, Scope][] =>
    p === 'P0' || hasAhaClasses(p)
      ? [
          [p, 'cudb+vfdb'],
          [p, 'all'],
        ]
      : [[p, 'cudb+vfdb']],
  );
  return wanted.map(([p, scope]) => line(`${p} ${name} ${scope}`, make(v, windowS, p, scope)));
}

/** Each figure beside what was left out to get it. */
function leftOutLines(v: Validated, windowS: number): string[] {
  return protocolsOf(v)
    .filter((p) => p !== 'P0')
    .flatMap((p) =>
      (['cudb+vfdb', 'all'] as const).map((scope) => {
        const counts = leftOut(v, windowS, p, scope);
        return `${`${p} ${scope}`.padEnd(14)} shockable ${leftOutText(counts.shockable)}; other ${leftOutText(counts.nonShockable)}`;
      }),
    );
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
  const p2 = singleTable(v, windowS, 'P2', 'all');
  return [
    `Window ${windowS} s, leave-records-out (10 folds), thresholds from the other folds. bound: one-sided 90 %, clustered by`,
    'record; avg: mean over records. Percent. x3: three windows vote.',
    '',
    head,
    ...protocolLines(v, windowS, 'single', singleTable),
    ...protocolLines(v, windowS, 'x3', voteTable),
    'without the watch for compressions, which looks back on 5 s and remembers:',
    ...protocolLines(v, windowS, 'alone', chained(singleTable, 'without watch')),
    ...protocolLines(v, windowS, 'x3 -', chained(voteTable, 'without watch')),
    '',
    `left out, share of the windows of ${windowS} s`,
    ...leftOutLines(v, windowS),
    '',
    ...ahaProtocols(v).flatMap((p) => [
      `${p} single, cudb, vfdb and mitdb`,
      ...ahaLines(singleTable(v, windowS, p, 'all')),
      `${p} x3`,
      ...ahaLines(voteTable(v, windowS, p, 'all')),
      `${p} single, without the watch for compressions`,
      ...ahaLines(chained(singleTable, 'without watch')(v, windowS, p, 'all')),
      `${p} x3, without the watch for compressions`,
      ...ahaLines(chained(voteTable, 'without watch')(v, windowS, p, 'all')),
      `${p} x3, with the VT rule: under 150/min no shock`,
      ...ahaLines(chained(voteTable, 'with VT rule')(v, windowS, p, 'all')),
    ]),
    '',
    `mitdb without VT/VF/VFL marks, voting: ${alarms.episodes} false episodes in ${alarms.hours.toFixed(1)} h` +
      ` (${[...alarms.byRecord].map(([r, n]) => `${r} ${n}`).join(', ') || 'none'})`,
    ...onsetLines(v, windowS),
    '',
    'VF episodes of the vote, rules of epicmp -V, whole records',
    '          found   right    ESe    E+P    DSe    D+P',
    ...episodeLines(v),
    '',
    'P1 single, what was said of each rhythm',
    ...confusionLines(p1),
    '',
    'P2 single, what was said of each rhythm',
    ...confusionLines(p2),
    '',
    'P1 single, records that miss',
    ...missLines(p1),
    ...ahaProtocols(v).flatMap((p) => [
      `${p} single (all), records that miss`,
      ...missLines(singleTable(v, windowS, p, 'all')),
      `${p} x3 (all), records that miss`,
      ...missLines(voteTable(v, windowS, p, 'all')),
    ]),
    'P0 single (all), records that miss (every stretch with its reason: p0-misses-4s.txt)',
    ...missLines(singleTable(v, windowS, 'P0', 'all')),
    '',
    'P1 single, by record:  n shock  Se    n none  Sp',
    ...perRecordLines(p1),
    '',
  ].join('\n');
}

/** One line for the overview of window lengths. */
export function overviewLine(v: Validated, windowS: number): string {
  const cells = (make: typeof singleTable, p: Protocol, scope: Scope): string => {
    const table = make(v, windowS, p, scope);
    return [share(table.tally(true)), share(table.tally(false)), table.bac].map(percent).join('');
  };
  const names: [string, typeof singleTable][] = [
    [`${windowS} s`, singleTable],
    [`3 x ${windowS} s`, voteTable],
  ];
  return names
    .map(([name, make]) => {
      const columns = (['P0', 'P1', 'P1X'] as const).map((p) => cells(make, p, 'cudb+vfdb'));
      return [name.padEnd(8), ...columns, ...ahaProtocols(v).map((p) => cells(make, p, 'all'))].join(' |');
    })
    .join('\n');
}

const OVERVIEW = [
  'Lengths of window, leave-records-out (10 folds): Se, Sp, BAC, percent. P0, P1, P1X: cudb and vfdb; P2: and mitdb.',
  'Written by `npm run train`. The whole tables are in advice-*s.txt.',
];
const READ = 'P2: written rules only; P2R: rules and a blind reading (READING.md).';
const COLUMNS = '   Se    Sp   BAC';

/** With P2R where there is a reading. */
export function overviewHead(read: boolean): string {
  const names = PROTOCOLS.filter((p) => p !== 'P2R' || read);
  const columns = names.map((p) => `${p.padEnd(3)}${COLUMNS}`);
  return [...OVERVIEW, ...(read ? [READ] : []), '', [' '.repeat(8), ...columns].join(' |')].join('\n');
}
