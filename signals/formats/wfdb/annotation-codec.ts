/**
 * The MIT annotation format (annot(5)): 16-bit words, little endian, 6 bits code and 10 bits time since the last one.
 *
 *   SKIP 59  the next four bytes are a longer interval, high word first
 *   NUM 60, CHN 62  number and signal of this and the following annotations;  SUB 61  subtype of this one
 *   AUX 63   the low ten bits count bytes of text that follow, padded to a whole word;   0  the end
 *
 * A first note "## time resolution: 250" gives the clock that `sample` counts when it is not the record's.
 */
import { CODE, type Annotation } from '../../../src/core/annotations.ts';
import { assert, RecordError } from '../../../src/core/errors.ts';
import type { Hertz } from '../../../src/core/units.ts';

const SKIP = 59;
const NUM = 60;
const SUB = 61;
const CHN = 62;
const AUX = 63;
const LONGEST_STEP = 1023;
const RESOLUTION = /^## time resolution: ([0-9.eE+-]+)/;

export interface AnnotationFile {
  annotations: Annotation[];
  /** Ticks a second, where the file says so itself. */
  fs: Hertz | undefined;
  /** What the original tools let pass. */
  warnings: string[];
}

class WordReader {
  at = 0;
  private readonly bytes: Uint8Array;
  private readonly file: string;

  constructor(bytes: Uint8Array, file: string) {
    this.bytes = bytes;
    this.file = file;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  word(what: string): number {
    if (this.left < 2) {
      throw new RecordError(
        `${this.file}: byte ${this.at}: expected ${what}, found the end of the file (it is cut off)`,
      );
    }
    const word = this.bytes[this.at] | (this.bytes[this.at + 1] << 8);
    this.at += 2;
    return word;
  }

  long(what: string): number {
    const high = this.word(what);
    return (high << 16) | this.word(what);
  }

  text(length: number): string {
    const padded = length + (length & 1);
    if (this.left < length) {
      throw new RecordError(
        `${this.file}: byte ${this.at}: expected ${length} bytes of text, found ${this.left} (it is cut off)`,
      );
    }
    const text = new TextDecoder('latin1').decode(this.bytes.subarray(this.at, this.at + length));
    this.at += Math.min(padded, this.left);
    const nul = text.indexOf('\0');
    return nul < 0 ? text : text.slice(0, nul);
  }
}

export function decodeAnnotations(bytes: Uint8Array, file: string): AnnotationFile {
  const reader = new WordReader(bytes, file);
  const annotations: Annotation[] = [];
  const warnings: string[] = [];
  let sample = 0;
  let backwards = 0;
  let firstBackwards = '';
  let current: Annotation | undefined;
  for (;;) {
    if (reader.left === 0) {
      warnings.push(`${file}: byte ${reader.at}: expected an end mark, found the end of the file`);
      break;
    }
    const at = reader.at;
    const word = reader.word('an annotation');
    if (word === 0) break;
    const code = word >> 10;
    const low = word & 0x3ff;
    if (code === SKIP) sample += reader.long('an interval');
    else if (code === AUX) setAux(current, reader.text(low), file, at);
    else if (code > 49) modify(current, code, low, file, at);
    else {
      sample += low;
      if (current !== undefined && sample < current.sample) {
        backwards++;
        firstBackwards ||= `byte ${at} (from ${current.sample} to ${sample})`;
      }
      current = { sample, code, subtype: 0, chan: current?.chan ?? 0, num: current?.num ?? 0, aux: '' };
      // WFDB ends its notes about the file with a mark of code 0: not an annotation, but a step in time.
      if (code !== CODE.NOTQRS) annotations.push(current);
    }
  }
  if (backwards > 0)
    warnings.push(`${file}: time goes backwards ${backwards} times, first at ${firstBackwards}`);
  return { ...takeResolution(annotations), warnings };
}

function setAux(current: Annotation | undefined, text: string, file: string, at: number): void {
  if (current === undefined)
    throw new RecordError(`${file}: byte ${at}: expected an annotation first, found a text`);
  current.aux = text;
}

function modify(current: Annotation | undefined, code: number, low: number, file: string, at: number): void {
  if (current === undefined) {
    throw new RecordError(`${file}: byte ${at}: expected an annotation first, found code ${code}`);
  }
  const signed = (low << 24) >> 24;
  if (code === NUM) current.num = signed;
  else if (code === SUB) current.subtype = signed;
  else if (code === CHN) current.chan = low & 0xff;
  else throw new RecordError(`${file}: byte ${at}: expected a code 1..49 or 59..63, found ${code}`);
}

/** Notes about the file itself, at its start, are not annotations of the record. */
function takeResolution(all: Annotation[]): Pick<AnnotationFile, 'annotations' | 'fs'> {
  let fs: Hertz | undefined;
  let i = 0;
  let inDefinitions = false;
  for (; i < all.length; i++) {
    const { sample, code, aux } = all[i];
    if (sample !== 0 || code !== CODE.NOTE || (!inDefinitions && !aux.startsWith('## '))) break;
    const m = RESOLUTION.exec(aux);
    if (m !== null) fs = Number(m[1]);
    else if (aux.startsWith('## annotation type definitions')) inDefinitions = true;
    else if (aux.startsWith('## end of definitions')) inDefinitions = false;
    else if (!inDefinitions) break;
  }
  const known = fs !== undefined && fs > 0 ? fs : undefined;
  return { annotations: i === 0 ? all : all.slice(i), fs: known };
}

/** In the given order, which must be the order of time. `fs` adds the time-resolution note. */
export function encodeAnnotations(annotations: Iterable<Annotation>, fs?: Hertz): Uint8Array {
  const out = new WordBuffer();
  let { sample, chan, num } = { sample: 0, chan: 0, num: 0 };
  const put = (a: Annotation) => {
    assert(a.code > 0 && a.code <= 49, `annotation code ${a.code} at ${a.sample}`);
    const step = a.sample - sample;
    const long = step > LONGEST_STEP || step < 0;
    if (long) putLong(out, step);
    out.put(a.code, long ? 0 : step);
    if (a.subtype !== 0) out.put(SUB, a.subtype & 0xff);
    if (a.chan !== chan) out.put(CHN, a.chan & 0xff);
    if (a.num !== num) out.put(NUM, a.num & 0xff);
    if (a.aux !== '') putText(out, a.aux);
    ({ sample, chan, num } = a);
  };
  if (fs !== undefined) {
    put({ sample: 0, code: CODE.NOTE, subtype: 0, chan: 0, num: 0, aux: `## time resolution: ${fs}` });
  }
  for (const a of annotations) put(a);
  out.put(0, 0);
  return out.bytes();
}

/** The upper 16 bits first. */
function putLong(out: WordBuffer, value: number): void {
  out.put(SKIP, 0);
  out.putBytes(value >> 16, value >> 24);
  out.putBytes(value, value >> 8);
}

function putText(out: WordBuffer, text: string): void {
  const bytes = Array.from(text.slice(0, 255), (c) => c.charCodeAt(0));
  out.put(AUX, bytes.length);
  for (let i = 0; i < bytes.length; i += 2) out.putBytes(bytes[i], bytes[i + 1] ?? 0);
}

/** Words of 16 bits, low byte first, in memory that grows. */
class WordBuffer {
  private room = new Uint8Array(1024);
  private length = 0;

  /** Code in the upper six bits. */
  put(code: number, low: number): void {
    this.putBytes(low, ((low >> 8) & 3) | (code << 2));
  }

  putBytes(low: number, high: number): void {
    if (this.length === this.room.length) this.grow();
    this.room[this.length++] = low;
    this.room[this.length++] = high;
  }

  bytes(): Uint8Array {
    return this.room.slice(0, this.length);
  }

  private grow(): void {
    const { room } = this;
    this.room = new Uint8Array(2 * room.length);
    this.room.set(room);
  }
}
