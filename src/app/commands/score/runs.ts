/** `rwave score runs`: couplets, short and long runs of ectopic beats, printed as `rxr` prints them. */
import type { Command } from 'commander';
import { runLine, runReport, runStatistics, RUN_HEADING } from '../../../score/run-report.ts';
import { compareRuns } from '../../../score/runs.ts';
import type { RwaveCommand } from '../../command.ts';
import {
  addPairOptions,
  isStandard,
  loadPair,
  namesOf,
  pathsOf,
  type PairOptions,
} from '../../records/pairs.ts';

interface RunOptions extends PairOptions {
  sveb?: boolean;
}

export const scoreRunsCommand: RwaveCommand = {
  register(program: Command): void {
    addPairOptions(program.command('runs'))
      .description('compare runs of ectopic beats, with the rules and the report of rxr (ANSI/AAMI EC57)')
      .option('-S, --sveb', 'runs of supraventricular beats and atrial fibrillation instead')
      .addHelpText(
        'after',
        `
Example:
  rwave score runs -r data/mitdb -a atr qrs --test-dir out`,
      )
      .action(scoreRuns);
  },
};

function scoreRuns(options: RunOptions): void {
  const [reference, test] = namesOf(options);
  const paths = pathsOf(options);
  const kind = options.sveb === true ? 'SVE' : 'VE';
  if (!isStandard(options)) process.stderr.write('rwave: (warning) nonstandard comparison selected\n');
  const asLines = options.line === true || paths.length > 1;
  if (asLines && options.json !== true) process.stdout.write(`${RUN_HEADING}\n`);
  for (const path of paths) {
    const pair = loadPair(path, options);
    const counts = compareRuns(pair.reference, pair.test, pair.compare, kind);
    const names = { record: pair.name, reference, test };
    if (options.json === true) {
      process.stdout.write(
        `${JSON.stringify({ record: pair.name, kind, ...counts, ...runStatistics(counts) })}\n`,
      );
    } else process.stdout.write(asLines ? `${runLine(counts, pair.name)}\n` : runReport(counts, names, kind));
  }
}
