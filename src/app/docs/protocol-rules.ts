/** The words of docs/PROTOCOL.md around the tables. Figures come from the code that keeps them. */
import {
  CRC_BYTES,
  EARLIER_TABLES,
  HEADER_BYTES,
  MINOR,
  MTU_DEFAULT,
  MTU_MAX,
  SCHEMA_HASH,
} from '../../protocol/codec.ts';
import {
  DEAD_MAN_MS,
  DISARM_REPEAT_MS,
  DUMP_RELAY_MS,
  EVENT_REPEAT_MS,
  HEARTBEAT_MS,
  LOST_MS,
  RECONNECT_MS,
  RETRY_WAITS_MS,
  STALE_MS,
  TIMESYNC_KEPT,
  TIMESYNC_MS,
} from '../../protocol/rules.ts';
import { hex } from './layout.ts';

export const INTRO = `# DSP/1, the wire between host and defibrillator

<!-- Generated from src/protocol by \`npm run docs\`. Edit the code, not this file. -->

For a simulator and for test benches; not for patients. This page is enough to write a firmware or a host against. The same
table makes the codec, [rwave_protocol.h](rwave_protocol.h) (C) and [rwave.lua](rwave.lua) (Wireshark).

- Line: 8 data bits, no parity, 1 stop bit, 115200 baud; RTS/CTS optional, never XON/XOFF. SET_BAUD: the ACK goes out at the old speed, then both change; when the session
  ends, both go back.
- Every number is little-endian. Times are microseconds of the box's own clock. \`Dj\` is 0.1 J, \`Dohm\` 0.1 ohm, \`Da\` 0.1 A, \`Pm\` 0.1 %.
- Hash of this table: \`${hex(SCHEMA_HASH, 8)}\`, minor ${MINOR}. HELLO and WELCOME carry it; two sides that differ refuse to talk, but for the earlier tables below.`;

export const FRAMING = `## Packets

\`wire = COBS(header | payload | crc32) 00\`. COBS takes every zero out of the packet, so 00 stands between packets and nowhere else.
A sender writes one more 00 after opening and after a pause: it cuts off what a plug left behind.

| offset | size | field | |
|---|---|---|---|
| 0 | u8 | version, flags | high nibble: version, 1. Low nibble: flags |
| 1 | u8 | type | the id of the message |
| 2 | u16 | seq | per direction, one more for each new packet; a retry repeats it |
| 4 | u16 | session | from WELCOME; 0 only in HELLO |
| 6 | u16 | length | of the payload |
| ${HEADER_BYTES} | length | payload | fields in the order of the table, no padding |
| ${HEADER_BYTES} + length | u32 | crc32 | CRC-32/ISO-HDLC (zlib, check value 0xCBF43926) over all before it |

| flag | bit | |
|---|---|---|
| ackReq | 1 | the other side is expected to answer |
| resp | 2 | this is an answer |
| retry | 4 | sent before, with the same seq |
| event | 8 | nobody asked for it |

Header, payload and CRC (${HEADER_BYTES} + n + ${CRC_BYTES} bytes) are at most ${MTU_DEFAULT} bytes, or what HELLO and WELCOME agree on, at most ${MTU_MAX}.

A receiver drops and counts what is too long, not COBS, of a wrong length or a wrong CRC; it never answers such a packet. Types that it
does not know are ignored. Payload bytes after the last known field are ignored; fields that are missing at the end read as zero.`;

const EARLIER = EARLIER_TABLES.map(({ hash, without }) => `\`${hex(hash, 8)}\` (without ${without})`).join(
  ', ',
);

export const SESSION_RULES = `## Rules

**Tables.** Fields are appended at the end of a message and never moved, removed or given another meaning; each such table has one more in \`minor\` of WELCOME. A HELLO with the hash of an
earlier table is accepted: WELCOME repeats that hash, and a LOG says what the host will not see. Earlier tables: ${EARLIER}. Any other hash is refused. A host needs the table of the box or
an earlier one: it never has more than the box sends. What is missing reads as zero.

**Session.** The host sends HELLO (session 0, its nonce, its table hash) until WELCOME comes, which names the session. The box starts
a session with a number that it did not have before; packets of any other session are answered with NAK badSession and change nothing.
DISARM is obeyed in any session. HELLO with the same nonce gets the same WELCOME; with another one it ends the session before: charge dumped.

**Heartbeat.** Both sides send HEARTBEAT every ${HEARTBEAT_MS} ms. For the host a picture older than ${STALE_MS} ms is stale (FIRE is not offered), after
${LOST_MS} ms the link is lost: close, open a new connection after ${RECONNECT_MS.first} ms (doubling to ${RECONNECT_MS.last} ms), HELLO again, and never arm by itself.

**Dead man.** While a session is open and no valid packet of it came for ${DEAD_MAN_MS} ms, the box dumps its energy and says linkLost: the dump relay
is on at most ${DUMP_RELAY_MS} ms after the last valid packet, and less than 1 J is left within the dump time of the model.

**Commands** (SELECT_ENERGY, CHARGE, DISARM, SYNC_SET, FIRE, CANCEL_FIRE, PACE_SET, STREAM_CFG, VITALS_CFG, NIBP, PATIENT_SET, SET_BAUD, RESET) end in ACK or NAK with
\`refSeq\`. One command is under way at a time. Without an answer it is repeated with the same seq and the retry flag after ${RETRY_WAITS_MS.slice(0, -1).join(' and ')} ms, given up
${RETRY_WAITS_MS.at(-1) ?? 0} ms after the last try. The box keeps its last 16 answers by (session, seq) and answers a repeat from there: a command is
carried out once. DISARM is repeated every ${DISARM_REPEAT_MS} ms until it is acknowledged.

**Two steps to a shock.**
1. CHARGE. When the energy is there, the box sends EVENT ready with a random \`armId\` that is good once.
2. FIRE repeats that armId *and* the energy, names the mode (sync or not), and a time \`validUntilUs\` on the box's clock. Anything that does not fit is a NAK,
   and the armId is burnt by the first FIRE that names it.

FIRE is **sent once, never again**. No answer: ask with GET_RESULT. ACK inProgress means that the box delivers, or waits for R.

**Synchronized.** The box finds R and fires; the host only permits. Each R is marked; the shock waits for one that the box is sure of, and a doubtful one is let pass. No sure R within \`waitRMs\`: EVENT abort noRWave, and never a shock out of step.
CANCEL_FIRE withdraws a waiting shock: the armId is burnt, the charge stays.

**Events** are repeated every ${EVENT_REPEAT_MS} ms until EVENT_ACK names their eventId; rWave is sent once, it is worth nothing later.

**Time.** The host sends TIMESYNC every ${TIMESYNC_MS} ms with t1; the box answers with its clock at receipt (t2) and at sending (t3). The exchange with the shortest
round trip of the last ${TIMESYNC_KEPT} counts. A sample's time is \`t0Us + i / fs\`, never the time at which it arrived.

**Wave.** \`idx0\` counts samples from the start of the box, so a loss is known exactly. When the line is too slow the box drops the oldest wave
packets, counted in HEARTBEAT; answers and events are never dropped for them. -32768 = not measured.

**Vital signs.** A box with the feature \`vitals\` sends VITALS once a second and slow waves in CHANNEL after VITALS_CFG, never unasked. The states in VITALS are raw: which of
them is an alarm, with what priority and delay, is the host's business. Nothing of this has to do with the therapy.

**Child.** A box with the feature \`paediatric\` refuses, after PATIENT_SET child, energies outside its J/kg (badParam); without a weight it stays below its own child's most.

**Order of lead names and bits.** Bit k of a mask is lead k of WELCOME's \`leadNames\`, separated by commas.

**Lines.** A run of printable bytes that ends in CR or LF outside a packet is a command of the ASCII personality: \`IDENT\`, \`STATUS\`, \`FAULTS\`, \`RESULT\`, \`REMOTE\`, \`LOCAL\`, \`QMODE\`,
\`SELFTEST\`, \`ENERGY=200\`, \`SYNC=ON\`, \`BANDWIDTH=MONITOR\` (RAW, MONITOR, DIAGNOSTIC, PADS), \`DISARM\`. Answers: text, \`*\` (done), \`!nn text\` (refused). There is no CHARGE and no FIRE in lines: nobody keeps a heartbeat
there. RESULT is the last shock, \`none\` before the first: J selected, stored, delivered; peak V, A; ohm; first and second phase in ms; tilt in %. The second byte of every packet is 0x10..0x1f, so a packet is never taken for a line.

**Simulated or real.** WELCOME says \`simulated\`. What a test may set on a simulated box (rhythm, load, faults) is not on this wire: see the bench channel.`;

export const SCHEMA_NOTE = `## Every message, byte by byte

Each message has its golden bytes: the whole packet with seq 7 in session 0x2bad (HELLO: 0), as it stands on the wire, 00 included. A decoder that reads all of them, and an
encoder that writes the same, agrees with this page.`;
