/**
 * Captures for Wireshark: pcapng (IETF draft-ietf-opsawg-pcapng) with one interface of link type USER0 (147), one
 * block a wire packet or line, direction in its flags: 1 = to the box, 2 = from the box. Little-endian.
 */
const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const PACKET = 6;
const USER0 = 147;
const OPTION_FLAGS = 2;
const OPTION_TSRESOL = 9;

function block(type: number, body: Buffer): Buffer {
  const length = body.length + 12;
  const out = Buffer.alloc(length);
  out.writeUInt32LE(type, 0);
  out.writeUInt32LE(length, 4);
  body.copy(out, 8);
  out.writeUInt32LE(length, length - 4);
  return out;
}

function option(code: number, value: Buffer): Buffer {
  const out = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  out.writeUInt16LE(code, 0);
  out.writeUInt16LE(value.length, 2);
  value.copy(out, 4);
  return out;
}

const END_OF_OPTIONS = Buffer.alloc(4);

/** What a file starts with: nanosecond stamps. */
export function pcapngHead(): Buffer {
  const section = Buffer.alloc(16);
  section.writeUInt32LE(0x1a2b3c4d, 0);
  section.writeUInt16LE(1, 4);
  section.writeBigInt64LE(-1n, 8);
  const link = Buffer.alloc(8);
  link.writeUInt16LE(USER0, 0);
  const resolution = option(OPTION_TSRESOL, Buffer.of(9));
  return Buffer.concat([
    block(SECTION, section),
    block(INTERFACE, Buffer.concat([link, resolution, END_OF_OPTIONS])),
  ]);
}

export function pcapngPacket(ns: number, toBox: boolean, bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(20);
  const stamp = BigInt(Math.round(ns));
  head.writeUInt32LE(Number(stamp >> 32n), 4);
  head.writeUInt32LE(Number(stamp & 0xffffffffn), 8);
  head.writeUInt32LE(bytes.length, 12);
  head.writeUInt32LE(bytes.length, 16);
  const data = Buffer.alloc(Math.ceil(bytes.length / 4) * 4);
  data.set(bytes);
  const flags = Buffer.alloc(4);
  flags.writeUInt32LE(toBox ? 1 : 2);
  return block(PACKET, Buffer.concat([head, data, option(OPTION_FLAGS, flags), END_OF_OPTIONS]));
}
