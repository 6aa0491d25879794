/** Where each field of a message stands: what the tables, the C header and the dissector are made from. */
import { MESSAGES } from '../../protocol/messages.ts';
import type { FieldType, MessageSpec, MessageType } from '../../protocol/messages.ts';
import { FIELD_BYTES } from '../../protocol/payload.ts';

export interface FieldPlace {
  name: string;
  type: FieldType;
  offset: number;
  /** 0: the rest of the payload. */
  bytes: number;
}

export interface MessageLayout {
  type: MessageType;
  spec: MessageSpec;
  fields: readonly FieldPlace[];
  /** Without the part that takes the rest. */
  fixedBytes: number;
}

function layoutOf(type: MessageType): MessageLayout {
  const spec: MessageSpec = MESSAGES[type];
  let offset = 0;
  const fields = Object.entries(spec.fields).map(([name, kind]) => {
    const place = { name, type: kind, offset, bytes: FIELD_BYTES[kind] };
    offset += place.bytes;
    return place;
  });
  return { type, spec, fields, fixedBytes: offset };
}

export const LAYOUTS: readonly MessageLayout[] = (Object.keys(MESSAGES) as MessageType[]).map(layoutOf);

export function hex(value: number, digits = 2): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

/** selectEnergy -> select_energy */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
}
