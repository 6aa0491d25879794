/** `rwave ann2rr`: RR intervals from annotations, as `ann2rr` of WFDB prints them. */
import { type Command, Option } from 'commander';
import { fixed } from '../../core/printf.ts';
import { rrIntervals } from '../../score/intervals.ts';
import type { RwaveCommand } from '../command.ts';
import { addBeatsOptions, beatsOf, type BeatsOptions } from '../records/beats-of.ts';

interface RrOptions extends BeatsOptions {
  unit: 'samples' | 's' | 'ms';
}

export const ann2rrCommand: RwaveCommand = {
  register(program: Command): void {
    addBeatsOptions(program.command('ann2rr'))
      .description('intervals between beats, one a line, as ann2rr of WFDB')
      .addOption(
        new Option('-u, --unit <unit>', 'unit of the intervals')
          .choices(['samples', 's', 'ms'])
          .default('samples'),
      )
      .addHelpText(
        'after',
        `
The first interval is that from the start to the first beat.

Example:
  rwave ann2rr -r data/mitdb/100 -a atr -u ms`,
      )
      .action(ann2rr);
  },
};

function ann2rr(options: RrOptions): void {
  const { annotations, fs, from } = beatsOf(options);
  const text = {
    samples: String,
    s: (rr: number) => fixed(rr / fs, 3),
    ms: (rr: number) => fixed((1000 * rr) / fs, 1),
  };
  const lines = rrIntervals(annotations, from).map((rr) => `${text[options.unit](rr)}\n`);
  process.stdout.write(lines.join(''));
}
