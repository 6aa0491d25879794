/** `rwave score episodes`: episodes of ventricular fibrillation, printed as `epicmp -V` prints them. */
import type { Command } from 'commander';
import { compareEpisodes, episodeLine, episodeReport, EPISODE_HEADING } from '../../../score/episodes.ts';
import type { RwaveCommand } from '../../command.ts';
import {
  addPairOptions,
  isStandard,
  loadPair,
  namesOf,
  pathsOf,
  type PairOptions,
} from '../../records/pairs.ts';

export const scoreEpisodesCommand: RwaveCommand = {
  register(program: Command): void {
    addPairOptions(program.command('episodes'))
      .description(
        'compare episodes of VF (VFON to VFOFF), with the rules and the report of epicmp -V (ANSI/AAMI EC57)',
      )
      .addHelpText(
        'after',
        `
Example:
  rwave score episodes -r data/cudb -a atr vf -f 0 --test-dir out`,
      )
      .action(scoreEpisodes);
  },
};

function scoreEpisodes(options: PairOptions): void {
  const [reference, test] = namesOf(options);
  const paths = pathsOf(options);
  if (!isStandard(options)) process.stderr.write('rwave: (warning) nonstandard comparison selected\n');
  const asLines = options.line === true || paths.length > 1;
  if (asLines && options.json !== true) process.stdout.write(`${EPISODE_HEADING}\n`);
  for (const path of paths) {
    const pair = loadPair(path, options);
    const counts = compareEpisodes(pair.reference, pair.test, pair.compare);
    const names = { record: pair.name, reference, test };
    if (options.json === true) {
      process.stdout.write(`${JSON.stringify({ record: pair.name, fs: pair.fs, ...counts })}\n`);
    } else {
      process.stdout.write(
        asLines ? `${episodeLine(counts, pair.name, pair.fs)}\n` : episodeReport(counts, names, pair.fs),
      );
    }
  }
}
