import { expect, test } from 'vitest';
import { WaveIn } from '../../src/session/wave-in.ts';

function packet(idx0: number, samples: number[]) {
  return {
    type: 'wave' as const,
    idx0,
    t0Us: 0,
    fs: 500,
    adcGain: 200,
    leadMask: 1,
    nLeads: 1,
    n: samples.length,
    samples: Int16Array.from(samples),
  };
}

function listen() {
  const got: { first: number; mv: number[] }[] = [];
  const gaps: number[] = [];
  const wave = new WaveIn({
    fs: 500,
    leadNames: ['pads'],
    rangeMv: 10,
    onWave: (w) => got.push({ first: w.firstSample, mv: [...w.leads[0].subarray(0, w.n)] }),
    onGap: (lost) => gaps.push(lost),
  });
  return { wave, got, gaps };
}

test('a box that has run for long begins our stream at 0, as the pipeline does', () => {
  const { wave, got, gaps } = listen();
  wave.receive(packet(50_000, [200, 400]), 0);
  wave.receive(packet(50_002, [600]), 4000);
  expect(got).toEqual([
    { first: 0, mv: [1, 2] },
    { first: 2, mv: [3] },
  ]);
  expect(gaps).toEqual([]);
  expect(wave.toOurs(50_002)).toBe(2);
});

test('what is lost is NaN and told, what comes twice is dropped', () => {
  const { wave, got, gaps } = listen();
  wave.receive(packet(10, [200]), 0);
  wave.receive(packet(13, [400, -32768]), 0);
  wave.receive(packet(13, [400, -32768]), 0);
  expect(gaps).toEqual([2]);
  expect(got.map((g) => g.first)).toEqual([0, 1, 3]);
  expect(got[1].mv).toEqual([NaN, NaN]);
  expect(got[2].mv).toEqual([2, NaN]);
});
