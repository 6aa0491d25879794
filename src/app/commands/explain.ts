/**
 * `rwave explain`: one decision, number by number, on one page that can be handed in.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { openRecord, readAnnotations } from '../../../signals/formats/index.ts';
import { MODEL_WINDOWS } from '../../advisory/index.ts';
import { UsageError } from '../../core/errors.ts';
import { checkLead } from '../../dataset/advise.ts';
import { capture } from '../../dataset/explain/capture.ts';
import { explanationPage } from '../../dataset/explain/page.ts';
import { rhythmSpans } from '../../score/advice-reference.ts';
import type { RwaveCommand } from '../command.ts';
import { anyWholeNumber } from '../options.ts';

interface ExplainOptions {
  at: number;
  out: string;
  annotator: string;
  window: number;
  lead: number;
  force?: true;
}

export const explainCommand: RwaveCommand = {
  register(program: Command): void {
    program
      .command('explain')
      .description('show on one page why a shock is or is not advised at one moment of a recording')
      .argument('<record>', 'record without its ending')
      .requiredOption('--at <seconds>', 'the first window that ends at this time or later', seconds)
      .requiredOption('-o, --out <file.html>', 'the page to write')
      .option('-a, --annotator <name>', 'reference annotations, shown when they are there', 'atr')
      .option('--window <seconds>', `length of the window: ${MODEL_WINDOWS.join(', ')}`, windowLength, 4)
      .option('--lead <n>', 'signal to look at, from 0', anyWholeNumber, 0)
      .option('--force', 'overwrite the page')
      .addHelpText(
        'after',
        `
Examples:
  rwave explain data/cudb/cu01 --at 225 -o cu01.html     VF, ten seconds after it began
  rwave explain data/mitdb/104 --at 60 -o paced.html     why a paced rhythm is not shocked`,
      )
      .action(explain);
  },
};

function explain(path: string, { at, out, annotator, window, lead, force }: ExplainOptions): void {
  if (existsSync(out) && force !== true)
    throw new UsageError(`${out}: expected no such file, found one; --force overwrites it`);
  const reader = openRecord(path);
  try {
    checkLead(path, reader, lead);
    const captured = capture(reader, lead, at, window);
    const marks = `${path}.${annotator}`;
    const end = reader.header.length ?? captured.advice.to;
    const reference = existsSync(marks) ? rhythmSpans(readAnnotations(marks), end) : [];
    const leadName = reader.header.signals[lead].description;
    writeFileSync(out, explanationPage({ record: basename(path), lead, leadName, captured, reference }));
  } finally {
    reader.close();
  }
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value < Infinity))
    throw new InvalidArgumentError(`expected seconds from 0, found "${text}"`);
  return value;
}

function windowLength(text: string): number {
  const value = Number(text);
  if (!MODEL_WINDOWS.includes(value))
    throw new InvalidArgumentError(`expected one of ${MODEL_WINDOWS.join(', ')} s, found "${text}"`);
  return value;
}
