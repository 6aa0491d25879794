/**
 * One signal of a record: takes its samples out of the chunk that its file has in hand, and keeps its checksum.
 *
 * The checksum of a signal is the sum of all its samples, modulo 65536 (header(5)). It is checked when the signal
 * was read front to back, without a jump.
 */
import { PackedSource, type FrameSource } from './frame-source.ts';
import type { WfdbSignal } from './header.ts';
import { leadOfTwoToAdu, leadOfTwoToPhysical, onlyLeadToPhysical, physicalTable } from './lead-212.ts';

/** What the short way through format 212 needs (lead-212.ts). */
interface Short212 {
  source: PackedSource;
  table: Float64Array;
}

export interface Channel {
  readonly signal: WfdbSignal;
  readonly source: FrameSource;
  /** Sample of this signal within a frame. */
  readonly place: number;
  /** The value that means "no sample here"; NaN where there is none. */
  readonly invalid: number;
  /** What such a sample is called in adu: INVALID_ADU, or as it is stored. */
  readonly invalidAdu: number;
  readonly short212: Short212 | undefined;
  sum: number;
  /** Frame up to which the sum is complete; -1 after a jump. */
  summedTo: number;
}

export function createChannel(
  signal: WfdbSignal,
  source: FrameSource,
  place: number,
  { invalid, invalidAdu }: Pick<Channel, 'invalid' | 'invalidAdu'>,
): Channel {
  const { adcGain, baseline, format, samplesPerFrame } = signal;
  const fits =
    source instanceof PackedSource && format === 212 && samplesPerFrame === 1 && source.stride <= 2;
  const short212 = fits ? { source, table: physicalTable(adcGain, baseline, invalid) } : undefined;
  return { signal, source, place, invalid, invalidAdu, short212, sum: 0, summedTo: 0 };
}

/** Frames frame..frame+n-1 of the chunk, in the physical unit, to `out[at..]`. */
export function readPhysical(c: Channel, frame: number, n: number, out: Float64Array, at: number): void {
  const sum =
    c.short212 === undefined
      ? unpackedToPhysical(c, frame, n, out, at)
      : shortToPhysical(c, c.short212, frame, n, out, at);
  addToSum(c, frame, n, sum);
}

export function readAdu(c: Channel, frame: number, n: number, out: Int32Array, at: number): void {
  const sum =
    c.short212?.source.stride === 2 && Object.is(c.invalidAdu, c.invalid)
      ? leadOfTwoToAdu(c.short212.source.bytes, 3 * (frame - c.source.start), n, c.place, out, at)
      : unpackedToAdu(c, frame, n, out, at);
  addToSum(c, frame, n, sum);
}

function shortToPhysical(
  c: Channel,
  { source, table }: Short212,
  frame: number,
  n: number,
  out: Float64Array,
  at: number,
): number {
  const ahead = frame - source.start;
  if (source.stride === 1) return onlyLeadToPhysical(source, source.first + ahead, n, table, out, at);
  return leadOfTwoToPhysical(source, ahead, n, c.place, table, out, at);
}

function unpackedToPhysical(c: Channel, frame: number, n: number, out: Float64Array, at: number): number {
  const { source, invalid } = c;
  const { samples, stride } = source;
  const { samplesPerFrame, baseline, adcGain } = c.signal;
  let sum = 0;
  let i = source.first + (frame - source.start) * stride + c.place;
  for (let k = at; k < at + n; k++, i += stride) {
    let adu = samples[i];
    sum = (sum + adu) | 0;
    if (samplesPerFrame > 1) {
      sum = (sum + sumOfRest(samples, i, samplesPerFrame)) | 0;
      adu = average(samples, i, samplesPerFrame, invalid);
    }
    out[k] = adu === invalid ? NaN : (adu - baseline) / adcGain;
  }
  return sum;
}

function unpackedToAdu(c: Channel, frame: number, n: number, out: Int32Array, at: number): number {
  const { source, invalid, invalidAdu } = c;
  const { samples, stride } = source;
  const { samplesPerFrame } = c.signal;
  let sum = 0;
  let i = source.first + (frame - source.start) * stride + c.place;
  for (let k = at; k < at + n; k++, i += stride) {
    let adu = samples[i];
    sum = (sum + adu) | 0;
    if (samplesPerFrame > 1) {
      sum = (sum + sumOfRest(samples, i, samplesPerFrame)) | 0;
      adu = average(samples, i, samplesPerFrame, invalid);
    }
    out[k] = adu === invalid ? invalidAdu : adu;
  }
  return sum;
}

/** Every sample of frames frame..frame+n-1, the first one to `out[at * samplesPerFrame]`. */
export function readEverySample(c: Channel, frame: number, n: number, out: Float64Array, at: number): void {
  const { baseline, adcGain } = c.signal;
  eachSample(c, frame, n, at, (k, adu) => (out[k] = adu === c.invalid ? NaN : (adu - baseline) / adcGain));
}

export function readEveryAdu(c: Channel, frame: number, n: number, out: Int32Array, at: number): void {
  eachSample(c, frame, n, at, (k, adu) => (out[k] = adu === c.invalid ? c.invalidAdu : adu));
}

function eachSample(
  c: Channel,
  frame: number,
  n: number,
  at: number,
  put: (k: number, adu: number) => void,
): void {
  const { samples, stride, first, start } = c.source;
  const { samplesPerFrame } = c.signal;
  let sum = 0;
  let k = at * samplesPerFrame;
  for (let f = 0; f < n; f++) {
    const i = first + (frame + f - start) * stride + c.place;
    for (let j = i; j < i + samplesPerFrame; j++) {
      sum = (sum + samples[j]) | 0;
      put(k++, samples[j]);
    }
  }
  addToSum(c, frame, n, sum);
}

function sumOfRest(samples: Int32Array, from: number, samplesPerFrame: number): number {
  let sum = 0;
  for (let i = from + 1; i < from + samplesPerFrame; i++) sum = (sum + samples[i]) | 0;
  return sum;
}

/** As `rdsamp` does: the mean as a whole number; invalid when one of the samples is. */
function average(samples: Int32Array, from: number, samplesPerFrame: number, invalid: number): number {
  let sum = 0;
  for (let i = from; i < from + samplesPerFrame; i++) {
    if (samples[i] === invalid) return invalid;
    sum += samples[i];
  }
  return Math.trunc(sum / samplesPerFrame);
}

function addToSum(c: Channel, frame: number, n: number, sum: number): void {
  if (c.summedTo !== frame) {
    c.summedTo = -1;
    return;
  }
  c.sum = (c.sum + sum) | 0;
  c.summedTo = frame + n;
}
