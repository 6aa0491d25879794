/** `rwave score sumstats`: sum, gross and average of a beat table in a file, printed as `sumstats` prints them. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { RecordError } from '../../../core/errors.ts';
import { BEAT_HEADING, BEAT_HEADING_SVEB } from '../../../score/beat-report.ts';
import { parseBeatLine, summaryText } from '../../../score/beat-summary.ts';
import type { RwaveCommand } from '../../command.ts';

export const scoreSumstatsCommand: RwaveCommand = {
  register(program: Command): void {
    program
      .command('sumstats')
      .description('add sum, gross and average to a beat table (rwave score beats -l, bxb -l or -L)')
      .argument('<file>', 'the table, with its heading')
      .addHelpText('after', '\nExample:\n  rwave score sumstats bxb.out')
      .action(sumstats);
  },
};

function sumstats(file: string): void {
  const [heading, ...lines] = readTable(file).replace(/\n$/, '').split('\n');
  const sveb = heading === BEAT_HEADING_SVEB;
  if (heading !== BEAT_HEADING && !sveb) {
    throw new RecordError(`${file}:1: expected the heading of a beat table, found "${heading}"`);
  }
  const counts = lines.map((text, i) => {
    const parsed = parseBeatLine(text, sveb);
    if (parsed === undefined)
      throw new RecordError(`${file}:${i + 2}: expected a record and its counts, found "${text}"`);
    return parsed.line;
  });
  process.stdout.write(`${[heading, ...lines].join('\n')}\n${summaryText(counts, sveb)}`);
}

function readTable(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new RecordError(
      `${file}: expected a beat table, found ${code === 'ENOENT' ? 'no such file' : String(code)}`,
    );
  }
}
