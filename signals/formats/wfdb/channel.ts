/**
 * One signal of a record: takes its samples out of the chunk that its file has in hand, and keeps its checksum.
 *
 * The checksum of a signal is the sum of all its samples, modulo 65536 (header(5)). It is checked when the signal
 * was read front to back, without a jump.
 */
import type { FrameSource } from './frame-source.ts';
import { PackedSource } from './frame-source.ts';
import type { WfdbSignal } from './header.ts';
import { lead212ToAdu, lead212ToMv, type Scale } from './lead-212.ts';

export interface Channel {
  readonly signal: WfdbSignal;
  readonly source: FrameSource;
  /** Sample of this signal within a frame. */
  readonly place: number;
  readonly scale: Scale;
  /** Lead 0 or 1 of a format-212 file in which a frame is one group; -1 where the short way does not fit. */
  readonly lead212: number;
  sum: number;
  /** Frame up to which the sum is complete; -1 after a jump. */
  summedTo: number;
}

export function createChannel(
  signal: WfdbSignal,
  source: FrameSource,
  place: number,
  invalid: number,
): Channel {
  const fits = source instanceof PackedSource && signal.format === 212 && source.stride === 2;
  return {
    signal,
    source,
    place,
    scale: { baseline: signal.baseline, mvPerAdu: 1 / signal.adcGain, invalid },
    lead212: fits && signal.samplesPerFrame === 1 ? place : -1,
    sum: 0,
    summedTo: 0,
  };
}

/** Frames frame..frame+n-1 of the chunk, in the physical unit, to `out[at..]`. */
export function readPhysical(c: Channel, frame: number, n: number, out: Float64Array, at: number): void {
  const { source } = c;
  if (c.lead212 >= 0) {
    const from = (frame - source.start) * 3;
    const { bytes } = source as PackedSource;
    addToSum(c, frame, n, lead212ToMv(bytes, from, n, c.lead212, c.scale, out, at));
    return;
  }
  const { baseline, mvPerAdu, invalid } = c.scale;
  const { samples, stride } = source;
  const spf = c.signal.samplesPerFrame;
  let sum = 0;
  let i = source.first + (frame - source.start) * stride + c.place;
  for (let k = at; k < at + n; k++, i += stride) {
    let adu = samples[i];
    sum = (sum + adu) | 0;
    if (spf > 1) {
      sum = (sum + sumOfRest(samples, i, spf)) | 0;
      adu = average(samples, i, spf, invalid);
    }
    out[k] = adu === invalid ? NaN : (adu - baseline) * mvPerAdu;
  }
  addToSum(c, frame, n, sum);
}

export function readAdu(c: Channel, frame: number, n: number, out: Int32Array, at: number): void {
  const { source } = c;
  if (c.lead212 >= 0) {
    const from = (frame - source.start) * 3;
    addToSum(c, frame, n, lead212ToAdu((source as PackedSource).bytes, from, n, c.lead212, out, at));
    return;
  }
  const { samples, stride } = source;
  const spf = c.signal.samplesPerFrame;
  let sum = 0;
  let i = source.first + (frame - source.start) * stride + c.place;
  for (let k = at; k < at + n; k++, i += stride) {
    const adu = samples[i];
    sum = (sum + adu) | 0;
    if (spf > 1) sum = (sum + sumOfRest(samples, i, spf)) | 0;
    out[k] = spf > 1 ? average(samples, i, spf, c.scale.invalid) : adu;
  }
  addToSum(c, frame, n, sum);
}

function sumOfRest(samples: Int32Array, from: number, spf: number): number {
  let sum = 0;
  for (let i = from + 1; i < from + spf; i++) sum = (sum + samples[i]) | 0;
  return sum;
}

/** As `rdsamp` does: the whole-number part of the mean; invalid when one of the samples is. */
function average(samples: Int32Array, from: number, spf: number, invalid: number): number {
  let sum = 0;
  for (let i = from; i < from + spf; i++) {
    if (samples[i] === invalid) return invalid;
    sum += samples[i];
  }
  return Math.trunc(sum / spf);
}

function addToSum(c: Channel, frame: number, n: number, sum: number): void {
  if (c.summedTo !== frame) {
    c.summedTo = -1;
    return;
  }
  c.sum = (c.sum + sum) | 0;
  c.summedTo = frame + n;
}
