import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/core/rng.ts';
import { encodePacket, MTU_MAX, PacketDecoder } from '../../src/protocol/codec.ts';
import type { DecoderOptions, Packet } from '../../src/protocol/codec.ts';
import { cobsEncode } from '../../src/protocol/cobs.ts';
import { crc32 } from '../../src/protocol/crc32.ts';
import { MESSAGES } from '../../src/protocol/messages.ts';
import { sampleMessage, TYPES } from './samples.ts';

const samplePackets: Packet[] = TYPES.map((type, i) => ({
  message: sampleMessage(type),
  seq: 1000 + i,
  session: 0xbeef,
  flags: i & 15,
}));

function decodeAll(pieces: Iterable<Uint8Array>, options: DecoderOptions = {}) {
  const decoder = new PacketDecoder({ mtu: MTU_MAX, ...options });
  const packets: Packet[] = [];
  for (const piece of pieces) decoder.push(piece, (packet) => packets.push(packet));
  return { packets, counters: decoder.counters };
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((p) => [...p]));
}

/** A wire packet from raw parts, right COBS and right CRC. */
function rawPacket(header: readonly number[], payload: readonly number[]): Uint8Array {
  const body = Uint8Array.from([...header, ...payload, 0, 0, 0, 0]);
  new DataView(body.buffer).setUint32(body.length - 4, crc32(body, 0, body.length - 4), true);
  const out = new Uint8Array(body.length + 10);
  return out.subarray(0, cobsEncode(body, body.length, out, 0) + 1);
}

const text = (s: string) => new TextEncoder().encode(s);
const wireOfAll = join(samplePackets.map(encodePacket));

describe('packets', () => {
  test.each(samplePackets.map((p) => [p.message.type, p] as const))(
    '%s comes back as it was',
    (_, packet) => {
      expect(decodeAll([encodePacket(packet)]).packets).toEqual([packet]);
    },
  );

  test('are the same however the bytes were cut', () => {
    const rng = new Rng('cuts');
    for (let round = 0; round < 30; round++) {
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < wireOfAll.length;) {
        const n = rng.int(1, round < 10 ? 3 : 60);
        pieces.push(wireOfAll.subarray(at, at + n));
        at += n;
      }
      expect(decodeAll(pieces).packets).toEqual(samplePackets);
    }
  });

  test('survive every cut inside one packet', () => {
    const wire = encodePacket(samplePackets[1]);
    for (let cut = 0; cut <= wire.length; cut++) {
      expect(decodeAll([wire.subarray(0, cut), wire.subarray(cut)]).packets).toEqual([samplePackets[1]]);
    }
  });

  test('saturate a figure that does not fit instead of wrapping it', () => {
    const message = { ...sampleMessage('selectEnergy'), energyDj: 70_000 } as Packet['message'];
    const [packet] = decodeAll([encodePacket({ message, seq: 1, session: 1, flags: 0 })]).packets;
    expect(packet.message).toEqual({ type: 'selectEnergy', energyDj: 65_535 });
  });

  test('carry the largest sample packet that the MTU allows, and no larger one', () => {
    const wave = { ...sampleMessage('wave'), samples: new Int16Array(496).fill(-3) } as Packet['message'];
    const packet = { message: wave, seq: 1, session: 1, flags: 0 };
    expect(decodeAll([encodePacket(packet)]).packets).toEqual([packet]);
    const tooLarge = { ...wave, samples: new Int16Array(520) } as Packet['message'];
    expect(() => encodePacket({ ...packet, message: tooLarge })).toThrow(/fits/);
  });
});

describe('a newer or older table', () => {
  const header = (id: number, n: number) => [0x10, id, 1, 0, 2, 0, n & 255, n >> 8];

  test('may lack fields at the end: they read as zero', () => {
    const { packets } = decodeAll([rawPacket(header(MESSAGES.charge.id, 1), [0xd0])]);
    expect(packets[0].message).toEqual({ type: 'charge', energyDj: 0xd0 });
    const bare = decodeAll([rawPacket(header(MESSAGES.status.id, 0), [])]).packets[0];
    expect(new Set(Object.values(bare.message))).toEqual(new Set(['status', 0]));
  });

  test('may have fields that we do not know: they are ignored', () => {
    const { packets } = decodeAll([rawPacket(header(MESSAGES.charge.id, 4), [0xd0, 7, 1, 2])]);
    expect(packets[0].message).toEqual({ type: 'charge', energyDj: 2000 });
  });

  test('may have types that we do not know: counted, not answered', () => {
    const { packets, counters } = decodeAll([rawPacket(header(0x6f, 1), [1])]);
    expect(packets).toEqual([]);
    expect(counters.unknown).toBe(1);
  });
});

describe('the decoder', () => {
  const good = samplePackets[0];
  const wire = encodePacket(good);

  test('counts each kind of damage and reads the next packet', () => {
    const flipped = Uint8Array.from(wire);
    flipped[5] ^= 0x40;
    const cases: [string, Uint8Array][] = [
      ['badCrc', flipped],
      ['badCobs', Uint8Array.of(9, 1, 2, 0)],
      ['badLength', Uint8Array.of(3, 1, 2, 0)],
      ['badLength', rawPacket([0x10, 0x31, 1, 0, 2, 0, 9, 0], [1, 2])],
      ['badVersion', rawPacket([0x20, 0x31, 1, 0, 2, 0, 2, 0], [1, 2])],
      ['tooLong', new Uint8Array(2000).fill(200)],
    ];
    for (const [counter, bad] of cases) {
      const { packets, counters } = decodeAll([bad, Uint8Array.of(0), wire]);
      expect(packets, counter).toEqual([good]);
      expect(counters, counter).toMatchObject({ [counter]: 1, packets: 1 });
    }
  });

  test('never takes a damaged packet for a good one', () => {
    const rng = new Rng('flips');
    for (let i = 0; i < 3000; i++) {
      const damaged = Uint8Array.from(wire.subarray(0, -1));
      for (let k = rng.int(1, 8); k > 0; k--) damaged[rng.int(0, damaged.length - 1)] ^= 1 << rng.int(0, 7);
      const isSame = damaged.every((b, at) => b === wire[at]);
      const { packets } = decodeAll([damaged, Uint8Array.of(0)]);
      if (!isSame) expect(packets).toEqual([]);
    }
  });

  test('does not throw on anything, and reads the good packet after it', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 5 }), (noise) => {
        const { packets } = decodeAll([...noise, Uint8Array.of(0), wire], { mtu: 252 });
        expect(packets.at(-1)).toEqual(good);
      }),
      { numRuns: 300 },
    );
  });

  test('drops what only our own side sends: an echo is not a command', () => {
    const { packets, counters } = decodeAll([encodePacket(good)], { from: 'device' });
    expect(packets).toEqual([]);
    expect(counters.wrongWay).toBe(1);
    expect(decodeAll([encodePacket(good)], { from: 'host' }).packets).toHaveLength(1);
  });
});

describe('lines between packets', () => {
  function linesOf(...pieces: Uint8Array[]) {
    const lines: string[] = [];
    const { packets, counters } = decodeAll(pieces, { onLine: (line) => lines.push(line) });
    return { lines, packets, counters };
  }
  const wire = encodePacket(samplePackets[0]);

  test('end in CR, LF or both, and empty ones say nothing', () => {
    expect(linesOf(text('IDENT\rSTATUS\nREMOTE\r\n\r\n\nLOCAL\r')).lines).toEqual([
      'IDENT',
      'STATUS',
      'REMOTE',
      'LOCAL',
    ]);
  });

  test('and packets follow each other without confusion', () => {
    const { lines, packets } = linesOf(text('IDENT\r\n'), wire, text('STATUS\n'), wire, wire, text('\nA\r'));
    expect(lines).toEqual(['IDENT', 'STATUS', 'A']);
    expect(packets).toHaveLength(3);
  });

  test('are never found inside a packet, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 490 }),
        fc.constantFrom('\r', 'A\r', '\n', 'x\r\n'),
        (n, fill) => {
          const message = { type: 'log' as const, text: fill.repeat(n).slice(0, n) };
          const packet = { message, seq: 0x0d0a, session: 0x4141, flags: 0 };
          const result = linesOf(encodePacket(packet));
          expect(result.lines).toEqual([]);
          expect(result.packets).toEqual([packet]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('that never end do not swallow what comes after', () => {
    const { lines, packets } = linesOf(text('x'.repeat(5000)), text('\r'), text('IDENT\r'), wire);
    expect(lines).toEqual(['IDENT']);
    expect(packets).toHaveLength(1);
  });
});
