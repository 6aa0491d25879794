/** `rwave decode`: what is in a trace, a capture of raw bytes, or some hex, packet by packet. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { EXIT, RecordError, UsageError } from '../../core/errors.ts';
import { MTU_MAX, PacketDecoder } from '../../protocol/codec.ts';
import type { RwaveCommand } from '../command.ts';
import { describePacket, packetLine } from '../trace/describe.ts';
import { fromHex, parseTrace } from '../trace/trace-line.ts';
import type { Side } from '../trace/trace-line.ts';

interface DecodeFlags {
  hex?: string;
  raw?: true;
  json?: true;
  type?: string;
}

/** Bytes in one piece, with what is known about them. */
interface Piece {
  ns?: number;
  from?: Side;
  bytes: Uint8Array;
}

export const decodeCommand: RwaveCommand = {
  register(program: Command): void {
    program
      .command('decode')
      .description('print the packets of a trace, of raw bytes or of hex')
      .argument('[file]', 'a file written with --trace; - reads standard input')
      .option('--hex <bytes>', 'decode these bytes instead of a file')
      .option('--raw', 'the file holds the bytes of one direction as they were on the wire')
      .option('--type <name>', 'only this message: fire, event, ...')
      .option('--json', 'one JSON object a packet')
      .addHelpText(
        'after',
        `
Examples:
  rwave device --pty --trace run.jsonl     then, when it is over: rwave decode run.jsonl
  rwave decode run.jsonl --type event --json
  rwave decode --hex "08 10 20 07 01 ad 2b 01 01 05 ..."
  cat /dev/ttyUSB0 | rwave decode - --raw`,
      )
      .action(decode);
  },
};

function decode(file: string | undefined, flags: DecodeFlags): void {
  const decoders = { host: new PacketDecoder({ mtu: MTU_MAX }), device: new PacketDecoder({ mtu: MTU_MAX }) };
  let printed = 0;
  const print = (piece: Piece, type: string, text: string, json: object) => {
    if (flags.type !== undefined && type !== flags.type) return;
    printed++;
    const { ns, from } = piece;
    if (flags.json) {
      process.stdout.write(
        `${JSON.stringify({ ...(ns !== undefined && { ns }), ...(from && { from }), ...json })}\n`,
      );
    } else {
      const time = ns === undefined ? '' : `${(ns / 1e9).toFixed(6).padStart(12)} `;
      process.stdout.write(`${time}${from === undefined ? '' : `${from.padEnd(6)} `}${text}\n`);
    }
  };
  for (const piece of piecesOf(file, flags)) {
    const decoder = decoders[piece.from ?? 'device'];
    decoder.onLine = (line) => print(piece, 'line', `line ${JSON.stringify(line)}`, { line });
    decoder.push(piece.bytes, (packet) =>
      print(piece, packet.message.type, packetLine(packet), describePacket(packet)),
    );
  }
  const damaged = decoders.host.errors + decoders.device.errors;
  const unknown = decoders.host.counters.unknown + decoders.device.counters.unknown;
  if (damaged + unknown > 0) {
    process.stderr.write(`rwave: ${damaged} damaged and ${unknown} unknown packets were left out\n`);
  }
  if (flags.hex !== undefined && printed === 0) process.exitCode = EXIT.verdictFailed;
}

function piecesOf(file: string | undefined, { hex, raw }: DecodeFlags): Piece[] {
  if ((file === undefined) === (hex === undefined)) {
    throw new UsageError('decode: expected either a file or --hex');
  }
  if (hex !== undefined) {
    const bytes = fromHex(hex);
    if (bytes === undefined)
      throw new UsageError(`--hex: expected pairs of hex digits, found "${hex.slice(0, 60)}"`);
    return [{ bytes: closed(bytes) }];
  }
  const name = file ?? '-';
  const content = read(name);
  if (raw) return [{ bytes: content }];
  const pieces: Piece[] = [];
  for (const line of parseTrace(content.toString('utf8'), name).lines) {
    if ('hex' in line)
      pieces.push({ ns: line.ns, from: line.from, bytes: fromHex(line.hex) ?? new Uint8Array(0) });
  }
  return pieces;
}

/** Hex that somebody typed may lack the 00 at its end. */
function closed(bytes: Uint8Array): Uint8Array {
  return bytes.at(-1) === 0 ? bytes : Uint8Array.of(...bytes, 0);
}

function read(file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new RecordError(
      `${file}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : 'cannot be read'}`,
    );
  }
}
