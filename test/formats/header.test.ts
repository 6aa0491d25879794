import { describe, expect, test } from 'vitest';
import { parseHeader } from '../../signals/formats/wfdb/header.ts';

const parse = (text: string) => parseHeader(text, 'x.hea');

test('line ends, comments before the record line, blank lines and trailing text are as in real headers', () => {
  const h = parse(
    '# unnecessary comment\r\n100 2 360 650000\r\n100.dat 212 200 11 1024 995 -22131 0 MLII\r\n\r\n100.dat 212 200 11 1024 1011 20052 0 V5\r\n# 69 M 1085 1629 x1\r\n',
  );
  expect(h).toMatchObject({ name: '100', fs: 360, frames: 650_000, comments: [' 69 M 1085 1629 x1'] });
  expect(h.signals.map((s) => s.description)).toEqual(['MLII', 'V5']);
  expect(h.signals[0]).toMatchObject({
    adcGain: 200,
    baseline: 1024,
    adcZero: 1024,
    initialValue: 995,
    checksum: -22131,
    units: 'mV',
  });
});

test('every modifier of format and gain is understood', () => {
  const h = parse(
    'x 3 250/24000(-7) 1000 17:27:45 15/08/1994\na.mat 16x4:3+24 1.052e+04(-1605)/mmHg 12 0 67 -11266 0 two words\nb.dat 80\nc.dat 16 0 12 0 5 1 0 n',
  );
  expect(h).toMatchObject({
    fs: 250,
    counterFs: 24_000,
    counterBase: -7,
    baseTime: '17:27:45',
    baseDate: '15/08/1994',
  });
  expect(h.signals[0]).toMatchObject({
    format: 16,
    samplesPerFrame: 4,
    skew: 3,
    byteOffset: 24,
    adcGain: 10_520,
    baseline: -1605,
    units: 'mmHg',
    description: 'two words',
  });
  expect(h.signals[1]).toMatchObject({
    adcGain: 200,
    uncalibrated: true,
    units: 'mV',
    checksum: undefined,
    description: 'record x, signal 1',
  });
  expect(h.signals[2]).toMatchObject({ adcGain: 200, uncalibrated: true });
});

test('a header without length says so, and one without a rate means 250 Hz', () => {
  expect(parse('x 0 128').frames).toBeUndefined();
  expect(parse('x 0')).toMatchObject({ fs: 250, frames: undefined });
});

test('segments are listed with their lengths', () => {
  const h = parse('v/3 2 125 300\nlayout 0\n~ 100\nv_1 200\n# info');
  expect(h.segments).toEqual([
    { name: 'layout', frames: 0 },
    { name: '~', frames: 100 },
    { name: 'v_1', frames: 200 },
  ]);
});

describe('a mistake is told with file and line, what was expected and what was found', () => {
  test.each([
    ['', 'x.hea: expected a record line, found no line with text'],
    ['x two 250', 'x.hea:1: expected number of signals as a whole number, found "two"'],
    ['x 1 fast', 'x.hea:1: expected a sampling frequency above 0 Hz, found "fast"'],
    ['x 1 -5', 'x.hea:1: expected a sampling frequency above 0 Hz, found "-5"'],
    ['x 2 250 10\nx.dat 16', 'x.hea: expected 2 signal lines, found 1'],
    ['x 1 250 10\n\nx.dat sixteen', 'x.hea:3: expected "<file> <format> ...", found "x.dat sixteen"'],
    ['x 1 250 10\nx.dat 16 much/mV', 'x.hea:2: expected "<gain>(<baseline>)/<units>", found "much/mV"'],
    ['x 1 250 10\nx.dat 16 200 12 0 0 many', 'x.hea:2: expected checksum as a whole number, found "many"'],
    ['x/2 1 250 10\na 4\nb 5', 'x.hea: expected segments of 10 samples together, found 9'],
  ])('%j', (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });
});
