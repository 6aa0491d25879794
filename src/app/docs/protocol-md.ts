/** docs/PROTOCOL.md: tables, rules and golden bytes, all from the table that the codec uses. */
import { BENCH_MESSAGES } from '../../protocol/bench-messages.ts';
import type { BenchSpec } from '../../protocol/bench-messages.ts';
import {
  BOX_STATES,
  CHANNELS,
  EVENTS,
  FAULTS,
  FEATURE,
  OUTCOMES,
  PATIENTS,
  REPLIES,
  SENSORS,
  VITAL_STATES,
  WELCOME_FLAG,
  WHYS,
} from '../../protocol/messages.ts';
import { exampleHex } from './examples.ts';
import { hex, LAYOUTS, snake } from './layout.ts';
import type { MessageLayout } from './layout.ts';
import { FRAMING, INTRO, SCHEMA_NOTE, SESSION_RULES } from './protocol-rules.ts';

const WAY = { host: 'host -> box', device: 'box -> host', both: 'both ways' } as const;

/** Lists whose index is the number on the wire. */
const CODE_LISTS = [
  ['state', 'state of STATUS and HEARTBEAT', BOX_STATES],
  ['reply', 'code of ACK and NAK', REPLIES],
  ['event', 'code of EVENT', EVENTS],
  ['outcome', 'outcome of RESULT', OUTCOMES],
  ['why', 'why of EVENT and RESULT', WHYS],
  ['channels', 'kind of CHANNEL, bit of channelMask', CHANNELS],
  ['patients', 'kind of PATIENT_SET', PATIENTS],
] as const;

function messageSection(layout: MessageLayout): string {
  const { type, spec, fields, fixedBytes } = layout;
  const open = fields.some((f) => f.bytes === 0) ? ' + rest' : '';
  const rows = fields.map(
    (f) => `| ${f.offset} | ${f.bytes === 0 ? 'rest' : f.bytes} | ${f.type} | ${f.name} |`,
  );
  const table =
    rows.length === 0
      ? 'No payload.'
      : `| offset | bytes | type | field |\n|---|---|---|---|\n${rows.join('\n')}`;
  return `### ${hex(spec.id)} ${snake(type).toUpperCase()} (${WAY[spec.from]}, ${fixedBytes}${open} bytes)

${spec.what[0].toUpperCase()}${spec.what.slice(1)}.

${table}

\`\`\`
${exampleHex(type)}
\`\`\``;
}

function codes(): string {
  const lists = CODE_LISTS.map(
    ([name, what, words]) => `**${name}** (${what}): ${words.map((w, i) => `${i} ${w}`).join(', ')}.`,
  );
  const bits = `**faults** (bits of STATUS and EVENT): ${FAULTS.map((w, i) => `${hex(2 ** i, 4)} ${w}`).join(', ')}.`;
  const flags = `**flags** (bits of WELCOME): ${Object.entries(WELCOME_FLAG)
    .map(([w, bit]) => `${bit} ${w}`)
    .join(', ')}.`;
  const masks = [
    ['sensors', 'bits of VITALS', SENSORS],
    ['states', 'bits of VITALS', VITAL_STATES],
  ] as const;
  const named = masks.map(
    ([name, where, words]) =>
      `**${name}** (${where}): ${words.map((w, i) => `${hex(2 ** i, 2)} ${w}`).join(', ')}.`,
  );
  const features = `**features** (bits of WELCOME): ${Object.entries(FEATURE)
    .map(([w, bit]) => `${bit} ${w}`)
    .join(', ')}.`;
  return ['## Codes', ...lists, bits, ...named, flags, features].join('\n\n');
}

function bench(): string {
  const rows = Object.entries(BENCH_MESSAGES).map(([name, { what, fields, answer }]: [string, BenchSpec]) => {
    const list = (f: BenchSpec['fields']) =>
      Object.entries(f)
        .map(([field, kind]) => `${field}: ${kind}`)
        .join(', ');
    return `| ${name} | ${list(fields)} | ${list(answer)} | ${what} |`;
  });
  return `## The bench channel

What a test may set on a *simulated* box. It is a second connection (\`control\` in the first line that \`rwave device\` prints), never the therapy cable, and real firmware has
none of it. One JSON object a line: \`{"id": 1, "do": "setRhythm", "rhythm": "vf"}\` is answered by \`{"id": 1, "ok": true}\` or \`{"id": 1, "ok": false, "error": "..."}\`.
Lines without \`id\` are news: \`{"news": "state" | "shock" | "plugged" | "unplugged", ...}\`. A field with \`?\` may be left out.

| do | fields | answer | |
|---|---|---|---|
${rows.join('\n')}`;
}

export function protocolMd(): string {
  const overview = LAYOUTS.map(
    ({ type, spec }) =>
      `| ${hex(spec.id)} | ${snake(type).toUpperCase()} | ${WAY[spec.from]} | ${spec.what} |`,
  );
  return `${[
    INTRO,
    FRAMING,
    SESSION_RULES,
    `## Messages\n\n| type | name | way | |\n|---|---|---|---|\n${overview.join('\n')}`,
    SCHEMA_NOTE,
    ...LAYOUTS.map(messageSection),
    codes(),
    bench(),
  ].join('\n\n')}\n`;
}
