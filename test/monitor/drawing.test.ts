/** What is drawn where: the pen's place in time, the sample store behind it, and the paper strip. */
import { describe, expect, test } from 'vitest';
import { Playback } from '../../src/monitor/playback.ts';
import { toSvg } from '../../src/core/drawing.ts';
import { stripDrawing } from '../../src/core/ecg-strip.ts';
import type { Strip } from '../../src/core/ecg-strip.ts';
import { Waves } from '../../src/monitor/waves.ts';

const FS = 500;
/** The pen's path: the grid is thinner. */
const traceOf = (svg: string) => /d="([^"]*)"[^>]*stroke-width="0.25"/.exec(svg)?.[1] ?? '';
const stripSvg = (strip: Strip) => toSvg(stripDrawing(strip), 'ECG strip');

function wave(firstSample: number, values: readonly number[]) {
  return { fs: FS, firstSample, n: values.length, leads: [Float32Array.from(values)] };
}

describe('the sample store', () => {
  test('gives back what came, and NaN for what did not', () => {
    const waves = new Waves();
    waves.push(wave(10, [1, 2, 3]));
    waves.push(wave(15, [6]));
    expect([9, 10, 12, 13, 14, 15, 16].map((i) => waves.at(0, i))).toEqual([NaN, 1, 3, NaN, NaN, 6, NaN]);
    expect(waves.end).toBe(16);
  });

  test('begins anew when the stream does: other rate, other leads, or back to the start', () => {
    const waves = new Waves();
    expect(waves.push(wave(0, [1]))).toBe(true);
    expect(waves.push(wave(1, [1]))).toBe(false);
    expect(waves.push({ ...wave(2, [1]), fs: 250 })).toBe(true);
    expect(waves.at(0, 0)).toBeNaN();
    waves.push({ ...wave(1_000_000, [1]), fs: 250 });
    expect(waves.push({ ...wave(0, [5]), fs: 250 })).toBe(true);
    expect(waves.at(0, 0)).toBe(5);
  });

  test('keeps two minutes at 500 Hz, and forgets what is older', () => {
    const waves = new Waves();
    for (let i = 0; i < 150 * FS; i += 20) waves.push(wave(i, new Array<number>(20).fill(i)));
    expect(waves.at(0, 149 * FS)).toBe(149 * FS);
    expect(waves.at(0, 150 * FS - 60_000)).not.toBeNaN();
    expect(waves.at(0, 0)).toBeNaN();
  });
});

describe('the pen', () => {
  test('runs steadily behind packets that come in bursts', () => {
    const pen = new Playback();
    const steps: number[] = [];
    let last = NaN;
    for (let ms = 0; ms < 5000; ms += 16) {
      const end = Math.floor(ms / 200) * 100; // 100 samples every 200 ms
      const at = pen.advance(0.016, end + 100, FS);
      if (ms > 2000) steps.push(at - last);
      last = at;
    }
    // 8 samples a paint, 10 % more or less; never back, never a stop
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(6);
    expect(Math.max(...steps)).toBeLessThanOrEqual(10);
  });

  test('stops with the stream, and jumps after a long pause', () => {
    const pen = new Playback();
    pen.advance(0.016, 1000, FS);
    for (let i = 0; i < 200; i++) pen.advance(0.016, 1000, FS);
    expect(pen.position).toBeLessThanOrEqual(1000);
    expect(pen.advance(0.016, 100_000, FS)).toBe(100_000 - 60);
  });
});

describe('the paper strip', () => {
  const strip = {
    fs: FS,
    leads: [{ name: 'II', values: [0, 1, NaN, -1] }],
    heading: ['<b>'],
    mmPerS: 25,
    mmPerMv: 10,
    marks: [{ at: 100, kind: 'sync' as const }],
  };

  test('is in millimetres: 25 a second and 10 a millivolt', () => {
    const ten = stripSvg({ ...strip, leads: [{ name: 'II', values: new Array<number>(10 * FS).fill(0) }] });
    expect(ten).toContain('width="250mm"');
    const [y0, x1, y1] = (/^M0\.00 ([\d.]+)L([\d.]+) ([\d.]+)/.exec(traceOf(stripSvg(strip))) ?? [])
      .slice(1)
      .map(Number);
    expect(x1).toBeCloseTo(25 / FS, 2);
    expect(y0 - y1).toBeCloseTo(10, 2);
  });

  test('lifts the pen where nothing was measured, and escapes what it is told', () => {
    const svg = stripSvg(strip);
    expect(traceOf(svg).match(/M/g)).toHaveLength(2);
    expect(svg).not.toContain('<b>');
  });
});
