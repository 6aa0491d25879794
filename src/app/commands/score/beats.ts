/** `rwave score beats`: beat-by-beat comparison, printed as `bxb` prints it. */
import type { Command } from 'commander';
import {
  percent,
  beatStatistics,
  type BeatCounts,
  type BeatStatistics,
  type Ratio,
} from '../../../score/beat-counts.ts';
import {
  beatLine,
  beatReport,
  BEAT_HEADING,
  BEAT_HEADING_SVEB,
  SHUTDOWN_HEADING,
  shutdownLine,
} from '../../../score/beat-report.ts';
import { lineCounts, summaryText } from '../../../score/beat-summary.ts';
import { compareBeats } from '../../../score/beats.ts';
import type { RwaveCommand } from '../../command.ts';
import {
  addPairOptions,
  isStandard,
  loadPair,
  namesOf,
  pathsOf,
  type LoadedPair,
  type PairOptions,
} from '../../records/pairs.ts';
import { spreadFigures, spreadText } from '../../records/spread.ts';

interface BeatOptions extends PairOptions {
  sveb?: boolean;
  verbose?: boolean;
  shutdown?: boolean;
  spread?: boolean;
}

export const scoreBeatsCommand: RwaveCommand = {
  register(program: Command): void {
    addPairOptions(program.command('beats'))
      .description('compare beat by beat, with the rules and the report of bxb (ANSI/AAMI EC57)')
      .option('-S, --sveb', 'supraventricular beats in a class of their own')
      .option('--spread', 'also how Se and +P spread over the records: mean, SD, quartiles, worst')
      .option('--shutdown', 'the table of beats missed in shutdown instead (the second file of bxb -l)')
      .option('-v, --verbose', 'list every disagreement on stderr')
      .addHelpText(
        'after',
        `
Examples:
  rwave score beats -r data/mitdb/100 -a atr qrs              the report of one record, from 5:00
  rwave score beats -r data/mitdb -a atr qrs -f 0             a line a record, sum, gross and average
  rwave score beats -r data/mitdb -a atr qrs --test-dir out   test files out/100.qrs, out/101.qrs, ...
  rwave score beats -r data/mitdb -a atr qrs --spread         and mean, SD, quartiles and the worst over the records`,
      )
      .action(scoreBeats);
  },
};

async function scoreBeats(options: BeatOptions): Promise<void> {
  const [reference, test] = namesOf(options);
  const paths = pathsOf(options);
  if (!isStandard(options)) process.stderr.write('rwave: (warning) nonstandard comparison selected\n');
  const sveb = options.sveb === true;
  const asLines = options.line === true || paths.length > 1;
  const lines = [];
  const records: BeatStatistics[] = [];
  if (options.shutdown === true) {
    printShutdown(paths, options);
    return;
  }
  if (asLines && options.json !== true) print(sveb ? BEAT_HEADING_SVEB : BEAT_HEADING);
  for (const path of paths) {
    const pair = loadPair(path, options);
    const counts = compare(pair, options);
    if (options.json === true) print(JSON.stringify(jsonOf(pair, counts)));
    else if (asLines) print(beatLine(counts, pair.name, pair.fs, sveb));
    else
      process.stdout.write(
        beatReport(counts, { names: { record: pair.name, reference, test }, fs: pair.fs, sveb }),
      );
    lines.push(lineCounts(counts, pair.fs, sveb));
    records.push(beatStatistics(counts));
  }
  if (paths.length > 1 && options.json !== true) process.stdout.write(summaryText(lines, sveb));
  if (options.spread === true) await printSpread(records, options.json === true);
}

function printShutdown(paths: readonly string[], options: BeatOptions): void {
  print(SHUTDOWN_HEADING);
  for (const path of paths) {
    const pair = loadPair(path, options);
    print(shutdownLine(compare(pair, options), pair.name));
  }
}

function compare(pair: LoadedPair, options: BeatOptions): BeatCounts {
  return compareBeats(pair.reference, pair.test, pair.compare, (p) => {
    if (options.verbose !== true) return;
    const ref = p.ref === 'O' || p.ref === 'X' ? p.testSample : p.refSample;
    const test = p.test === 'O' || p.test === 'X' ? p.refSample : p.testSample;
    process.stderr.write(`${p.ref}(${ref})/${p.test}(${test})\n`);
  });
}

function jsonOf(pair: LoadedPair, counts: BeatCounts): object {
  const s = beatStatistics(counts);
  const figures = Object.fromEntries(
    (Object.entries(s) as [string, Ratio][]).map(([name, ratio]) => [
      name,
      { ...ratio, percent: percent(ratio) },
    ]),
  );
  return { record: pair.name, cells: counts.cells, ...figures, shutdownSeconds: counts.shutdownSeconds };
}

async function printSpread(records: readonly BeatStatistics[], asJson: boolean): Promise<void> {
  if (asJson) print(JSON.stringify({ spread: await spreadFigures(records) }));
  else process.stdout.write(await spreadText(records));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
