/**
 * A recording in, advice out: the live analysis run over one lead of a file.
 *
 * Memory does not grow with the record. Values are brought to mV by the header's unit.
 */
import { RhythmAnalyser, type RhythmAnalyserOptions } from '../advisory/index.ts';
import type { Advice } from '../core/advice.ts';
import { emptyBeat, emptyRWave } from '../core/beat.ts';
import { RecordError, UsageError } from '../core/errors.ts';
import type { RecordReader } from '../core/record.ts';

export interface AdviseOptions extends Omit<RhythmAnalyserOptions, 'fs'> {
  lead: number;
}

const CHUNK = 1024;
/** What a signal's unit is in mV; a unit that is not listed is taken as it stands. */
const MV_PER_UNIT: Readonly<Partial<Record<string, number>>> = { uV: 1e-3, µV: 1e-3, V: 1e3 };

export function checkLead(path: string, reader: RecordReader, lead: number): void {
  const { signals, fs } = reader.header;
  if (lead >= signals.length)
    throw new UsageError(`--lead: ${path} has signals 0..${signals.length - 1}, found ${lead}`);
  if (!(fs >= 100)) throw new RecordError(`${path}: expected 100 Hz or more, found ${fs} Hz`);
}

/** Reads one lead front to back in mV. */
export function readMv(reader: RecordReader, lead: number, take: (x: Float64Array, n: number) => void): void {
  const out = [new Float64Array(CHUNK)];
  const mv = MV_PER_UNIT[reader.header.signals[lead].units] ?? 1;
  for (;;) {
    const n = reader.read([lead], out, CHUNK);
    if (n === 0) return;
    if (mv !== 1) for (let i = 0; i < n; i++) out[0][i] *= mv;
    take(out[0], n);
  }
}

/** Calls `onWindow` for each window's advice and `onDecision` for each vote, in order of time. */
export function adviseRecord(
  reader: RecordReader,
  options: AdviseOptions,
  onWindow: (advice: Advice) => void,
  onDecision: (advice: Advice) => void,
): void {
  const { lead, ...analysis } = options;
  const analyser = new RhythmAnalyser({ fs: reader.header.fs, ...analysis });
  const beat = emptyBeat();
  const rWave = emptyRWave();
  readMv(reader, lead, (x, n) => {
    analyser.process(x, n);
    while (analyser.beats.take(beat));
    while (analyser.syncs.take(rWave));
    for (let a = analyser.advices.take(); a !== undefined; a = analyser.advices.take()) onWindow(a);
    for (let a = analyser.decisions.take(); a !== undefined; a = analyser.decisions.take()) onDecision(a);
  });
}
