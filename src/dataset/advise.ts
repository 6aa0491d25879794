/**
 * A recording in, advice out: the live analysis run over one lead of a file.
 *
 * Memory does not grow with the record. Values are brought to mV by the header's unit.
 */
import { ChestMotion, RhythmAnalyser, type RhythmAnalyserOptions } from '../advisory/index.ts';
import type { Advice } from '../core/advice.ts';
import { emptyBeat, emptyRWave } from '../core/beat.ts';
import { RecordError, UsageError } from '../core/errors.ts';
import type { RecordReader } from '../core/record.ts';
import type { Hertz } from '../core/units.ts';

export interface AdviseOptions extends Omit<RhythmAnalyserOptions, 'fs'> {
  lead: number;
  /** A signal that measures the chest, and the smallest swing of a compression in its unit. */
  chest?: { signal: number; minSwing: number };
  /** False: somebody who knows says that nobody compresses the chest; the ECG's watch is not asked. Default true. */
  watchCompressions?: boolean;
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

/** Reads one lead front to back in mV; `also` is a second signal, handed over as it stands. */
export function readMv(
  reader: RecordReader,
  lead: number,
  take: (x: Float64Array, n: number, other: Float64Array) => void,
  also?: number,
): void {
  const out = [new Float64Array(CHUNK), new Float64Array(also === undefined ? 0 : CHUNK)];
  const leads = also === undefined ? [lead] : [lead, also];
  const mv = MV_PER_UNIT[reader.header.signals[lead].units] ?? 1;
  for (;;) {
    const n = reader.read(leads, out, CHUNK);
    if (n === 0) return;
    if (mv !== 1) for (let i = 0; i < n; i++) out[0][i] *= mv;
    take(out[0], n, out[1]);
  }
}

/** Calls `onWindow` for each window's advice and `onDecision` for each vote, in order of time. */
export function adviseRecord(
  reader: RecordReader,
  options: AdviseOptions,
  onWindow: (advice: Advice) => void,
  onDecision: (advice: Advice) => void,
): void {
  const { lead, chest, watchCompressions = true, ...analysis } = options;
  const { fs } = reader.header;
  const analyser = new RhythmAnalyser({ fs, ...analysis });
  if (!watchCompressions) analyser.tellCompressions(false);
  const hear = chest === undefined ? undefined : chestListener(analyser, fs, chest.minSwing);
  const beat = emptyBeat();
  const rWave = emptyRWave();
  const take = (x: Float64Array, n: number, other: Float64Array): void => {
    if (hear === undefined) analyser.process(x, n);
    else hear(x, other, n);
    while (analyser.beats.take(beat));
    while (analyser.syncs.take(rWave));
    for (let a = analyser.advices.take(); a !== undefined; a = analyser.advices.take()) onWindow(a);
    for (let a = analyser.decisions.take(); a !== undefined; a = analyser.decisions.take()) onDecision(a);
  };
  readMv(reader, lead, take, chest?.signal);
}

/** ECG and chest side by side, a quarter of a second at a time, so that the chest's word is never older than that. */
function chestListener(
  analyser: RhythmAnalyser,
  fs: Hertz,
  minSwing: number,
): (x: Float64Array, chest: Float64Array, n: number) => void {
  const motion = new ChestMotion({ fs, minSwing });
  const step = Math.ceil(fs / 4);
  return (x, chest, n) => {
    for (let at = 0; at < n; at += step) {
      const size = Math.min(step, n - at);
      motion.process(chest.subarray(at, at + size), size);
      analyser.tellCompressions(motion.going);
      analyser.process(x.subarray(at, at + size), size);
    }
  };
}
