import { expect, test } from 'vitest';
import { CAPTURE_WORDS, CaptureWatch } from '../../src/control/capture.ts';
import type { PacingSettings } from '../../src/core/session-events.ts';

const FS = 500;
const SETTINGS: PacingSettings = { mode: 'fixed', ratePpm: 75, currentMa: 80, widthMs: 40 };

/** Beats at these seconds after the pacer's start, seen at `untilS`. */
function stateAt(untilS: number, beatsS: readonly number[]): string {
  const watch = new CaptureWatch(FS);
  watch.state(true, SETTINGS, 0);
  for (const s of beatsS) watch.beat(Math.round(s * FS));
  return watch.state(true, SETTINGS, untilS * FS);
}
const every = (s: number, untilS: number): number[] =>
  Array.from({ length: Math.floor(untilS / s) }, (_, k) => (k + 1) * s);

test.each([
  ['captured', 'each pulse has its beat', every(0.8, 10)],
  ['captured', 'with the jitter of a detector', every(0.8, 10).map((s, k) => s + (k % 2) * 0.03)],
  ['partly', 'every third pulse has none', every(0.8, 10).filter((_, k) => k % 3 !== 0)],
  ['none', 'nothing comes', []],
  ['none', 'the heart goes its own slow way', every(1.5, 10)],
  ['ownRhythm', 'the heart is faster', every(0.5, 10)],
])('%s: %s', (state, _, beats) => {
  expect(stateAt(10, beats)).toBe(state);
});

test('says nothing of beats from before the start, and waits for new ones', () => {
  const watch = new CaptureWatch(FS);
  for (const s of every(0.8, 10)) watch.beat(s * FS);
  expect(watch.state(false, SETTINGS, 10 * FS)).toBe('off');
  expect(watch.state(true, SETTINGS, 10 * FS)).toBe('waiting');
  expect(watch.state(true, SETTINGS, 11 * FS)).toBe('waiting');
  expect(watch.state(true, SETTINGS, 13 * FS)).toBe('none');
});

test('every state has words', () => {
  for (const words of Object.values(CAPTURE_WORDS)) expect(words).toMatch(/^[A-Z].+[:,] .+\.$/);
});
