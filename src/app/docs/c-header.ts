/** docs/rwave_protocol.h: the messages as packed C structs, from the same table. */
import {
  CRC_BYTES,
  HEADER_BYTES,
  MINOR,
  MTU_DEFAULT,
  MTU_MAX,
  SCHEMA_HASH,
  VERSION,
} from '../../protocol/codec.ts';
import {
  BOX_STATES,
  CHANNELS,
  EVENTS,
  FAULTS,
  FEATURE,
  FLAG,
  OUTCOMES,
  PATIENTS,
  REPLIES,
  SENSORS,
  VITAL_STATES,
  WELCOME_FLAG,
  WHYS,
} from '../../protocol/messages.ts';
import type { FieldType } from '../../protocol/messages.ts';
import { DEAD_MAN_MS, EVENT_REPEAT_MS, HEARTBEAT_MS } from '../../protocol/rules.ts';
import { hex, LAYOUTS, snake } from './layout.ts';
import type { FieldPlace, MessageLayout } from './layout.ts';

const C_TYPE: Readonly<Record<FieldType, string>> = {
  u8: 'uint8_t',
  u16: 'uint16_t',
  u32: 'uint32_t',
  u64: 'uint64_t',
  i16: 'int16_t',
  char4: 'char',
  char16: 'char',
  i16s: 'int16_t',
  text: 'char',
};
const SUFFIX: Readonly<Partial<Record<FieldType, string>>> = {
  char4: '[4]',
  char16: '[16]',
  i16s: '[]',
  text: '[]',
};

const upper = (name: string) => snake(name).toUpperCase();

function enumOf(prefix: string, words: readonly string[], value: (i: number) => string): string {
  const lines = words.map((w, i) => `  DSP1_${prefix}_${upper(w)} = ${value(i)},`);
  return `enum {\n${lines.join('\n')}\n};`;
}

function member({ name, type }: FieldPlace): string {
  return `  ${C_TYPE[type]} ${snake(name)}${SUFFIX[type] ?? ''};`;
}

function struct({ type, spec, fields, fixedBytes }: MessageLayout): string {
  const name = `dsp1_${snake(type)}`;
  const about = `/* ${hex(spec.id)}: ${spec.what} */`;
  if (fields.length === 0) return `${about}\n/* no payload */`;
  // C has no struct that is a flexible array alone.
  if (fixedBytes === 0) return `${about}\n/* the payload is ${fields[0].name}, without a NUL */`;
  return `${about}
typedef struct {
${fields.map(member).join('\n')}
} ${name}_t;
DSP1_ASSERT_SIZE(${name}_t, ${fixedBytes});`;
}

export function cHeader(): string {
  const index = (i: number) => String(i);
  const bit = (i: number) => hex(2 ** i, 4);
  return `/*
 * DSP/1, the wire between host and defibrillator: see PROTOCOL.md. For simulators and test benches, not for patients.
 *
 * Generated from src/protocol by "npm run docs". Every number is little-endian, so on a little-endian machine a payload
 * can be copied into its struct (memcpy: it may be shorter or longer than yours). MIT licence.
 */
#ifndef RWAVE_PROTOCOL_H
#define RWAVE_PROTOCOL_H

#include <stdint.h>

#define DSP1_VERSION ${VERSION}
#define DSP1_MINOR ${MINOR}
#define DSP1_SCHEMA_HASH ${hex(SCHEMA_HASH, 8)}u
#define DSP1_HEADER_BYTES ${HEADER_BYTES}
#define DSP1_CRC_BYTES ${CRC_BYTES}
#define DSP1_MTU_DEFAULT ${MTU_DEFAULT}
#define DSP1_MTU_MAX ${MTU_MAX}
#define DSP1_HEARTBEAT_MS ${HEARTBEAT_MS}
#define DSP1_DEAD_MAN_MS ${DEAD_MAN_MS}
#define DSP1_EVENT_REPEAT_MS ${EVENT_REPEAT_MS}

#if defined(__cplusplus)
#define DSP1_ASSERT_SIZE(type, size) static_assert(sizeof(type) == (size), #type)
#else
#define DSP1_ASSERT_SIZE(type, size) _Static_assert(sizeof(type) == (size), #type)
#endif

enum {
${LAYOUTS.map(({ type, spec }) => `  DSP1_${upper(type)} = ${hex(spec.id)},`).join('\n')}
};
${enumOf('FLAG', Object.keys(FLAG), bit)}
${enumOf('WELCOME', Object.keys(WELCOME_FLAG), bit)}
${enumOf('STATE', BOX_STATES, index)}
${enumOf('REPLY', REPLIES, index)}
${enumOf('EVENT', EVENTS, index)}
${enumOf('OUTCOME', OUTCOMES, index)}
${enumOf('WHY', WHYS, index)}
${enumOf('FAULT', FAULTS, bit)}
${enumOf('FEATURE', Object.keys(FEATURE), bit)}
${enumOf('CHANNEL_KIND', CHANNELS, index)}
${enumOf('SENSOR', SENSORS, bit)}
${enumOf('VITAL', VITAL_STATES, bit)}
${enumOf('PATIENT', PATIENTS, index)}

#pragma pack(push, 1)

typedef struct {
  uint8_t version_flags; /* version << 4 | flags */
  uint8_t type;
  uint16_t seq;
  uint16_t session;
  uint16_t length; /* of the payload, which follows; then the CRC-32 */
} dsp1_header_t;
DSP1_ASSERT_SIZE(dsp1_header_t, DSP1_HEADER_BYTES);

${LAYOUTS.map(struct).join('\n\n')}

#pragma pack(pop)

#endif
`;
}
