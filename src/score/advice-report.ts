/** Tables of shock advice as text that people can read: AHA classes, what was said of each rhythm, records. */
import { AHA_CLASSES, type AhaClass } from './advice-classes.ts';
import { type AdviceTable, lowerBound, share, sumOf, type Tally } from './advice-table.ts';

export const percent = (x: number): string => (Number.isNaN(x) ? '-' : (100 * x).toFixed(1)).padStart(6);

/** Records of one class of P2. */
export function classTallies(table: AdviceTable, { rows, shockable }: AhaClass): Tally[] {
  const merged = new Map<string, Tally>();
  for (const row of rows)
    for (const [record, t] of table.byRecord(shockable, row)) {
      const sum = merged.get(record) ?? { right: 0, all: 0 };
      merged.set(record, { right: sum.right + t.right, all: sum.all + t.all });
    }
  return [...merged.values()];
}

/** Nothing for classes that are only reported; `few` where less was seen than the AHA asks for. */
export function classVerdict({ goal, bound, least }: AhaClass, tallies: readonly Tally[]): string {
  if (goal === undefined || bound === undefined) return '';
  const sum = sumOf(tallies);
  if (sum.all === 0) return 'none';
  const few = sum.all < (least ?? 0) ? ', few' : '';
  if (100 * share(sum) <= goal) return `missed${few}`;
  return `${100 * lowerBound(tallies) >= bound ? 'met' : 'bound missed'}${few}`;
}

/** One line for each class of the AHA, with its goal. */
export function ahaLines(table: AdviceTable): string[] {
  const head = 'class               goal  bound      n records  goal n   rate  bound';
  const lines = AHA_CLASSES.map((c) => {
    const tallies = classTallies(table, c);
    const sum = sumOf(tallies);
    const goal =
      c.goal === undefined
        ? '  report    '
        : `${c.shockable ? 'Se' : 'Sp'}>${c.goal} ${`${c.bound}`.padStart(6)}`;
    const counts =
      `${sum.all}`.padStart(7) + `${tallies.length}`.padStart(8) + `${c.least ?? '-'}`.padStart(8);
    const figures = `${percent(share(sum))} ${percent(lowerBound(tallies))}`;
    return `${c.name.padEnd(18)}${goal}${counts} ${figures}  ${classVerdict(c, tallies)}`.trimEnd();
  });
  return [head, ...lines];
}

/** One line for each annotated rhythm. */
export function confusionLines({ confusion }: AdviceTable): string[] {
  const head = 'rhythm        windows   shock  no shock  inconclusive';
  const lines = [...confusion]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([rhythm, { shock, noShock, inconclusive }]) =>
      [
        rhythm.padEnd(12),
        `${shock + noShock + inconclusive}`.padStart(9),
        `${shock}`.padStart(8),
        `${noShock}`.padStart(10),
        `${inconclusive}`.padStart(14),
      ].join(''),
    );
  return [head, ...lines];
}
