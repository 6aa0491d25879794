/** What one protocol says about a program's decisions: as tables for people, and as JSON. */
import { AHA_CLASSES } from './advice-classes.ts';
import { type LeftOutCounts, type LeftOutSide, leftOutShare, leftOutText } from './advice-left-out.ts';
import { hasAhaClasses, type Protocol } from './advice-protocol.ts';
import { ahaLines, classTallies, classVerdict, confusionLines, percent } from './advice-report.ts';
import { type AdviceTable, averageOf, lowerBound, share, sumOf, type Tally } from './advice-table.ts';

export interface ProtocolResult {
  protocol: Protocol;
  /** The usual length of what a decision looked at. */
  windowS: number;
  table: AdviceTable;
  leftOut: LeftOutCounts;
  /** Decisions that the protocol counted. */
  counted: number;
}

const HEAD = 'protocol  n shock  n none     Se  bound    avg     Sp  bound    avg    BAC';

/** Protocols side by side, each with what it leaves out. */
export function summaryText(results: readonly ProtocolResult[]): string {
  const lines = results.map(({ protocol, table }) => {
    const cells = [true, false].flatMap((side) => {
      const records = [...table.byRecord(side).values()];
      return [share(sumOf(records)), lowerBound(records), averageOf(records)];
    });
    const counts = `${table.tally(true).all}`.padStart(8) + `${table.tally(false).all}`.padStart(8);
    return `${protocol.padEnd(9)}${counts} ${[...cells, table.bac].map(percent).join(' ')}`;
  });
  const left = results.map(({ protocol, leftOut }) => leftOutLine(protocol, leftOut));
  const note = 'bound: one-sided 90 %, clustered by record; avg: mean over records. Percent.';
  return [note, HEAD, ...lines, '', ...left, ''].join('\n');
}

function leftOutLine(protocol: Protocol, { shockable, nonShockable }: LeftOutCounts): string {
  return `${protocol} leaves out: shockable ${leftOutText(shockable)}; other ${leftOutText(nonShockable)}`;
}

export function protocolText({ protocol, table, leftOut, windowS }: ProtocolResult): string {
  const lines = [`Protocol ${protocol}, decisions over ${windowS} s`, leftOutLine(protocol, leftOut), ''];
  if (hasAhaClasses(protocol)) lines.push(...ahaLines(table), '');
  lines.push(...confusionLines(table), '', ...recordLines(table));
  return `${lines.join('\n')}\n`;
}

/** A line a record, then gross, average and bound. */
function recordLines(table: AdviceTable): string[] {
  const none: Tally = { right: 0, all: 0 };
  const shock = table.byRecord(true);
  const noShock = table.byRecord(false);
  const line = (name: string, a: Tally, b: Tally): string =>
    `${name.padEnd(12)}${`${a.all}`.padStart(8)} ${percent(share(a))}${`${b.all}`.padStart(9)} ${percent(share(b))}`;
  const last = (name: string, a: number, b: number): string =>
    `${name.padEnd(20)} ${percent(a)}${''.padStart(9)} ${percent(b)}`;
  const records = [...new Set([...shock.keys(), ...noShock.keys()])].sort();
  return [
    'record       n shock     Se   n none     Sp',
    ...records.map((r) => line(r, shock.get(r) ?? none, noShock.get(r) ?? none)),
    line('gross', table.tally(true), table.tally(false)),
    last('average', averageOf(shock.values()), averageOf(noShock.values())),
    last('90 % bound', lowerBound([...shock.values()]), lowerBound([...noShock.values()])),
    `balanced accuracy ${percent(table.bac)}`,
  ];
}

/** JSON has no NaN. */
const number = (x: number): number | null => (Number.isNaN(x) ? null : x);

export function protocolJson({ protocol, windowS, table, leftOut, counted }: ProtocolResult): object {
  const sideJson = (shockable: boolean, left: LeftOutSide): object => {
    const records = table.byRecord(shockable);
    return {
      ...figures([...records.values()]),
      average: number(averageOf(records.values())),
      byRecord: Object.fromEntries(records),
      leftOut: {
        windows: left.windows,
        share: number(leftOutShare(left)),
        reasons: Object.fromEntries(left.reasons),
      },
    };
  };
  return {
    protocol,
    windowS,
    decisions: counted,
    bac: number(table.bac),
    shockable: sideJson(true, leftOut.shockable),
    nonShockable: sideJson(false, leftOut.nonShockable),
    said: Object.fromEntries(table.confusion),
    ...(hasAhaClasses(protocol) ? { classes: classesJson(table) } : {}),
  };
}

function figures(records: readonly Tally[]): object {
  const sum = sumOf(records);
  return { ...sum, gross: number(share(sum)), lowerBound90: number(lowerBound(records)) };
}

function classesJson(table: AdviceTable): object[] {
  return AHA_CLASSES.map((c) => {
    const tallies = classTallies(table, c);
    const goals = { goal: c.goal, boundGoal: c.bound, least: c.least };
    const name = c.name.trim();
    return {
      class: name,
      shockable: c.shockable,
      records: tallies.length,
      ...figures(tallies),
      ...goals,
      verdict: classVerdict(c, tallies),
    };
  });
}
