/**
 * Long fuzz of everything that reads bytes from a cable; the short form runs with the tests.
 *
 *   node --import tsx test/fuzz/decoder.ts [cases=10000000] [seed=1]
 *
 * Random bytes, damaged packets, lines and mixtures go into the decoders of both sides, into a whole box (packets and
 * ASCII lines), the line splitter and the bench parser. After each: no throw, the next good packet decodes, the box
 * still says who it is, and memory does not grow. Stops with the seed that replays.
 */
import { Rng } from '../../src/core/rng.ts';
import { parseBenchRequest } from '../../src/protocol/bench-codec.ts';
import { encodePacket, PacketDecoder } from '../../src/protocol/codec.ts';
import { LineSplitter } from '../../src/protocol/lines.ts';
import { Box } from '../../firmware-sim/box.ts';
import { profileByName } from '../../firmware-sim/profiles/index.ts';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { sampleMessage, TYPES } from '../protocol/samples.ts';

const PACKETS = TYPES.map((type, i) =>
  encodePacket({ message: sampleMessage(type), seq: i, session: 0x1234, flags: i & 15 }),
);
const GOOD = {
  host: encodePacket({ message: { type: 'charge', energyDj: 2000 }, seq: 77, session: 9, flags: 0 }),
  device: encodePacket({
    message: { type: 'ack', refSeq: 1, code: 0, detail: 0 },
    seq: 77,
    session: 9,
    flags: 2,
  }),
};
const WORDS = ['IDENT', 'ENERGY=', '{"id":1,"do":"setRhythm"', 'SYNC=ON', 'FIRE', '"}', '\r', '\n', '=', ' '];
const text = new TextEncoder();
const ASK = Uint8Array.from([0, ...text.encode('IDENT\r')]);

function damaged(rng: Rng): Uint8Array {
  const bytes = Uint8Array.from(PACKETS[rng.int(0, PACKETS.length - 1)]);
  for (let k = rng.int(0, 4); k > 0; k--) bytes[rng.int(0, bytes.length - 1)] ^= 1 << rng.int(0, 7);
  return rng.chance(1, 3)
    ? bytes.subarray(rng.int(0, bytes.length - 1))
    : bytes.subarray(0, rng.int(1, bytes.length));
}

function strings(rng: Rng): Uint8Array {
  let line = '';
  for (let k = rng.int(1, 6); k > 0; k--) line += WORDS[rng.int(0, WORDS.length - 1)];
  return text.encode(line);
}

function noise(rng: Rng): Uint8Array {
  const length = rng.chance(1, 100) ? rng.int(0, 3000) : rng.int(0, 40);
  return Uint8Array.from({ length }, () => rng.u32() & 255);
}

/** One string of bytes, and the good packet after it. Throws with what went wrong. */
export class Fuzzer {
  private readonly rng: Rng;
  private readonly decoders = {
    host: new PacketDecoder({ from: 'host' }),
    device: new PacketDecoder({ from: 'device' }),
  };
  private readonly lines = new LineSplitter(4096);
  private readonly delimiter = Uint8Array.of(0);

  private readonly box: Box;
  private boxUs = 0;

  constructor(seed: number | string) {
    this.rng = new Rng(seed);
    const patient = new SimPatient({ rng: this.rng.fork('patient'), fs: 100, noise: false });
    this.box = new Box({ profile: profileByName('als'), patient, rng: this.rng.fork('box') });
  }

  once(): void {
    const { rng } = this;
    const pick = rng.int(0, 2);
    const bytes = pick === 0 ? noise(rng) : pick === 1 ? damaged(rng) : strings(rng);
    for (const side of ['host', 'device'] as const) this.feed(side, bytes);
    this.feedBox(bytes);
    this.lines.push(bytes, (line) => void parseBenchRequest(line));
  }

  /** A millisecond of a box's life; every 256th time it is asked who it is. */
  private feedBox(bytes: Uint8Array): void {
    this.boxUs += 1000;
    this.box.step(this.boxUs, bytes);
    if (this.boxUs % 256_000 !== 0) return;
    const answer = this.box.step(this.boxUs, ASK).bytesOut;
    if (!new TextDecoder().decode(answer).includes('SIMULATED'))
      throw new Error('the box does not say who it is');
  }

  private feed(side: 'host' | 'device', bytes: Uint8Array): void {
    const decoder = this.decoders[side];
    const ignore = () => undefined;
    const cut = this.rng.int(0, bytes.length);
    decoder.push(bytes.subarray(0, cut), ignore);
    decoder.push(bytes.subarray(cut), ignore);
    decoder.push(this.delimiter, ignore);
    let found = 0;
    decoder.push(GOOD[side], (packet) => (found += packet.seq === 77 ? 1 : 0));
    if (found !== 1)
      throw new Error(`after ${Buffer.from(bytes).toString('hex')}: ${found} good packets from ${side}`);
  }
}

function main(cases: number, seed: number): void {
  const fuzzer = new Fuzzer(seed);
  const heap = () => process.memoryUsage().heapUsed / 1e6;
  for (let i = 0; i < 20_000; i++) fuzzer.once();
  globalThis.gc?.();
  const before = heap();
  for (let i = 0; i < cases; i++) {
    try {
      fuzzer.once();
    } catch (error) {
      process.stderr.write(`case ${i}: node --import tsx test/fuzz/decoder.ts ${i + 1} ${seed}\n`);
      throw error;
    }
  }
  globalThis.gc?.();
  process.stdout.write(
    `${cases} strings, seed ${seed}: fine; heap ${before.toFixed(1)} -> ${heap().toFixed(1)} MB\n`,
  );
}

if (process.argv[1] === import.meta.filename) {
  main(Number(process.argv[2] ?? 10_000_000), Number(process.argv[3] ?? 1));
}
