/**
 * Two blind readings of the pages (pages.ts) become the second part of P2's overrides: where both object alike.
 *
 *   tsx bench/reading/merge.ts --key KEY.tsv READING1.tsv... --against READING2.tsv... -o docs/advice/p2-reading.tsv
 *
 * Lines that are none are refused with file and line, and nothing is written. See docs/advice/READING.md.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeWhole } from '../../src/app/records/write-whole.ts';
import { EXIT, RwaveError, UsageError } from '../../src/core/errors.ts';
import { overrideLine } from '../../src/score/advice-override.ts';
import { type Agreement, merge, type Merged } from './agree.ts';
import { joined, parseReading, type Reading } from './form.ts';
import { type KeyRow, parseKey } from './key.ts';

const HELP = `Usage: tsx bench/reading/merge.ts --key KEY.tsv READING1.tsv... --against READING2.tsv... -o FILE.tsv

Writes the stretches that both readings object to alike, and tells how well the readings agree.
  --key FILE        key.tsv, as bench/reading/pages.ts wrote it
  --against         the files behind it are the second reading
  -o, --out FILE    record, from, to, what (unreadable, disputed), why

Example:
  tsx bench/reading/merge.ts --key /tmp/reading/key.tsv a1.tsv a2.tsv --against b1.tsv b2.tsv -o docs/advice/p2-reading.tsv`;

const READING_HEAD = [
  '# What two blind readings object to alike, for protocol P2: left out as unreadable, or as disputed. Lead 0.',
  '# Written by bench/reading/merge.ts (docs/advice/READING.md). Do not edit.',
  '# record\tfrom s\tto s\twhat\twhy',
];

interface Arguments {
  key: string;
  out: string;
  /** Files of both readings. */
  readings: [string[], string[]];
}

function readArguments(args: readonly string[]): Arguments | undefined {
  const { values, tokens } = parseArgs({
    args: [...args],
    options: {
      key: { type: 'string' },
      out: { type: 'string', short: 'o' },
      against: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
    tokens: true,
  });
  if (values.help === true) return undefined;
  const readings: [string[], string[]] = [[], []];
  let side: 0 | 1 = 0;
  for (const token of tokens) {
    if (token.kind === 'option' && token.name === 'against') side = 1;
    if (token.kind === 'positional') readings[side].push(token.value);
  }
  const { key, out } = values;
  if (key === undefined || out === undefined || readings.some((r) => r.length === 0))
    throw new UsageError(`expected --key, -o, and files on both sides of --against\n${HELP}`);
  return { key, out, readings };
}

const readingOf = (files: readonly string[], key: readonly KeyRow[]): Reading =>
  joined(files.map((file) => parseReading(readFileSync(file, 'utf8'), file, key)));

function agreementLines(a: Agreement): string[] {
  const share = (n: number): string => `${n} s (${((100 * n) / a.seconds).toFixed(1)} %)`;
  return [
    `${a.pages} pages that both have read, ${a.seconds} s that P2 counts after its rules`,
    `objected to: first reading ${share(a.first)}, second ${share(a.second)}, both alike ${share(a.both)}, both but not alike ${share(a.unlike)}`,
    `Cohen's kappa by second: ${Number.isNaN(a.kappa) ? '-' : a.kappa.toFixed(3)}`,
  ];
}

function fileText({ overrides, agreement }: Merged): string {
  const [title, made, columns] = READING_HEAD;
  const figures = agreementLines(agreement).map((line) => `# ${line}`);
  const lines = overrides.map(({ record, override }) => overrideLine(record, override));
  return `${[title, made, ...figures, columns, ...lines].join('\n')}\n`;
}

function main(): void {
  const given = readArguments(process.argv.slice(2));
  if (given === undefined) {
    console.log(HELP);
    return;
  }
  const key = parseKey(readFileSync(given.key, 'utf8'), given.key);
  const [first, second] = given.readings.map((files) => readingOf(files, key));
  const merged = merge(key, first, second);
  writeWhole(given.out, fileText(merged));
  process.stdout.write(
    `${agreementLines(merged.agreement).join('\n')}\n${given.out}: ${merged.overrides.length} stretches\n`,
  );
}

try {
  main();
} catch (error) {
  if (!(error instanceof RwaveError) && !(error instanceof TypeError) && !isMissing(error)) throw error;
  process.stderr.write(`merge: ${error.message}\n`);
  process.exitCode = EXIT.usage;
}

function isMissing(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
