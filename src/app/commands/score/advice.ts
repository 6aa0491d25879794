/** `rwave score advice`: shock advice against annotated rhythms, by the protocols of docs/ADVICE.md side by side. */
import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { openRecord, readAnnotations, recordPaths } from '../../../../signals/formats/index.ts';
import { RecordError, UsageError } from '../../../core/errors.ts';
import { measureOverrides } from '../../../dataset/overrides/measure.ts';
import { recordName } from '../../../dataset/train/databases.ts';
import { readUnusable, type Stretch } from '../../../dataset/train/unusable.ts';
import {
  type DecisionLine,
  parseDecisions,
  scoreDecisions,
  usualSpan,
} from '../../../score/advice-decisions.ts';
import { countLeftOut, noneLeftOut } from '../../../score/advice-left-out.ts';
import { type Override, parseOverrides, parseReading, withReading } from '../../../score/advice-override.ts';
import { hasAhaClasses, type Protocol, PROTOCOLS, type Reference } from '../../../score/advice-protocol.ts';
import { rhythmSpans } from '../../../score/advice-reference.ts';
import {
  protocolJson,
  protocolText,
  type ProtocolResult,
  summaryText,
} from '../../../score/advice-result.ts';
import { AdviceTable } from '../../../score/advice-table.ts';
import { annotationPath } from '../../records/annotators.ts';
import type { RwaveCommand } from '../../command.ts';

interface AdviceOptions {
  record: string[];
  annotator: string;
  protocol?: Protocol;
  unusable?: string;
  overrides?: string;
  reading?: string;
  json?: true;
}

export const scoreAdviceCommand: RwaveCommand = {
  register(program: Command): void {
    program
      .command('advice')
      .description(
        'compare shock advice with annotated rhythms: sensitivity, specificity, AHA classes, by record and rhythm',
      )
      .argument('[decisions.jsonl]', 'the lines of `rwave advise --json`, or of any program that writes such')
      .requiredOption('-r, --record <records...>', 'records without ending, or folders with a RECORDS file')
      .option('-a, --annotator <name>', 'reference annotator', 'atr')
      .addOption(
        new Option(
          '--protocol <name>',
          'only this one (default: all that can be counted, side by side)',
        ).choices(PROTOCOLS),
      )
      .option('--unusable <file.tsv>', 'for P1X, P2 and P2R: record, first sample and label of 8-s segments')
      .option(
        '--overrides <file.tsv>',
        'for P2: as written by `npm run train -- overrides` (default: its rules, now)',
      )
      .option(
        '--reading <file.tsv>',
        'for P2R: what two blind readings left out (docs/advice/p2-reading.tsv)',
      )
      .option('--json', 'one JSON object instead of tables')
      .addHelpText(
        'after',
        `
Examples:
  rwave advise data/cudb --json > cudb.jsonl
  rwave score advice -r data/cudb cudb.jsonl                  P0, P1 and P2 side by side
  rwave score advice -r data/cudb cudb.jsonl --protocol P2    classes of the AHA with goals and lower bounds
  rwave score advice -r data/cudb cudb.jsonl --reading p2-reading.tsv     P2 both ways: rules, and rules and reading (P2R)`,
      )
      .action(scoreAdvice);
  },
};

/** A record, with what the protocols know about it and what was decided about it. */
interface Judged {
  name: string;
  length: number;
  reference: Reference;
  decisions: DecisionLine[];
}

/** `-r` takes all names that follow it, the decisions too where nothing stands between: they come last. */
function fileOf(given: string | undefined, options: AdviceOptions): string {
  const file = given ?? (options.record.length > 1 ? options.record.pop() : undefined);
  if (file === undefined)
    throw new UsageError('score advice: expected the file of decisions after -r RECORD, found none');
  return file;
}

function scoreAdvice(given: string | undefined, options: AdviceOptions): void {
  const file = fileOf(given, options);
  const wanted = wantedProtocols(options);
  const records = readRecords(file, options, wanted.some(hasAhaClasses));
  const results = wanted.map((p) => resultOf(p, records));
  if (results.every((r) => r.counted === 0))
    throw new RecordError(
      `${file}: expected decisions about ${options.record.join(', ')}, found none that ${wanted.join(', ')} counts`,
    );
  if (options.json === true) process.stdout.write(`${JSON.stringify(results.map(protocolJson))}\n`);
  else process.stdout.write(textOf(results));
}

/** P1X and P2R only with the file that they are about. */
function wantedProtocols({ protocol, unusable, reading }: AdviceOptions): readonly Protocol[] {
  const missing = (p: Protocol): boolean =>
    (p === 'P1X' && unusable === undefined) || (p === 'P2R' && reading === undefined);
  if (protocol === undefined) return PROTOCOLS.filter((p) => !missing(p));
  if (missing(protocol))
    throw new UsageError(
      `--protocol ${protocol}: expected --${protocol === 'P1X' ? 'unusable' : 'reading'} FILE with what to leave out, found none`,
    );
  return [protocol];
}

function textOf(results: readonly ProtocolResult[]): string {
  const details = results.map(protocolText);
  return [...(results.length > 1 ? [summaryText(results)] : []), ...details].join('\n');
}

function readRecords(file: string, options: AdviceOptions, needOverrides: boolean): Judged[] {
  const decisions = new Map<string, DecisionLine[]>();
  for (const line of parseDecisions(readText(file), file)) {
    const known = decisions.get(line.record);
    if (known === undefined) decisions.set(line.record, [line]);
    else known.push(line);
  }
  const unusable =
    options.unusable === undefined ? new Map<string, Stretch[]>() : readUnusable(options.unusable);
  const given =
    options.overrides === undefined
      ? undefined
      : parseOverrides(readText(options.overrides), options.overrides);
  const reading =
    options.reading === undefined
      ? new Map<string, Override[]>()
      : parseReading(readText(options.reading), options.reading);
  return options.record.flatMap(recordPaths).map((path) => {
    const reader = openRecord(path);
    const { fs, length, name } = reader.header;
    const mine = decisions.get(name) ?? [];
    const end = length ?? Math.round(Math.max(0, ...mine.map((d) => d.to)) * fs);
    const spans = rhythmSpans(readAnnotations(annotationPath(path, options.annotator)), end);
    const id = recordName(path);
    let rules: readonly Override[] = given?.get(id) ?? [];
    if (needOverrides && given === undefined) rules = measureOverrides(reader, 0, spans);
    reader.close();
    const overrides = withReading(new Map([[id, rules]]), reading).get(id) ?? [];
    const reference = { fs, spans, unusable: unusable.get(id) ?? [], overrides };
    return { name, length: end, reference, decisions: mine };
  });
}

function resultOf(protocol: Protocol, records: readonly Judged[]): ProtocolResult {
  const table = new AdviceTable();
  const leftOut = noneLeftOut();
  const windowS = usualSpan(records.flatMap((r) => r.decisions));
  let counted = 0;
  for (const { name, length, reference, decisions } of records) {
    counted += scoreDecisions(table, name, decisions, reference, protocol);
    if (decisions.length > 0) countLeftOut(leftOut, protocol, reference, windowS, length);
  }
  return { protocol, windowS, table, leftOut, counted };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new RecordError(`${file}: expected a text file that can be read, found none`);
  }
}
