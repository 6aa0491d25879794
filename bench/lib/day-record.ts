/** Records of a day for the whole program: half hours of mitdb (lead 0) one after the other, one lead in format 212. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { marksOf, isBeat, readLead } from './records.ts';

export const FS = 360;
const HALF_HOURS = 48;
/** Bench runs in the package's folder (plain-node.ts). */
export const MAIN = resolve(process.env['BENCH_MAIN'] ?? 'dist/src/app/main.js');

export function missingBuild(): string | undefined {
  return existsSync(MAIN) ? undefined : `not measured: ${MAIN} is not there (npm run build)`;
}

/** A folder that is gone afterwards. */
export function withTemporaryFolder<T>(use: (folder: string) => T): T {
  const temp = mkdtempSync(join(tmpdir(), 'rwave-bench-'));
  try {
    return use(temp);
  } finally {
    rmSync(temp, { recursive: true });
  }
}

export interface Day {
  samples: number;
  /** Annotated beats. */
  beats: number;
}

/** `records` are paths; they follow each other again and again until the day is full. Writes `<temp>/day.dat` and .hea. */
export function writeDay(records: readonly string[], temp: string): Day {
  const parts = records.map((path) => packed(readLead(path, 0).x));
  const beats = records.map((path) => marksOf(path).filter(isBeat).length);
  const day: Day = { samples: 0, beats: 0 };
  const bytes: Uint8Array[] = [];
  for (let i = 0; i < HALF_HOURS; i++) {
    const k = i % parts.length;
    bytes.push(parts[k]);
    day.samples += (parts[k].length / 3) * 2;
    day.beats += beats[k];
  }
  writeFileSync(join(temp, 'day.dat'), Buffer.concat(bytes));
  writeHeader(temp, 'day', day);
  return day;
}

/** One more record of the same signal. */
export function writeHeader(temp: string, name: string, { samples }: Day): void {
  writeFileSync(join(temp, `${name}.hea`), `${name} 1 ${FS} ${samples}\nday.dat 212 200 11 1024\n`);
}

/** Two samples in three bytes; mitdb has 200 adu/mV and zero at 1024. */
function packed(x: Float64Array): Uint8Array {
  const adu = (i: number): number => Math.round(x[i] * 200) + 1024;
  const pairs = Math.floor(x.length / 2);
  const out = new Uint8Array(3 * pairs);
  for (let p = 0; p < pairs; p++) {
    const a = adu(2 * p);
    const b = adu(2 * p + 1);
    out[3 * p] = a & 0xff;
    out[3 * p + 1] = ((a >> 8) & 0xf) | ((b >> 4) & 0xf0);
    out[3 * p + 2] = b & 0xff;
  }
  return out;
}
