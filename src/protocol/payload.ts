/**
 * Fields to bytes and back, driven by the table of messages.
 *
 * Missing bytes at the end read as zero, extra ones are ignored: a newer side may append fields. A number that does
 * not fit is rounded and saturated: a figure too large reads as the largest one, and never wraps to a small one.
 */
import { roomForSamples } from '../core/byte-pool.ts';
import { MESSAGES } from './messages.ts';
import type { FieldType, Message, MessageSpec, MessageType } from './messages.ts';

/** Bytes of a field on the wire; 0 for those that take the rest. */
export const FIELD_BYTES: Readonly<Record<FieldType, number>> = {
  u8: 1,
  u16: 2,
  u32: 4,
  u64: 8,
  i16: 2,
  char4: 4,
  char16: 16,
  i16s: 0,
  text: 0,
};

type FieldValue = number | string | Int16Array;

interface Field {
  readonly name: string;
  readonly kind: FieldType;
  readonly width: number;
}

interface Codec {
  readonly type: MessageType;
  readonly fields: readonly Field[];
}

function codecOf(type: MessageType): Codec {
  const spec: MessageSpec = MESSAGES[type];
  const fields = Object.entries(spec.fields).map(([name, kind]) => ({
    name,
    kind,
    width: FIELD_BYTES[kind],
  }));
  return { type, fields };
}

const TYPES = Object.keys(MESSAGES) as MessageType[];
const BY_TYPE = new Map(TYPES.map((type) => [type, codecOf(type)]));
const BY_ID: readonly (Codec | undefined)[] = Array.from({ length: 256 }, (_, id) =>
  BY_TYPE.get(TYPES.find((type) => MESSAGES[type].id === id) ?? ('' as MessageType)),
);

function saturate(value: number, low: number, high: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.max(low, Math.min(high, Math.round(value)));
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function writeChars(view: DataView, at: number, text: string, width: number): void {
  for (let i = 0; i < width; i++) {
    const c = i < text.length ? text.charCodeAt(i) : 0;
    view.setUint8(at + i, c > 255 ? 0x3f : c);
  }
}

function writeNumber(view: DataView, at: number, kind: FieldType, value: number): void {
  if (kind === 'u8') view.setUint8(at, saturate(value, 0, 0xff));
  else if (kind === 'u16') view.setUint16(at, saturate(value, 0, 0xffff), true);
  else if (kind === 'i16') view.setInt16(at, saturate(value, -0x8000, 0x7fff), true);
  else if (kind === 'u32') view.setUint32(at, saturate(value, 0, 0xffffffff), true);
  else {
    const whole = saturate(value, 0, Number.MAX_SAFE_INTEGER);
    view.setUint32(at, whole % 2 ** 32, true);
    view.setUint32(at + 4, Math.floor(whole / 2 ** 32), true);
  }
}

/** Writes one field; returns where it ends, or -1 when `out` is too small for it. */
function writeField(out: Uint8Array, view: DataView, at: number, kind: FieldType, value: FieldValue): number {
  if (typeof value === 'number') {
    if (at + FIELD_BYTES[kind] > out.length) return -1;
    writeNumber(view, at, kind, value);
  } else if (typeof value === 'string') {
    if (kind === 'text') {
      const { read, written } = encoder.encodeInto(value, out.subarray(at));
      return read < value.length ? -1 : at + written;
    }
    if (at + FIELD_BYTES[kind] > out.length) return -1;
    writeChars(view, at, value, FIELD_BYTES[kind]);
  } else {
    if (at + 2 * value.length > out.length) return -1;
    for (let i = 0; i < value.length; i++) view.setInt16(at + 2 * i, value[i], true);
    return at + 2 * value.length;
  }
  return at + FIELD_BYTES[kind];
}

/**
 * Writes the payload of `message` into `out` from `at`; returns where it ends, or -1 when it does not fit. `view` looks at
 * the bytes of `out` from its beginning.
 */
export function writePayload(
  message: Message,
  out: Uint8Array,
  at: number,
  view = new DataView(out.buffer, out.byteOffset, out.byteLength),
): number {
  const codec = BY_TYPE.get(message.type);
  if (codec === undefined) throw new Error(`assertion failed: no message called ${message.type}`);
  const values = message as unknown as Readonly<Record<string, FieldValue>>;
  const { fields } = codec;
  for (let k = 0; k < fields.length && at >= 0; k++) {
    at = writeField(out, view, at, fields[k].kind, values[fields[k].name]);
  }
  return at;
}

function readText(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let i = from; i < to && bytes[i] !== 0; i++) text += String.fromCharCode(bytes[i]);
  return text;
}

/** Bytes from..to-1 as one number; as long as there are not more than four, in whole numbers all the way. */
export function readUnsigned(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > 4) return readUnsigned(bytes, from, from + 4) + 2 ** 32 * readUnsigned(bytes, from + 4, to);
  let value = 0;
  for (let i = to - 1; i >= from; i--) value = (value << 8) | bytes[i];
  return value >>> 0;
}

function readSamples(bytes: Uint8Array, from: number, to: number): Int16Array {
  const samples = roomForSamples((to - from) >> 1);
  for (let i = 0; i < samples.length; i++) samples[i] = bytes[from + 2 * i] | (bytes[from + 2 * i + 1] << 8);
  return samples;
}

/** One field of bytes[from..to), where `to` is the end of the field or of the payload, whichever comes first. */
function readField(bytes: Uint8Array, from: number, to: number, kind: FieldType): FieldValue {
  switch (kind) {
    case 'i16s':
      return readSamples(bytes, from, to);
    case 'text':
      return decoder.decode(bytes.subarray(from, to));
    case 'char4':
    case 'char16':
      return readText(bytes, from, to);
    case 'i16':
      return (readUnsigned(bytes, from, to) << 16) >> 16;
    default:
      return readUnsigned(bytes, from, to);
  }
}

/** The message with this id whose payload is bytes[from..to), or undefined when the table has no such id. */
export function readPayload(id: number, bytes: Uint8Array, from: number, to: number): Message | undefined {
  const codec = BY_ID[id];
  if (codec === undefined) return undefined;
  const { type, fields } = codec;
  const message: Record<string, FieldValue> = { type };
  let at = from;
  for (let k = 0; k < fields.length; k++) {
    const { name, kind, width } = fields[k];
    const start = Math.min(at, to);
    message[name] = readField(bytes, start, width === 0 ? to : Math.min(start + width, to), kind);
    at = start + width;
  }
  return message as unknown as Message;
}
