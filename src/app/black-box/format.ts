/**
 * A black box file: lines of text, each with its CRC and number.
 *
 *   cccccccc n {json}\n      c: CRC-32 of "n {json}" in hex;  n: 0, 1, 2, ... in a run;  {json}: a `LogRecord`
 *
 * A record counts when its line is whole, newline included, and its CRC is right. What follows the last such line is the torn
 * tail: told, and kept out. Lines that are wrong before it are damage: told, kept out, and the reading goes on behind them.
 * Waveform is i16 little-endian in base64, 5 uV a step (the resolution of a 12-bit front end at 200 adu/mV), -32768 = not
 * measured: 1.3 kB a second and lead at 500 Hz. NaN is null in JSON and NaN again after reading.
 */
import type { LogRecord, RunHeader, WavePiece } from '../../guidance/log.ts';
import { crc32 } from '../../protocol/crc32.ts';

const LSB_MV = 0.005;
const NOT_MEASURED = -32768;
const NEWLINE = 10;
const LINE = /^([0-9a-f]{8}) (\d+) (\{.*\})$/s;

interface StoredWave {
  type: 'wave';
  sample: number;
  fs: number;
  leads: readonly { name: string; i16: string }[];
}

export function lineOf(n: number, record: LogRecord): string {
  const body = `${n} ${JSON.stringify(record.type === 'wave' ? stored(record) : record)}`;
  const crc = crc32(Buffer.from(body)).toString(16).padStart(8, '0');
  return `${crc} ${body}\n`;
}

/** One start of the writer. */
export interface Run {
  header: RunHeader;
  records: LogRecord[];
}

export interface Contents {
  runs: Run[];
  /** Behind the last good record. */
  tornBytes: number;
  /** In wrong lines before it. */
  damagedBytes: number;
  /** Numbers that are not there. */
  missing: number;
}

export function read(bytes: Uint8Array): Contents {
  const contents: Contents = { runs: [], tornBytes: 0, damagedBytes: 0, missing: 0 };
  let expected = 0;
  /** End of the last good line, and start of this one. */
  let goodUntil = 0;
  let from = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
    const line = parse(bytes.subarray(from, end));
    if (line !== undefined) {
      contents.damagedBytes += from - goodUntil;
      goodUntil = end + 1;
      expected = take(contents, line, expected);
    }
    from = end + 1;
  }
  contents.tornBytes = bytes.length - goodUntil;
  return contents;
}

/** Returns the number that comes next. */
function take(contents: Contents, { n, record }: Line, expected: number): number {
  const { runs } = contents;
  if (record.type === 'run') runs.push({ header: record, records: [] });
  else runs.at(-1)?.records.push(record);
  if (n > expected && record.type !== 'run') contents.missing += n - expected;
  return n + 1;
}

interface Line {
  n: number;
  record: LogRecord;
}

function parse(bytes: Uint8Array): Line | undefined {
  const fields = LINE.exec(Buffer.from(bytes).toString('utf8'));
  if (fields === null) return undefined;
  const [, crc, n, json] = fields;
  if (crc32(bytes, crc.length + 1) !== parseInt(crc, 16)) return undefined;
  // Checked by its CRC: what stands there is what we wrote.
  const record = JSON.parse(json, (_, value: unknown) => (value === null ? NaN : value)) as Stored;
  return { n: Number(n), record: record.type === 'wave' ? restored(record) : record };
}

type Stored = Exclude<LogRecord, WavePiece> | StoredWave;

function stored({ type, sample, fs, leads }: WavePiece): StoredWave {
  return { type, sample, fs, leads: leads.map(({ name, mv }) => ({ name, i16: encode(mv) })) };
}

function restored({ type, sample, fs, leads }: StoredWave): WavePiece {
  return { type, sample, fs, leads: leads.map(({ name, i16 }) => ({ name, mv: decode(i16) })) };
}

function encode(mv: Float32Array): string {
  const bytes = Buffer.alloc(2 * mv.length);
  for (let i = 0; i < mv.length; i++) {
    const steps = Math.max(-32767, Math.min(32767, Math.round(mv[i] / LSB_MV)));
    bytes.writeInt16LE(Number.isNaN(mv[i]) ? NOT_MEASURED : steps, 2 * i);
  }
  return bytes.toString('base64');
}

function decode(i16: string): Float32Array {
  const bytes = Buffer.from(i16, 'base64');
  return Float32Array.from({ length: bytes.length >> 1 }, (_, i) => {
    const steps = bytes.readInt16LE(2 * i);
    return steps === NOT_MEASURED ? NaN : steps * LSB_MV;
  });
}
