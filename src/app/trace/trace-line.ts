/**
 * What a trace file holds: one JSON object a line.
 *
 *   {"trace": 1, ...}                                  the first line: who wrote it, and what it takes to run it again
 *   {"ns": 1234000, "from": "host", "hex": "07 ...", "packets": [...]}   bytes in one piece, and the packets that ended in it
 *   {"ns": 1234000, "bench": {...}}                    a request over the bench channel that was carried out
 *
 * `ns` is nanoseconds on the writer's clock: for `rwave device` the box's own.
 */
import { RecordError } from '../../core/errors.ts';
import type { BenchRequest } from '../../protocol/bench-messages.ts';

export type Side = 'host' | 'device';

export interface TraceHeader {
  trace: 1;
  protocol: string;
  schemaHash: number;
  /** Options of the box, where the trace was taken at its own door: enough to run it again. */
  box?: {
    seed: number;
    profile: string;
    rhythm: string;
    record?: string;
    lead?: number;
    fs?: number;
    raw?: true;
  };
}
export interface TraceBytes {
  ns: number;
  from: Side;
  hex: string;
}
export interface TraceBench {
  ns: number;
  bench: BenchRequest;
}
export type TraceLine = TraceHeader | TraceBytes | TraceBench;

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** Hex with or without spaces; undefined when it is not. */
export function fromHex(text: string): Uint8Array | undefined {
  const digits = text.replace(/\s+/g, '');
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) return undefined;
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}

/** Reads the lines of a trace; `file` is for the messages. */
export function parseTrace(
  text: string,
  file: string,
): { header: TraceHeader; lines: (TraceBytes | TraceBench)[] } {
  const rows = text.split('\n').filter((row) => row.trim() !== '');
  const wrong = (line: number, expected: string) =>
    new RecordError(`${file}:${line}: expected ${expected}, found "${(rows[line - 1] ?? '').slice(0, 60)}"`);
  const parsed = rows.map((row, i) => {
    try {
      return JSON.parse(row) as Partial<TraceHeader & TraceBytes & TraceBench>;
    } catch {
      throw wrong(i + 1, 'one JSON object a line');
    }
  });
  if (parsed.length === 0 || parsed[0].trace !== 1)
    throw wrong(1, 'a trace that starts with {"trace": 1, ...}');
  const lines = parsed.slice(1).map((line, i) => {
    const { ns, from, hex, bench } = line;
    if (typeof ns !== 'number') throw wrong(i + 2, '"ns"');
    if (bench !== undefined) return { ns, bench };
    if ((from !== 'host' && from !== 'device') || hex === undefined || fromHex(hex) === undefined) {
      throw wrong(i + 2, '"from" and "hex", or "bench"');
    }
    return { ns, from, hex };
  });
  return { header: parsed[0] as TraceHeader, lines };
}
