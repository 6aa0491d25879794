/** Our FLAC decoder against libflacjs as the encoder: every prediction order, stereo, constant, noise, 8 to 24 bits. */
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openRecord } from '../../signals/formats/index.ts';
import { RandomAccessFile } from '../../signals/formats/file.ts';
import { FlacDecoder } from '../../signals/formats/wfdb/flac-decoder.ts';
import { Rng } from '../../src/core/rng.ts';
import { temporaryFolder } from './folder.ts';

type Flac = typeof import('libflacjs/dist/libflac.js');
const folder = temporaryFolder();
let flac: Flac;

beforeAll(async () => {
  flac = createRequire(import.meta.url)('libflacjs/dist/libflac.min.js') as Flac;
  if (!flac.isReady()) await new Promise<void>((resolve) => flac.on('ready', () => resolve()));
});

function encode(channels: Int32Array[], bits: number, level: 0 | 8): Uint8Array {
  const n = channels[0].length;
  const encoder = flac.create_libflac_encoder(96_000, channels.length, bits, level, n, true);
  const parts: Uint8Array[] = [];
  flac.init_encoder_stream(encoder, (data: Uint8Array) => void parts.push(data.slice()));
  const interleaved = new Int32Array(n * channels.length);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < channels.length; k++) interleaved[i * channels.length + k] = channels[k][i];
  flac.FLAC__stream_encoder_process_interleaved(encoder, interleaved, n);
  flac.FLAC__stream_encoder_finish(encoder);
  flac.FLAC__stream_encoder_delete(encoder);
  return Buffer.concat(parts);
}

function make(kind: string, n: number, bits: number): Int32Array {
  const rng = new Rng(kind);
  const top = 2 ** (bits - 1) - 1;
  const shapes: Record<string, (i: number) => number> = {
    sine: (i) => 0.7 * Math.sin(i / 20) + 0.05 * rng.gaussian(),
    noise: () => 2 * rng.float() - 1,
    constant: () => 0.3,
    steps: (i) => (i % 500 < 250 ? 1 : -1),
  };
  return Int32Array.from({ length: n }, (_, i) =>
    Math.max(-top - 1, Math.min(top, Math.round(shapes[kind](i) * top))),
  );
}

describe.each([8, 16, 24])('%i bits', (bits) => {
  test.each([0, 8] as const)('level %i gives back every sample', (level) => {
    const n = 9_011;
    for (const names of [['sine'], ['noise', 'constant'], ['sine', 'sine'], ['steps', 'noise', 'sine']]) {
      const channels = names.map((name) => make(name, n, bits));
      const path = join(folder, 'x.flac');
      writeFileSync(path, encode(channels, bits, level));
      const file = new RandomAccessFile(path, 'a file');
      const decoder = new FlacDecoder(file, 0);
      expect(decoder.info).toEqual({ channels: names.length, bits, samples: n });
      const found = names.map((): number[] => []);
      for (let m = decoder.next(); m > 0; m = decoder.next()) {
        found.forEach((list, k) => list.push(...decoder.block[k].subarray(0, m)));
      }
      found.forEach((list, k) => expect(list.findIndex((v, i) => v !== channels[k][i])).toBe(-1));
      expect(found[0]).toHaveLength(n);
      file.close();
    }
  });
});

test('a record in FLAC can be read from anywhere; a damaged block is told', () => {
  const wave = make('sine', 50_000, 16);
  const bytes = encode([wave], 16, 8);
  writeFileSync(join(folder, 'f.dat'), bytes);
  writeFileSync(join(folder, 'f.hea'), 'f 1 250 50000\nf.dat 516 200 16 0 0\n');
  const reader = openRecord(join(folder, 'f'));
  const out = [new Int32Array(100)];
  for (const from of [49_900, 0, 20_000, 100]) {
    reader.seek(from);
    expect(reader.readAdu([0], out, 100)).toBe(100);
    expect(out[0]).toEqual(wave.subarray(from, from + 100));
  }
  bytes[bytes.length >> 1] ^= 0x10;
  writeFileSync(join(folder, 'f.dat'), bytes);
  const damaged = openRecord(join(folder, 'f'));
  expect(() => {
    while (damaged.readAdu([0], out, 100) > 0);
  }).toThrow(/f\.dat: byte \d+: expected /);
});
