/**
 * One figure of the noise table: a clean record with calibrated noise, as `rwave noise` writes it (lead 0, in memory), the
 * detector over all of it, and the beats of the noisy halves counted as `rwave score beats` counts them.
 */
import { join } from 'node:path';
import { isNoisy, NoiseMixer, noiseGain, STANDARD_PLAN } from '../../signals/artifacts/noise-stress.ts';
import { openRecord } from '../../signals/formats/index.ts';
import { noiseAmplitudes, qrsAmplitudes } from '../../src/app/records/amplitudes.ts';
import { NoiseStream } from '../../src/app/records/noise-stream.ts';
import { type Annotation, CODE } from '../../src/core/annotations.ts';
import { emptyBeat } from '../../src/core/beat.ts';
import { QrsDetector } from '../../src/detect/index.ts';
import { type BeatCounts, beatStatistics, percent } from '../../src/score/beat-counts.ts';
import { compareBeats, standardCompare } from '../../src/score/beats.ts';
import { marksOf } from './records.ts';

export interface Cell {
  se: number;
  pp: number;
}

interface Noisy {
  /** Lead 0 in mV. */
  x: Float64Array;
  fs: number;
}

/** Gross over the records, noisy halves only, in per cent. */
export function noiseCell(folder: string, records: readonly string[], noise: string, snr: number): Cell {
  const sum: BeatCounts = { cells: {}, rrErrorCount: 0, rrErrorSquares: 0, shutdownSeconds: 0 };
  for (const name of records) {
    const path = join(folder, 'mitdb', name);
    const reference = marksOf(path);
    const { x, fs } = mixed(path, join(folder, 'nstdb', noise), reference, snr);
    addHalves(sum, reference, beatsIn(x, fs), fs, x.length);
  }
  const { qrsSe, qrsPp } = beatStatistics(sum);
  return { se: percent(qrsSe), pp: percent(qrsPp) };
}

function mixed(path: string, noisePath: string, reference: readonly Annotation[], snr: number): Noisy {
  const ecg = openRecord(path);
  const noise = openRecord(noisePath);
  const { fs, length = 0, signals } = ecg.header;
  const [qrs] = qrsAmplitudes(ecg, reference);
  const [rms] = noiseAmplitudes(noise);
  const adu = new Int32Array(length);
  const added = new Int32Array(length);
  for (let at = 0; at < length;) at += ecg.readAdu([0], [adu.subarray(at)], length - at);
  new NoiseStream(noise, fs).take([added], length);
  const gains = [noiseGain(snr, qrs, rms)];
  new NoiseMixer({ fs, ...STANDARD_PLAN, gains }, [signals[0].adcZero]).process([adu], [added], length);
  ecg.close();
  noise.close();
  const { baseline, adcGain } = signals[0];
  return { x: Float64Array.from(adu, (v) => (v - baseline) / adcGain), fs };
}

function beatsIn(x: Float64Array, fs: number): Annotation[] {
  const detector = new QrsDetector({ fs });
  const beat = emptyBeat();
  const found: Annotation[] = [];
  const drain = (): void => {
    while (detector.beats.take(beat))
      found.push({ sample: beat.sample, code: CODE.NORMAL, subtype: 0, chan: 0, num: 0, aux: '' });
  };
  for (let at = 0; at < x.length; at += 1024) {
    detector.process(x.subarray(at, at + 1024), Math.min(1024, x.length - at));
    drain();
  }
  detector.flush();
  drain();
  return found;
}

function addHalves(
  sum: BeatCounts,
  reference: readonly Annotation[],
  test: readonly Annotation[],
  fs: number,
  length: number,
): void {
  const half = STANDARD_PLAN.halfSeconds * fs;
  for (let start = STANDARD_PLAN.cleanSeconds * fs; start < length; start += half) {
    if (!isNoisy(start, { fs, ...STANDARD_PLAN })) continue;
    const end = Math.min(length, start + half - 1);
    const counts = compareBeats(reference, test, { ...standardCompare(fs, length), start, end });
    for (const [cell, n] of Object.entries(counts.cells) as [keyof BeatCounts['cells'], number][])
      sum.cells[cell] = (sum.cells[cell] ?? 0) + n;
  }
}
