/** `rwave tach`: heart rate at even steps of time, as `tach` of WFDB prints it. */
import { type Command, InvalidArgumentError } from 'commander';
import { general } from '../../core/printf.ts';
import { tachogram } from '../../score/intervals.ts';
import type { RwaveCommand } from '../command.ts';
import { addBeatsOptions, beatsOf, type BeatsOptions } from '../records/beats-of.ts';

interface TachOptions extends BeatsOptions {
  frequency: number;
}

export const tachCommand: RwaveCommand = {
  register(program: Command): void {
    addBeatsOptions(program.command('tach'))
      .description('heart rate at even steps of time, smoothed, as tach of WFDB')
      .option('-F, --frequency <Hz>', 'values a second', hertz, 2)
      .addHelpText(
        'after',
        `
Example:
  rwave tach -r data/mitdb/100 -a atr -F 4`,
      )
      .action(tach);
  },
};

function tach(options: TachOptions): void {
  const { annotations, fs, from, length } = beatsOf(options);
  const rates = tachogram(annotations, fs, { from, to: length }, options.frequency);
  process.stdout.write(rates.map((rate) => `${general(rate)}\n`).join(''));
}

function hertz(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1000)) throw new InvalidArgumentError(`expected 0..1000 Hz, found "${text}"`);
  return value;
}
