import { expect, test } from 'vitest';
import { SimulatedClock } from '../../src/core/clock.ts';
import { codeOf, isQrs, mnemonic } from '../../src/core/annotations.ts';
import { msToSamples, samplesToMs, sampleToUs } from '../../src/core/units.ts';

test('milliseconds become samples in one place, rounded', () => {
  expect(msToSamples(200, 360)).toBe(72);
  expect(msToSamples(150, 250)).toBe(38);
  expect(samplesToMs(72, 360)).toBe(200);
  expect(sampleToUs(1, 360)).toBe(2778);
});

test('the simulated clock only goes forward', () => {
  const clock = new SimulatedClock();
  clock.advanceBy(500);
  clock.advanceTo(1000);
  expect(clock.now).toBe(1000);
  expect(() => clock.advanceTo(999)).toThrow('forward');
  expect(() => clock.advanceBy(-1)).toThrow('forward');
});

test('mnemonics and codes agree both ways', () => {
  for (let code = 1; code < 42; code++) expect(codeOf(mnemonic(code))).toBe(code);
  expect(['N', 'V', '/', 'f', 'Q', 'r', '!'].every((m) => isQrs(codeOf(m) ?? -1))).toBe(true);
  expect(['~', '+', '[', ']', 'x', '"', '|'].some((m) => isQrs(codeOf(m) ?? -1))).toBe(false);
});
