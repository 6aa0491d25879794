/**
 * The parts of `npm run bench` (run.ts), each a table in Markdown.
 *
 * Speed is told as a ratio to the calibration kernel of the same run (lib/calibration.ts), and only after the result has been
 * checked. Needs RWAVE_DATA for accuracy and for the records of a day; says so where it is missing.
 */
import { parseArgs } from 'node:util';
import { accuracy } from './parts/accuracy.ts';
import { cores } from './parts/cores.ts';
import { day } from './parts/day.ts';
import { decode } from './parts/decode.ts';
import { features } from './parts/features.ts';
import { latency } from './parts/latency.ts';
import { speed } from './parts/speed.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { calls: { type: 'string', default: '1e7' }, records: { type: 'string', default: '33' } },
});

const PARTS: Readonly<Record<string, () => string>> = {
  accuracy,
  speed,
  decode,
  features,
  latency: () => latency(count('calls')),
  day,
  cores: () => cores(count('records')),
};

function count(name: 'calls' | 'records'): number {
  const n = Number(values[name]);
  if (!Number.isInteger(n) || n < 1) fail(`--${name}: expected a whole number, found "${values[name]}"`);
  return n;
}

function fail(text: string): never {
  console.error(`bench: ${text}`);
  process.exit(2);
}

const unknown = positionals.find((name) => !Object.hasOwn(PARTS, name));
if (unknown !== undefined) fail(`expected ${Object.keys(PARTS).join(', ')}, found "${unknown}"`);
for (const name of positionals.length > 0 ? positionals : Object.keys(PARTS))
  console.log(`\n### ${name}\n\n${PARTS[name]()}`);
