/** `rwave score episodes`: episodes of ventricular fibrillation, printed as `epicmp -V` prints them. */
import type { Command } from 'commander';
import { rhythmSpans } from '../../../score/advice-reference.ts';
import {
  compareEpisodes,
  episodeLine,
  episodeReport,
  EPISODE_HEADING,
  labelledEpisodes,
} from '../../../score/episodes.ts';
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
      .option(
        '--rhythms',
        'reference episodes are the time labelled (VF, (VFIB or (VFL, not [ to ]: for vfdb',
      )
      .addHelpText(
        'after',
        `
Examples:
  rwave advise data/cudb --vote --window 3 -a vf -o out
  rwave score episodes -r data/cudb -a atr vf -f 0 --test-dir out
  rwave score episodes -r data/vfdb -a atr vf -f 0 --test-dir out --rhythms`,
      )
      .action(scoreEpisodes);
  },
};

interface EpisodeOptions extends PairOptions {
  rhythms?: true;
}

function scoreEpisodes(options: EpisodeOptions): void {
  const [refName, test] = namesOf(options);
  const paths = pathsOf(options);
  if (!isStandard(options)) process.stderr.write('rwave: (warning) nonstandard comparison selected\n');
  const asLines = options.line === true || paths.length > 1;
  if (asLines && options.json !== true) process.stdout.write(`${EPISODE_HEADING}\n`);
  for (const path of paths) {
    const pair = loadPair(path, options);
    const reference =
      options.rhythms === true ? labelledEpisodes(rhythmSpans(pair.reference, Infinity)) : pair.reference;
    const counts = compareEpisodes(reference, pair.test, pair.compare);
    const names = { record: pair.name, reference: refName, test };
    if (options.json === true) {
      process.stdout.write(`${JSON.stringify({ record: pair.name, fs: pair.fs, ...counts })}\n`);
    } else {
      process.stdout.write(
        asLines ? `${episodeLine(counts, pair.name, pair.fs)}\n` : episodeReport(counts, names, pair.fs),
      );
    }
  }
}
