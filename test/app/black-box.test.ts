/** The black box survives whatever stops its writer: what was written whole is read, what was torn is told and kept out. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lineOf, read } from '../../src/app/black-box/format.ts';
import { FileSink } from '../../src/app/black-box/file-sink.ts';
import { Recorder } from '../../src/app/black-box/recorder.ts';
import type { LogSink } from '../../src/app/black-box/recorder.ts';
import { Rng } from '../../src/core/rng.ts';
import type { SessionEvent, SessionWave } from '../../src/core/session-events.ts';
import type { LogRecord, RunHeader, WavePiece } from '../../src/guidance/log.ts';
import { buildWriter, killWriters } from './kill-writer.ts';

const HEADER: RunHeader = { type: 'run', blackBox: 1, version: '0', seed: '1', source: 'test' };
const FS = 100;
const shock = (sample: number): SessionEvent => ({
  ...{ type: 'shock', t: sample / FS, sample, armId: 7, synchronized: false, selectedJ: 200, storedJ: 240 },
  ...{ deliveredJ: 199.5, peakV: 1500, peakA: 20, impedanceOhm: 75, rToShockMs: NaN },
  ...{ firstPhaseMs: 6, secondPhaseMs: 4, tiltPct: 60 },
});
const beat = (n: number): SessionEvent => ({ type: 'heartRate', t: n / FS, sample: n, bpm: n });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rwave-box-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A log of every kind of record, and where each line ends. */
function log(): { bytes: Buffer; ends: number[]; records: LogRecord[] } {
  const mv = Float32Array.from({ length: 50 }, (_, i) => (i === 7 ? NaN : 0.005 * (i - 20)));
  const wave: WavePiece = { type: 'wave', sample: 100, fs: FS, leads: [{ name: 'pads', mv }] };
  const records: LogRecord[] = [HEADER];
  for (let n = 0; n < 12; n++) records.push(beat(n), wave, shock(n));
  const lines = records.map((record, n) => Buffer.from(lineOf(n, record)));
  const ends = lines.map((_, k) => lines.slice(0, k + 1).reduce((sum, line) => sum + line.length, 0));
  return { bytes: Buffer.concat(lines), ends, records };
}

describe('reading', () => {
  test('gives back what was written, NaN and samples included', () => {
    const { bytes, records } = log();
    const { runs, ...losses } = read(bytes);
    expect(runs).toEqual([{ header: HEADER, records: records.slice(1) }]);
    expect(losses).toEqual({ tornBytes: 0, damagedBytes: 0, missing: 0 });
  });

  test('cut at 1000 places: every whole record, not one more, and the torn bytes are counted', () => {
    const { bytes, ends, records } = log();
    const rng = new Rng('cuts');
    for (let k = 0; k < 1000; k++) {
      const cut = rng.int(0, bytes.length);
      const whole = ends.filter((end) => end <= cut).length;
      const { runs, tornBytes, damagedBytes } = read(bytes.subarray(0, cut));
      expect(runs[0]?.records ?? [], `cut at ${cut}`).toHaveLength(Math.max(0, whole - 1));
      expect(runs[0]?.records.at(-1) ?? HEADER).toEqual(records[Math.max(0, whole - 1)]);
      expect({ tornBytes, damagedBytes }).toEqual({
        tornBytes: cut - (ends[whole - 1] ?? 0),
        damagedBytes: 0,
      });
    }
  });

  test('a flipped bit anywhere costs its own line and nothing else', () => {
    const { bytes, records } = log();
    const rng = new Rng('flips');
    for (let k = 0; k < 200; k++) {
      const at = rng.int(0, bytes.length - 1);
      const broken = Buffer.from(bytes);
      broken[at] ^= 1 << rng.int(0, 6);
      const { runs, damagedBytes, tornBytes } = read(broken);
      const found = runs.reduce((sum, run) => sum + run.records.length + 1, 0);
      expect(damagedBytes + tornBytes, `bit at ${at}`).toBeGreaterThan(0);
      // A newline that goes joins two lines; a run without its header is not read.
      if (at > bytes.indexOf(10)) expect(found).toBeGreaterThanOrEqual(records.length - 2);
    }
  });

  test('a line that somebody took out is missed by its number', () => {
    const { bytes, ends } = log();
    const without = Buffer.concat([bytes.subarray(0, ends[3]), bytes.subarray(ends[5])]);
    expect(read(without)).toMatchObject({ missing: 2, damagedBytes: 0, tornBytes: 0 });
  });
});

describe('the file', () => {
  test('is continued behind a torn tail, which stays out', () => {
    const file = join(folder, 'continued.box');
    const { bytes } = log();
    writeFileSync(file, bytes.subarray(0, bytes.length - 3));
    const sink = new FileSink(file);
    new Recorder(sink, { ...HEADER, seed: '2' }).close();
    const { runs, damagedBytes, tornBytes } = read(readFileSync(file));
    expect(runs.map((run) => run.header.seed)).toEqual(['1', '2']);
    expect(runs[0].records).toHaveLength(35);
    expect(runs[1].records.at(-1)).toMatchObject({ type: 'end' });
    expect(damagedBytes).toBeGreaterThan(0);
    expect(tornBytes).toBe(0);
    appendFileSync(file, Buffer.alloc(4096));
    expect(read(readFileSync(file)).tornBytes).toBe(4096);
  });

  test('that cannot be opened is one clear line', () => {
    expect(() => new FileSink(join(folder, 'no', 'such', 'folder.box'))).toThrow(/expected a file to write/);
  });

  test('survives writers that are killed: nothing that they told of is lost or changed', async () => {
    const writer = await buildWriter();
    try {
      const { kills, told, lost, wrong } = await killWriters(writer, 15, new Rng('kills'));
      expect({ kills, lost, wrong }).toEqual({ kills: 15, lost: 0, wrong: 0 });
      expect(told).toBeGreaterThan(100);
    } finally {
      rmSync(writer, { recursive: true });
    }
  });
});

class Kept implements LogSink {
  records: LogRecord[] = [];
  atOnce: string[] = [];
  append(record: LogRecord, atOnce: boolean): void {
    this.records.push(record);
    if (atOnce) this.atOnce.push(record.type);
  }
  tick(): void {
    // nothing is synced
  }
  close(): void {
    // nothing is open
  }
  get waves(): WavePiece[] {
    return this.records.filter((r): r is WavePiece => r.type === 'wave');
  }
}

/** Sample i is i/1000 mV. */
function feed(recorder: Recorder, from: number, to: number, cut = 7): void {
  for (let at = from; at < to; at += cut) {
    const n = Math.min(cut, to - at);
    const lead = Float64Array.from({ length: cut }, (_, i) => (at + i) / 1000);
    const wave: SessionWave = { fs: FS, n, firstSample: at, leads: [lead], leadNames: ['pads'], rangeMv: 10 };
    recorder.onWave(wave);
  }
}

describe('the recorder', () => {
  test('keeps the signal from 3 s before a shock to 5 s after it, each sample once, however the stream was cut', () => {
    for (const cut of [1, 7, 100, 333]) {
      const kept = new Kept();
      const recorder = new Recorder(kept, HEADER);
      feed(recorder, 0, 1000, cut);
      recorder.onEvent(shock(1000));
      feed(recorder, 1000, 1300, cut);
      recorder.onEvent(shock(1290));
      feed(recorder, 1300, 3000, cut);
      const samples = kept.waves.flatMap((w) => Array.from(w.leads[0].mv, (_, i) => w.sample + i));
      expect(samples, `cut ${cut}`).toEqual(Array.from({ length: 1090 }, (_, i) => 700 + i));
      const values = kept.waves.flatMap((w) => [...w.leads[0].mv]);
      expect(values.every((v, i) => Math.abs(v - (700 + i) / 1000) < 1e-6)).toBe(true);
    }
  });

  test('writes a strip every second while it grows: a kill costs the last second', () => {
    const kept = new Kept();
    const recorder = new Recorder(kept, HEADER);
    feed(recorder, 0, 1000);
    recorder.onEvent(shock(1000));
    feed(recorder, 1000, 1250);
    const last = kept.waves.at(-1);
    expect((last?.sample ?? 0) + (last?.leads[0].mv.length ?? 0)).toBeGreaterThanOrEqual(1150);
  });

  test('brings what is about energy to the disk at once, the rest in good time', () => {
    const kept = new Kept();
    const recorder = new Recorder(kept, HEADER);
    recorder.onEvent(beat(1));
    recorder.onEvent(shock(2));
    recorder.onEvent({ type: 'aborted', t: 0, sample: 3, why: 'noRWave' });
    expect(kept.atOnce).toEqual(['run', 'shock', 'aborted']);
  });
});
