/** `rwave ihr`: instantaneous heart rate from annotations, as `ihr` of WFDB prints it. */
import { type Command, InvalidArgumentError } from 'commander';
import { fixed, general } from '../../core/printf.ts';
import { instantRates } from '../../score/intervals.ts';
import type { RwaveCommand } from '../command.ts';
import { addBeatsOptions, beatsOf, type BeatsOptions } from '../records/beats-of.ts';

interface IhrOptions extends BeatsOptions {
  tolerance: number;
}

export const ihrCommand: RwaveCommand = {
  register(program: Command): void {
    addBeatsOptions(program.command('ihr'))
      .description('heart rate of each interval between normal beats, as ihr of WFDB')
      .option('-d, --tolerance <bpm>', 'largest change from beat to beat', bpm, 10)
      .addHelpText(
        'after',
        `
Columns: start of the interval in seconds, beats per minute, 0 (1 after an interval that was left out).

Example:
  rwave ihr -r data/mitdb/100 -a atr -t 60`,
      )
      .action(ihr);
  },
};

function ihr(options: IhrOptions): void {
  const { annotations, fs } = beatsOf(options);
  const lines = instantRates(annotations, fs, options.tolerance).map(
    (r) => `${fixed(r.sample / fs, 3)}\t${general(r.bpm)}\t${r.afterBreak}\n`,
  );
  process.stdout.write(lines.join(''));
}

function bpm(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError(`expected beats per minute above 0, found "${text}"`);
  return value;
}
