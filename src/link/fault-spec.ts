/**
 * What a bad cable does, as one string: `flip=1/5000,drop=1/100,delay=20ms,unplug@12s`.
 *
 * `name=K/N` happens in K of N cases, `name=TIME` sets a time, `name@TIME[:LENGTH]` happens once, at that time after
 * the link was made. A rate of `flip` counts bytes; the other rates count packets, as far as one came in one piece.
 */
import { UsageError } from '../core/errors.ts';
import type { Microseconds } from '../core/units.ts';
import { CHUNKINGS } from './cut.ts';
import type { Chunking } from './cut.ts';

export interface Ratio {
  times: number;
  outOf: number;
}

/** Everything is optional; an empty spec is a good cable. */
export interface FaultSpec {
  /** One bit of a byte turns over. Counts bytes. */
  flip?: Ratio;
  drop?: Ratio;
  duplicate?: Ratio;
  /** A packet goes out after the one that follows it. */
  reorder?: Ratio;
  /** The end of a packet is missing. */
  truncate?: Ratio;
  /** Some random bytes come before a packet. */
  garbage?: Ratio;
  /** Nothing moves for `stallUs`, then everything comes at once. */
  stall?: Ratio;
  stallUs?: Microseconds;
  delayUs?: Microseconds;
  /** Up to so much more, different for every packet; the order stays. */
  jitterUs?: Microseconds;
  /** Bytes are handed over only so often: the latency timer of an FTDI chip is 16 ms. */
  burstUs?: Microseconds;
  /** Bytes take the time that a UART needs for them (8N1: ten bits); what waits longer than a second is lost. */
  baud?: number;
  split?: Chunking;
  /** The link closes. */
  unplugAtUs?: Microseconds;
  /** From here on nothing gets through, and nobody is told. */
  muteAtUs?: Microseconds;
  muteForUs?: Microseconds;
}

export const FAULT_HELP =
  'flip=1/5000, drop=1/100, dup=1/100, reorder=1/100, truncate=1/100, garbage=1/100, stall=1/1000:300ms, ' +
  'delay=20ms, jitter=10ms, burst=16ms, baud=115200, split=bytes|usb|random, unplug@12s, mute@5s[:2s]';

const RATIOS = {
  flip: 'flip',
  drop: 'drop',
  dup: 'duplicate',
  reorder: 'reorder',
  truncate: 'truncate',
  garbage: 'garbage',
  stall: 'stall',
} as const;
const TIMES = { delay: 'delayUs', jitter: 'jitterUs', burst: 'burstUs' } as const;
const UNIT_US: Readonly<Record<string, number>> = { us: 1, ms: 1000, s: 1_000_000, '': 1_000_000 };

function parseTime(text: string, item: string): Microseconds {
  const match = /^(\d+(?:\.\d+)?)(us|ms|s|)$/.exec(text);
  if (match === null)
    throw new UsageError(`fault "${item}": expected a time like 20ms or 12s, found "${text}"`);
  return Math.round(Number(match[1]) * UNIT_US[match[2]]);
}

function parseRatio(text: string, item: string): Ratio {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [times, outOf] = match === null ? [1, 0] : [Number(match[1]), Number(match[2])];
  if (times > outOf) throw new UsageError(`fault "${item}": expected a ratio like 1/5000, found "${text}"`);
  return { times, outOf };
}

function isKey<T extends object>(name: string, table: T): name is Extract<keyof T, string> {
  return Object.hasOwn(table, name);
}

function parseSetting(spec: FaultSpec, name: string, value: string, item: string): void {
  const [head, tail] = value.split(':') as [string, string?];
  if (isKey(name, RATIOS)) {
    spec[RATIOS[name]] = parseRatio(head, item);
    if (name === 'stall') spec.stallUs = parseTime(tail ?? '300ms', item);
  } else if (isKey(name, TIMES)) {
    spec[TIMES[name]] = parseTime(value, item);
  } else if (name === 'baud') {
    if (!/^[1-9]\d{2,6}$/.test(value)) {
      throw new UsageError(`fault "${item}": expected a speed like 115200, found "${value}"`);
    }
    spec.baud = Number(value);
  } else if (name === 'split') {
    const chunk = CHUNKINGS.find((c) => c === value);
    if (chunk === undefined) throw new UsageError(`fault "${item}": expected one of ${CHUNKINGS.join(', ')}`);
    spec.split = chunk;
  } else {
    throw new UsageError(`expected faults like ${FAULT_HELP}; found "${item}"`);
  }
}

function parseMoment(spec: FaultSpec, name: string, value: string, item: string): void {
  const [at, length] = value.split(':') as [string, string?];
  if (name === 'unplug' && length === undefined) {
    spec.unplugAtUs = parseTime(at, item);
  } else if (name === 'mute') {
    spec.muteAtUs = parseTime(at, item);
    if (length !== undefined) spec.muteForUs = parseTime(length, item);
  } else {
    throw new UsageError(`expected unplug@TIME or mute@TIME[:LENGTH], found "${item}"`);
  }
}

export function parseFaults(text: string): FaultSpec {
  const spec: FaultSpec = {};
  for (const item of text.split(',').map((s) => s.trim())) {
    if (item === '') continue;
    const match = /^([a-z]+)([=@])(.+)$/.exec(item);
    if (match === null) throw new UsageError(`expected faults like ${FAULT_HELP}; found "${item}"`);
    const [, name, sign, value] = match;
    if (sign === '=') parseSetting(spec, name, value, item);
    else parseMoment(spec, name, value, item);
  }
  return spec;
}
