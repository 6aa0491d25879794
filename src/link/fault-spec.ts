/**
 * Everything that goes wrong, as one string: `flip=1/5000,drop=1/100,delay=20ms,unplug@12s:3s`.
 *
 * `name=K/N` happens in K of N cases, `name=TIME` sets a time, `name@TIME[:LENGTH]` happens at that time after the start of
 * the run, and lasts so long (for ever where no length is given). A rate of `flip` counts bytes; the other rates count
 * packets, as far as one came in one piece. Names that are not the cable's go to whoever gave them (`timed`).
 */
import { UsageError } from '../core/errors.ts';
import type { Microseconds } from '../core/units.ts';
import { CHUNKINGS } from './cut.ts';
import type { Chunking } from './cut.ts';

export interface Ratio {
  times: number;
  outOf: number;
}

/** A stretch of the run; `forUs` is Infinity where it has no end. */
export interface Span {
  atUs: Microseconds;
  forUs: Microseconds;
}

/** Something that is not the cable's: a broken part of the box. */
export interface TimedFault extends Span {
  name: string;
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
  /** The plug is out: the link closes, and none can be opened. */
  unplug?: readonly Span[];
  /** Nothing gets through, and nobody is told. */
  mute?: readonly Span[];
  /** For others than the cable, in the order of the string. */
  timed?: readonly TimedFault[];
}

export const FAULT_HELP =
  'flip=1/5000, drop=1/100, dup=1/100, reorder=1/100, truncate=1/100, garbage=1/100, stall=1/1000:300ms, ' +
  'delay=20ms, jitter=10ms, burst=16ms, baud=115200, split=bytes|usb|random, unplug@12s[:3s], mute@5s[:2s]';

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

function parseMoment(
  spec: FaultSpec,
  name: string,
  value: string,
  item: string,
  timed: readonly string[],
): void {
  const [at, length] = value.split(':') as [string, string?];
  const span = {
    atUs: parseTime(at, item),
    forUs: length === undefined ? Infinity : parseTime(length, item),
  };
  if (name === 'unplug' || name === 'mute') {
    spec[name] = [...(spec[name] ?? []), span];
  } else if (timed.includes(name)) {
    spec.timed = [...(spec.timed ?? []), { name, ...span }];
  } else {
    const names = ['unplug', 'mute', ...timed].join(', ');
    throw new UsageError(`expected NAME@TIME[:LENGTH] with a name of ${names}; found "${item}"`);
  }
}

/** What the cable does itself, whatever else is in the string. */
export function spoilsCable(spec: FaultSpec): boolean {
  return Object.keys(spec).some((key) => key !== 'timed');
}

/** `us` after the start the plug is out. */
export function isUnplugged(spec: FaultSpec, us: Microseconds): boolean {
  return isWithin(spec.unplug, us);
}

/** When the plug that is out now is in again; Infinity: never. */
export function pluggedAgainUs(spec: FaultSpec, us: Microseconds): Microseconds {
  let again = us;
  for (const { atUs, forUs } of spec.unplug ?? []) {
    if (us >= atUs && us < atUs + forUs) again = Math.max(again, atUs + forUs);
  }
  return again;
}

export function isWithin(spans: readonly Span[] | undefined, us: Microseconds): boolean {
  return spans?.some(({ atUs, forUs }) => us >= atUs && us < atUs + forUs) ?? false;
}

/** `timed`: names that may stand before an @, next to the cable's own. */
export function parseFaults(text: string, timed: readonly string[] = []): FaultSpec {
  const spec: FaultSpec = {};
  for (const item of text.split(',').map((s) => s.trim())) {
    if (item === '') continue;
    const match = /^([A-Za-z]+)([=@])(.+)$/.exec(item);
    if (match === null) throw new UsageError(`expected faults like ${FAULT_HELP}; found "${item}"`);
    const [, name, sign, value] = match;
    if (sign === '=') parseSetting(spec, name, value, item);
    else parseMoment(spec, name, value, item, timed);
  }
  return spec;
}
