/**
 * Runs a trace of a simulated box again in memory: the same box gets the same bytes at the same times, and must
 * answer the same. Says where the first byte differs.
 */
import { RecordError } from '../../core/errors.ts';
import { Rng } from '../../core/rng.ts';
import { BenchDesk } from '../device/bench-desk.ts';
import { bedsideOf, playing } from '../device/bedside.ts';
import { fromHex, toHex } from './trace-line.ts';
import type { TraceBench, TraceBytes, TraceHeader } from './trace-line.ts';

export interface ReplayVerdict {
  same: boolean;
  /** Bytes that the box sent this time, and then. */
  bytes: number;
  expectedBytes: number;
  /** Of the first byte that differs: how many came before it, and about when. */
  differsAt?: { byte: number; ns: number; expected: string; found: string };
}

const NOTHING = new Uint8Array(0);
/** Not part of the box. */
const NEW_BOX = ['loadRecord', 'setWave'];
const CABLE_ACTIONS = ['setCableFaults', 'unplug'];

export function replayBox(header: TraceHeader, lines: readonly (TraceBytes | TraceBench)[]): ReplayVerdict {
  const options = header.box;
  if (options === undefined) {
    throw new RecordError(
      'replay: expected a trace by "rwave device --trace", which says how to make its box',
    );
  }
  const rng = new Rng(options.seed);
  let boxes = 1;
  let bedside = bedsideOf(options, rng, boxes);
  const desk = new BenchDesk({
    model: options.profile,
    seed: rng.seed,
    bedside: () => bedside,
    loadRecord: (path, fromS) => (bedside = bedsideOf({ ...options, record: path }, rng, ++boxes, fromS)),
    playWave: (wave) => (bedside = bedsideOf(playing(options, wave), rng, ++boxes)),
    setCableFaults: () => undefined,
    unplug: () => undefined,
    nowUs: () => 0,
  });
  bedside.box.step(0, NOTHING);
  const sent: Uint8Array[] = [];
  const expected: { ns: number; bytes: Uint8Array }[] = [];
  for (const line of lines) {
    const us = Math.round(line.ns / 1000);
    if ('bench' in line) {
      if (CABLE_ACTIONS.includes(line.bench.do)) continue;
      if (!NEW_BOX.includes(line.bench.do)) sent.push(bedside.box.step(us, NOTHING).bytesOut);
      desk.do(line.bench);
      sent.push(bedside.box.step(us, NOTHING).bytesOut);
      continue;
    }
    const bytes = fromHex(line.hex) ?? NOTHING;
    if (line.from === 'device') expected.push({ ns: line.ns, bytes });
    sent.push(bedside.box.step(us, line.from === 'host' ? bytes : NOTHING).bytesOut);
  }
  return compare(Buffer.concat(sent), expected);
}

function compare(found: Uint8Array, expected: readonly { ns: number; bytes: Uint8Array }[]): ReplayVerdict {
  let at = 0;
  for (const { ns, bytes } of expected) {
    const here = found.subarray(at, at + bytes.length);
    const off = bytes.findIndex((byte, i) => here[i] !== byte);
    if (off >= 0) {
      const differsAt = {
        byte: at + off,
        ns,
        expected: toHex(bytes.subarray(off, off + 16)),
        found: toHex(here.subarray(off, off + 16)),
      };
      return { same: false, bytes: found.length, expectedBytes: totalOf(expected), differsAt };
    }
    at += bytes.length;
  }
  return { same: at === found.length, bytes: found.length, expectedBytes: at };
}

function totalOf(expected: readonly { bytes: Uint8Array }[]): number {
  return expected.reduce((sum, { bytes }) => sum + bytes.length, 0);
}
