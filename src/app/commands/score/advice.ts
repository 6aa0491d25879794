/** `rwave score advice`: shock advice against annotated rhythms, by a protocol of docs/ADVICE.md. */
import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type Command, Option } from 'commander';
import { openRecord, readAnnotations, recordPaths } from '../../../../signals/formats/index.ts';
import { RecordError, UsageError } from '../../../core/errors.ts';
import { readUnusable, type Stretch } from '../../../dataset/train/unusable.ts';
import { parseDecisions, scoreDecisions } from '../../../score/advice-decisions.ts';
import type { Protocol } from '../../../score/advice-protocol.ts';
import { rhythmSpans } from '../../../score/advice-reference.ts';
import { AdviceTable, averageOf, lowerBound, share, sumOf, type Tally } from '../../../score/advice-table.ts';
import type { RwaveCommand } from '../../command.ts';

interface AdviceOptions {
  record: string[];
  annotator: string;
  protocol: Exclude<Protocol, 'P2'>;
  unusable?: string;
  json?: true;
}

export const scoreAdviceCommand: RwaveCommand = {
  register(program: Command): void {
    program
      .command('advice')
      .description(
        'compare shock advice with annotated rhythms: sensitivity, specificity, by record and rhythm',
      )
      .argument('<decisions.jsonl>', 'the lines of `rwave advise --json`')
      .requiredOption('-r, --record <records...>', 'records without ending, or folders with a RECORDS file')
      .option('-a, --annotator <name>', 'reference annotator', 'atr')
      .addOption(
        new Option(
          '--protocol <name>',
          'what counts, see docs/ADVICE.md; P2 is in the report of `npm run train`',
        )
          .choices(['P0', 'P1', 'P1X'])
          .default('P1'),
      )
      .option('--unusable <file.tsv>', 'for P1X: record, first sample and label of 8-s segments')
      .option('--json', 'one JSON object instead of tables')
      .addHelpText(
        'after',
        `
Example:
  rwave advise data/cudb --json --hop 4 > cudb.jsonl
  rwave score advice -r data/cudb -a atr cudb.jsonl --protocol P1`,
      )
      .action(scoreAdvice);
  },
};

function scoreAdvice(file: string, { record, annotator, protocol, unusable, json }: AdviceOptions): void {
  if (protocol === 'P1X' && unusable === undefined)
    throw new UsageError(
      '--protocol P1X: expected --unusable FILE with the segments to leave out, found none',
    );
  const decisions = parseDecisions(readText(file), file);
  const stretches = unusable === undefined ? new Map<string, Stretch[]>() : readUnusable(unusable);
  const table = new AdviceTable();
  let counted = 0;
  for (const path of record.flatMap(recordPaths)) {
    const reader = openRecord(path);
    const { fs, length, name } = reader.header;
    reader.close();
    const mine = decisions.filter((d) => d.record === name);
    const annotations = readAnnotations(`${path}.${annotator}`);
    const end = length ?? Math.round(Math.max(0, ...mine.map((d) => d.to)) * fs);
    const left = stretches.get(`${basename(dirname(path))}/${basename(path)}`) ?? [];
    const reference = { fs, spans: rhythmSpans(annotations, end), unusable: left };
    counted += scoreDecisions(table, name, mine, reference, protocol);
  }
  if (counted === 0)
    throw new RecordError(
      `${file}: expected decisions about ${record.join(', ')}, found none that ${protocol} counts`,
    );
  process.stdout.write(
    json === true ? `${JSON.stringify(asJson(table, protocol, counted))}\n` : asText(table, protocol),
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new RecordError(`${file}: expected the lines of rwave advise --json, found no readable file`);
  }
}

function asJson(table: AdviceTable, protocol: Protocol, windows: number): object {
  const side = (shockable: boolean): object => {
    const records = table.byRecord(shockable);
    const sum = sumOf(records.values());
    return {
      right: sum.right,
      all: sum.all,
      gross: number(share(sum)),
      average: number(averageOf(records.values())),
      lowerBound90: number(lowerBound([...records.values()])),
      byRecord: Object.fromEntries(records),
      byRhythm: Object.fromEntries(table.rowNames(shockable).map((r) => [r, table.tally(shockable, r)])),
    };
  };
  return { protocol, windows, bac: number(table.bac), shockable: side(true), nonShockable: side(false) };
}

/** JSON has no NaN. */
const number = (x: number): number | null => (Number.isNaN(x) ? null : x);

const percent = (x: number): string => (Number.isNaN(x) ? '-' : (100 * x).toFixed(2)).padStart(7);

function asText(table: AdviceTable, protocol: Protocol): string {
  const none: Tally = { right: 0, all: 0 };
  const shock = table.byRecord(true);
  const noShock = table.byRecord(false);
  const row = (name: string, a: Tally, b: Tally): string =>
    `${name.padEnd(14)}${`${a.all}`.padStart(8)} ${percent(share(a))}${`${b.all}`.padStart(9)} ${percent(share(b))}\n`;
  const last = (name: string, a: number, b: number): string =>
    `${name.padEnd(14)}${''.padStart(8)} ${percent(a)}${''.padStart(9)} ${percent(b)}\n`;
  const records = [...new Set([...shock.keys(), ...noShock.keys()])];
  let text = `Protocol ${protocol}\nrecord         n shock      Se   n none      Sp\n`;
  for (const r of records) text += row(r, shock.get(r) ?? none, noShock.get(r) ?? none);
  text += row('gross', table.tally(true), table.tally(false));
  text += last('average', averageOf(shock.values()), averageOf(noShock.values()));
  text += last('90 % bound', lowerBound([...shock.values()]), lowerBound([...noShock.values()]));
  text += `balanced accuracy ${percent(table.bac)}\n\nrhythm         windows   right\n`;
  for (const side of [true, false])
    for (const name of table.rowNames(side)) {
      const t = table.tally(side, name);
      text += `${name.padEnd(14)}${`${t.all}`.padStart(8)} ${percent(share(t))}${side ? '  shockable' : ''}\n`;
    }
  return text;
}
