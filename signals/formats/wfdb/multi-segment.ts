/**
 * A WFDB record in several segments, each a record of its own, one after the other.
 *
 * Fixed layout: every segment has the same signals. Variable layout: the first segment has no samples and lists all
 * signals there can be; each of the others has some of them, found by description, with gains of their own. '~' is a
 * gap. One segment is open at a time, so segments that are never read may be missing.
 */
import { basename, dirname, join } from 'node:path';
import { RecordError } from '../../../src/core/errors.ts';
import type { RecordHeader, SignalInfo } from '../../../src/core/record.ts';
import { INVALID_ADU, type OpenOptions, type SampleReader } from '../options.ts';
import type { WfdbHeader, WfdbSegment } from './header.ts';
import { signalInfo } from './record.ts';

/** Opens a segment; hands in the function so that a segment may be of several segments itself. */
export type OpenSegment = (path: string, options: OpenOptions) => SampleReader;
export type ReadSegmentHeader = (path: string) => WfdbHeader;

interface Place extends WfdbSegment {
  from: number;
}

/** A segment in hand, and where the record's signals are in it (-1: not there). */
interface OpenedSegment {
  index: number;
  reader: SampleReader | undefined;
  map: readonly number[];
}

export class MultiSegmentRecord implements SampleReader {
  readonly header: RecordHeader;
  position = 0;
  private readonly path: string;
  private readonly options: OpenOptions;
  private readonly openSegment: OpenSegment;
  private readonly places: Place[];
  private readonly length: number;
  private readonly isVariable: boolean;
  private current: OpenedSegment = { index: -1, reader: undefined, map: [] };
  private readonly found: string[] = [];

  constructor(
    path: string,
    parsed: WfdbHeader,
    segments: readonly WfdbSegment[],
    options: OpenOptions,
    open: { segment: OpenSegment; header: ReadSegmentHeader },
  ) {
    this.path = path;
    this.options = options;
    this.openSegment = open.segment;
    this.isVariable = segments.length > 1 && segments[0].frames === 0;
    let from = 0;
    this.places = segments.map((segment) => {
      const place = { ...segment, from };
      from += segment.frames;
      return place;
    });
    this.length = from;
    this.header = { ...this.describe(parsed, open.header), length: this.length };
  }

  read(leads: readonly number[], out: readonly Float64Array[], n: number): number {
    return this.transfer(leads, out, n, {
      width: () => 1,
      gap: NaN,
      read: (reader, which, into, m) => reader.read(which, into, m),
      convert: undefined,
    });
  }

  readSamples(leads: readonly number[], out: readonly Float64Array[], n: number): number {
    return this.transfer(leads, out, n, {
      width: (lead) => this.header.signals[lead].samplesPerFrame,
      gap: NaN,
      read: (reader, which, into, m) => reader.readSamples(which, into, m),
      convert: undefined,
    });
  }

  readAdu(leads: readonly number[], out: readonly Int32Array[], n: number): number {
    return this.transfer(leads, out, n, {
      width: () => 1,
      gap: INVALID_ADU,
      read: (reader, which, into, m) => reader.readAdu(which, into, m),
      convert: rescale,
    });
  }

  readSamplesAdu(leads: readonly number[], out: readonly Int32Array[], n: number): number {
    return this.transfer(leads, out, n, {
      width: (lead) => this.header.signals[lead].samplesPerFrame,
      gap: INVALID_ADU,
      read: (reader, which, into, m) => reader.readSamplesAdu(which, into, m),
      convert: rescale,
    });
  }

  seek(frame: number): void {
    this.position = Math.min(Math.max(0, frame), this.length);
  }

  problems(): readonly string[] {
    return [...this.found, ...(this.current.reader?.problems() ?? [])];
  }

  close(): void {
    this.leaveSegment();
  }

  private transfer<T extends Float64Array | Int32Array>(
    leads: readonly number[],
    out: readonly T[],
    n: number,
    how: {
      width: (lead: number) => number;
      gap: number;
      read: (reader: SampleReader, which: readonly number[], into: readonly T[], m: number) => number;
      convert: ((values: T, from: SignalInfo, to: SignalInfo) => void) | undefined;
    },
  ): number {
    const wanted = Math.min(n, this.length - this.position);
    let done = 0;
    while (done < wanted) {
      const place = this.enter(this.position);
      const m = Math.min(wanted - done, place.from + place.frames - this.position);
      const parts = leads.map((lead, k) => {
        const width = how.width(lead);
        return out[k].subarray(done * width, (done + m) * width) as T;
      });
      const { reader, map } = this.current;
      const here = leads.map((_, k) => k).filter((k) => reader !== undefined && map[leads[k]] >= 0);
      parts.forEach((part, k) => {
        if (!here.includes(k)) part.fill(how.gap);
      });
      if (reader !== undefined) {
        reader.seek(this.position - place.from);
        const which = here.map((k) => map[leads[k]]);
        const got = how.read(reader, which, here.map((k) => parts[k]), m); // prettier-ignore
        if (got < m) this.fail(place, `${place.frames} samples`, String(reader.position));
        for (const k of here)
          how.convert?.(parts[k], reader.header.signals[map[leads[k]]], this.header.signals[leads[k]]);
      }
      this.position += m;
      done += m;
    }
    return done;
  }

  /** Opens the segment that holds this frame. */
  private enter(frame: number): Place {
    const { index } = this.current;
    const isHere = (p: Place | undefined) => p !== undefined && p.from <= frame && frame < p.from + p.frames;
    if (index >= 0 && isHere(this.places[index])) return this.places[index];
    this.leaveSegment();
    const next = this.places.findIndex(isHere);
    const place = this.places[next];
    const reader = place.name === '~' ? undefined : this.openPlace(place);
    this.current = { index: next, reader, map: reader === undefined ? [] : this.mapSignals(reader, place) };
    return place;
  }

  private openPlace(place: Place): SampleReader {
    const reader = this.openSegment(join(dirname(this.path), place.name), this.options);
    const { length } = reader.header;
    if (length !== undefined && length !== place.frames) {
      reader.close();
      this.fail(place, `${place.frames} samples`, String(length));
    }
    return reader;
  }

  private mapSignals(reader: SampleReader, place: Place): number[] {
    const { signals } = reader.header;
    if (this.isVariable) {
      return this.header.signals.map((s) => signals.findIndex((t) => t.description === s.description));
    }
    if (signals.length !== this.header.signals.length) {
      this.fail(place, `${this.header.signals.length} signals`, String(signals.length));
    }
    return signals.map((_, k) => k);
  }

  private leaveSegment(): void {
    const { reader } = this.current;
    if (reader === undefined) return;
    this.found.push(...reader.problems());
    reader.close();
    this.current = { index: -1, reader: undefined, map: [] };
  }

  private describe(parsed: WfdbHeader, readHeader: ReadSegmentHeader): RecordHeader {
    const model = this.places.find((place) => place.name !== '~');
    if (model === undefined)
      throw new RecordError(`${this.path}.hea: expected a segment that is not a gap, found none`);
    const first = readHeader(join(dirname(this.path), model.name));
    if (first.signals.length !== parsed.signalCount) {
      this.fail(model, `${parsed.signalCount} signals`, String(first.signals.length));
    }
    return {
      name: basename(this.path),
      fs: parsed.fs,
      length: this.length,
      signals: first.signals.map(signalInfo),
      comments: parsed.comments,
      baseTime: parsed.baseTime,
      baseDate: parsed.baseDate,
    };
  }

  private fail(place: Place, expected: string, found: string): never {
    throw new RecordError(`${this.path}.hea: segment ${place.name}: expected ${expected}, found ${found}`);
  }
}

/** adu of a segment's gain to adu of the record's, the fraction cut off as WFDB does. */
function rescale(values: Int32Array, from: SignalInfo, to: SignalInfo): void {
  if (from.adcGain === to.adcGain && from.baseline === to.baseline) return;
  const scale = to.adcGain / from.adcGain;
  const offset = to.baseline - scale * from.baseline;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== INVALID_ADU) values[i] = Math.trunc(values[i] * scale + offset);
  }
}
