/** `rwave summary`: the code summary of a black box, as text, JSON, a page or a PDF. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Command } from 'commander';
import { RecordError, UsageError } from '../../core/errors.ts';
import { codeSummary } from '../../guidance/summary.ts';
import { summaryText } from '../../guidance/summary-text.ts';
import { DOCUMENTS } from '../black-box/documents.ts';
import type { DocumentForm } from '../black-box/documents.ts';
import { read } from '../black-box/format.ts';
import type { Contents, Run } from '../black-box/format.ts';
import { summaryJson } from '../black-box/summary-json.ts';
import type { RwaveCommand } from '../command.ts';
import { wholeNumber } from '../options.ts';

interface SummaryOptions {
  json?: true;
  out?: string;
  run?: number;
  force?: true;
}

export const summaryCommand: RwaveCommand = {
  register(program: Command): void {
    program
      .command('summary')
      .description('the code summary of a black box: shocks, strips, vital signs, times without compressions')
      .argument('<file>', 'black box, written by --blackbox of monitor or treat')
      .option('--json', 'as JSON, strips included')
      .option('-o, --out <file>', 'write a file; its ending chooses: .html, .pdf, .txt or .json')
      .option('--run <n>', 'which start of the writer, from 1 (default: the last)', wholeNumber(1, 1e6))
      .option('--force', 'overwrite the file')
      .addHelpText(
        'after',
        `
Examples:
  rwave treat data/cudb/cu01 --blackbox cu01.box && rwave summary cu01.box
  rwave summary cu01.box -o cu01.html       to read and to print, nothing loaded from elsewhere
  rwave summary cu01.box -o cu01.pdf        A4, strips at 25 mm/s and 10 mm/mV
  rwave summary cu01.box --json | jq .shocks`,
      )
      .action(summarise);
  },
};

function summarise(file: string, { json, out, run, force }: SummaryOptions): void {
  const form = out === undefined ? undefined : formFor(out, force === true);
  const contents = readBox(file);
  tellLosses(file, contents);
  const { header, records } = chosenRun(file, contents, run);
  const summary = codeSummary(header, records);
  if (json === true) process.stdout.write(summaryJson(summary));
  else if (out === undefined) process.stdout.write(summaryText(summary));
  if (out === undefined || form === undefined) return;
  writeFileSync(`${out}.tmp`, form.write(summary));
  renameSync(`${out}.tmp`, out);
}

function formFor(out: string, force: boolean): DocumentForm {
  const form = DOCUMENTS.get(extname(out));
  if (form === undefined) {
    throw new UsageError(`--out: expected an ending of ${[...DOCUMENTS.keys()].join(', ')}, found "${out}"`);
  }
  if (existsSync(out) && !force) {
    throw new UsageError(`${out}: expected no such file, found one; --force overwrites it`);
  }
  return form;
}

function readBox(file: string): Contents {
  try {
    return read(readFileSync(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new RecordError(
      `${file}: expected a black box, found ${code === 'ENOENT' ? 'no such file' : message}`,
    );
  }
}

function chosenRun(file: string, { runs }: Contents, wanted: number | undefined): Run {
  const run = wanted === undefined ? runs.at(-1) : (runs[wanted - 1] as Run | undefined);
  if (runs.length === 0) {
    throw new RecordError(`${file}: expected lines of "<crc> <n> {json}" (see --blackbox), found not one`);
  }
  if (run === undefined) throw new UsageError(`--run: expected 1 to ${runs.length}, found ${wanted ?? 0}`);
  return run;
}

/** What could not be read: never in silence. */
function tellLosses(file: string, { tornBytes, damagedBytes, missing }: Contents): void {
  const tell = (text: string): void => void process.stderr.write(`rwave: ${file}: ${text}\n`);
  if (tornBytes > 0) tell(`torn tail of ${tornBytes} bytes kept out: the writer was stopped in a record`);
  if (damagedBytes > 0) tell(`${damagedBytes} bytes of damaged lines kept out`);
  if (missing > 0) tell(`${missing} records are missing by their numbers`);
}
