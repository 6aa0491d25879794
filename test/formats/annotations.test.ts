import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAnnotations, writeAnnotations } from '../../signals/formats/index.ts';
import { decodeAnnotations, encodeAnnotations } from '../../signals/formats/wfdb/annotation-codec.ts';
import { CODE, type Annotation } from '../../src/core/annotations.ts';
import { temporaryFolder } from './folder.ts';

const DATA = process.env['RWAVE_DATA'];
const folder = temporaryFolder();

function note(sample: number, more: Partial<Annotation> = {}): Annotation {
  return { sample, code: CODE.NORMAL, subtype: 0, chan: 0, num: 0, aux: '', ...more };
}

const anything: fc.Arbitrary<Annotation[]> = fc
  .array(
    fc.record({
      sample: fc.oneof(fc.nat(2000), fc.nat(0x7fffffff)),
      code: fc.integer({ min: 1, max: 49 }),
      subtype: fc.integer({ min: -128, max: 127 }),
      chan: fc.nat(255),
      num: fc.integer({ min: -128, max: 127 }),
      aux: fc.string({ maxLength: 40, unit: 'grapheme-ascii' }),
    }),
  )
  .map((list) => list.sort((a, b) => a.sample - b.sample));

test('what is written is read back, whatever it is', () => {
  fc.assert(
    fc.property(anything, (list) => {
      const bytes = encodeAnnotations(list);
      expect(decodeAnnotations(bytes, 'x').annotations).toEqual(list);
    }),
    { numRuns: 200 },
  );
});

test('a short step takes two bytes, a long one eight, and the end mark two', () => {
  expect(encodeAnnotations([note(1023)])).toEqual(Uint8Array.from([0xff, 0x07, 0, 0]));
  expect(encodeAnnotations([note(0x12345)])).toEqual(
    Uint8Array.from([0, 0xec, 1, 0, 0x45, 0x23, 0, 0x04, 0, 0]),
  );
});

test('signal and number stay until they change, the subtype is for one annotation', () => {
  const bytes = encodeAnnotations([note(1, { chan: 1, subtype: 3 }), note(2, { chan: 1 }), note(3)]);
  expect(bytes.length).toBe(2 + 2 + 2 + 2 + (2 + 2) + 2);
});

test('a file with a clock of its own comes out in samples of the record', () => {
  writeFileSync(join(folder, 'r.hea'), 'r 0 360\n');
  writeAnnotations(join(folder, 'r.own'), [note(250), note(500)], { fs: 250 });
  expect(readAnnotations(join(folder, 'r.own')).map((a) => a.sample)).toEqual([360, 720]);
  expect(readAnnotations(join(folder, 'r.own'), { fs: 1000 }).map((a) => a.sample)).toEqual([1000, 2000]);
});

test('annotations are put in order before they are written', () => {
  writeAnnotations(join(folder, 'order.qrs'), [note(30), note(10), note(20)]);
  expect(readAnnotations(join(folder, 'order.qrs')).map((a) => a.sample)).toEqual([10, 20, 30]);
});

describe('bad files', () => {
  const whole = encodeAnnotations([note(100), note(5000, { aux: '(VFIB' })]);

  test('cut anywhere, a file is either refused with its place or warned about, and what came before stands', () => {
    for (let cut = 0; cut < whole.length - 1; cut++) {
      const part = whole.subarray(0, cut);
      try {
        const { annotations, warnings } = decodeAnnotations(part, 'x.atr');
        expect(warnings).toEqual([`x.atr: byte ${cut}: expected an end mark, found the end of the file`]);
        expect(annotations.every((a) => a.sample === 100 || a.sample === 5000)).toBe(true);
      } catch (error) {
        expect((error as Error).message).toMatch(
          /^x\.atr: byte \d+: expected .*, found .*\(it is cut off\)$/,
        );
      }
    }
  });

  test('times that go backwards are counted in one warning', () => {
    const { annotations, warnings } = decodeAnnotations(
      encodeAnnotations([note(100), note(40), note(200)]),
      'x',
    );
    expect(annotations.map((a) => a.sample)).toEqual([100, 40, 200]);
    expect(warnings).toEqual(['x: time goes backwards 1 times, first at byte 8 (from 100 to 40)']);
  });

  test('a missing file and a time that does not fit are told with the file', () => {
    expect(() => readAnnotations(join(folder, 'no.atr'))).toThrow(
      'no.atr: expected an annotation file, found no such file',
    );
    expect(() => writeAnnotations(join(folder, 'late.qrs'), [note(2 ** 31)])).toThrow('found 2147483648');
    expect(readdirSync(folder).filter((name) => name.startsWith('late'))).toEqual([]);
  });
});

test.skipIf(DATA === undefined)(
  'mitdb 100 has the beats its guide says (skipped without data: RWAVE_DATA is not set)',
  () => {
    const all = readAnnotations(`${DATA}/mitdb/100.atr`);
    expect(all).toHaveLength(2274);
    expect(all[0]).toEqual(note(18, { code: CODE.RHYTHM, aux: '(N' }));
    expect(all.filter((a) => a.code === CODE.APC)).toHaveLength(33);
  },
);
