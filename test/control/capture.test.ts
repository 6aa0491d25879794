import { describe, expect, test } from 'vitest';
import {
  CAPTURE_WORDS,
  CaptureWatch,
  captureWords,
  PULSE_WORDS,
  pacedPulse,
} from '../../src/control/capture.ts';
import type { PacingSettings, VitalSigns } from '../../src/core/session-events.ts';

const FS = 500;
const SETTINGS: PacingSettings = { mode: 'fixed', ratePpm: 75, currentMa: 80, widthMs: 40 };
const INTERVAL_S = 0.8;

const every = (s: number, untilS: number, fromS = 0): number[] =>
  Array.from({ length: Math.floor((untilS - fromS) / s) }, (_, k) => fromS + (k + 1) * s);

/** Pulses and beats at these seconds after the pacer's start, seen at `untilS`. */
function stateAt(untilS: number, pulsesS: readonly number[], beatsS: readonly number[]): string {
  const watch = new CaptureWatch(FS);
  watch.state(true, SETTINGS, 0);
  for (const s of pulsesS) watch.pulse(Math.round(s * FS));
  for (const s of beatsS) watch.beat(Math.round(s * FS));
  return watch.state(true, SETTINGS, untilS * FS);
}

const PULSES = every(INTERVAL_S, 10);
const behind = (ms: (k: number) => number): number[] => PULSES.map((s, k) => s + ms(k) / 1000);

describe('by the wave', () => {
  test.each([
    ['captured', 'each pulse has its beat at the same distance', behind(() => 140)],
    ['captured', 'with the jitter of a detector', behind((k) => 140 + (k % 2) * 30)],
    ['partly', 'every third pulse has none', behind(() => 140).filter((_, k) => k % 3 !== 0)],
    [
      'none',
      'every second pulse has one, now near, now far',
      behind((k) => (k % 4 === 0 ? 60 : 300)).filter((_, k) => k % 2 === 0),
    ],
    ['none', 'nothing comes', []],
    ['none', 'what comes is nearer than 40 ms: the pulse itself', behind(() => 38)],
    ['none', 'what comes is farther than 400 ms', behind(() => 402)],
    ['captured', 'at 400 ms', behind(() => 400)],
    ['captured', 'at 40 ms', behind(() => 40)],
    ['partly', 'one of them strays', behind((k) => (k === 8 ? 390 : 120))],
    ['none', 'a fast heart that has stopped, but for one beat', [...every(0.3, 4.6), 5]],
    ['ownRhythm', 'seven beats for six pulses, the first with a pulse', [4.8, 5.5, 6.2, 6.9, 7.6, 8.3, 9]],
    ['none', 'the heart goes its own slow way', every(1.9, 10)],
    ['ownRhythm', 'the heart goes its own fast way', every(0.47, 10)],
  ])('%s: %s', (state, _, beats) => {
    expect(stateAt(10, PULSES, beats)).toBe(state);
  });

  test('a pacer that gives no pulse: the heart beats by itself, or nothing does', () => {
    expect(stateAt(10, [], every(0.7, 10))).toBe('ownRhythm');
    expect(stateAt(10, [], [])).toBe('none');
    expect(stateAt(10, [], [7.9])).toBe('none');
    expect(stateAt(10, [], [8])).toBe('ownRhythm');
    expect(stateAt(1.9, [], [])).toBe('waiting');
  });

  test('three pulses without any beat are enough, six are needed to say more; a pulse counts when its beat could be known', () => {
    const three = every(INTERVAL_S, 2.5);
    expect(three).toHaveLength(3);
    expect(stateAt(3.19, three, [])).toBe('waiting');
    expect(stateAt(3.2, three, [])).toBe('none');
    expect(
      stateAt(
        3.2,
        three,
        three.map((s) => s + 0.14),
      ),
    ).toBe('waiting');
    const six = every(INTERVAL_S, 4.9);
    const beats = six.map((s) => s + 0.14);
    expect(stateAt(5.59, six, beats)).toBe('waiting');
    expect(stateAt(5.6, six, beats)).toBe('captured');
  });

  test('says nothing of pulses and beats from before the start, and forgets at the end', () => {
    const watch = new CaptureWatch(FS);
    for (const s of PULSES) watch.pulse(s * FS);
    for (const s of behind(() => 140)) watch.beat(s * FS);
    expect(watch.state(false, SETTINGS, 10 * FS)).toBe('off');
    expect(watch.state(true, SETTINGS, 10 * FS)).toBe('waiting');
    expect(watch.state(false, SETTINGS, 11 * FS)).toBe('off');
  });

  test('what was long ago does not count: after an hour of capture six pulses without a beat are no capture', () => {
    const pulses = every(INTERVAL_S, 60);
    const beats = pulses.slice(0, -7).map((s) => s + 0.14);
    expect(stateAt(60.5, pulses, beats)).toBe('none');
  });
});

describe('by the pulse', () => {
  const signs = (pulsePerMin: number, ...states: string[]) =>
    ({ pulsePerMin, states }) as unknown as VitalSigns;

  test.each([
    ['notMeasured', undefined],
    ['notMeasured', signs(NaN, 'spo2Off')],
    ['notMeasured', signs(0)],
    ['absent', signs(NaN, 'noPulse')],
    ['present', signs(75)],
    ['present', signs(82.5)],
    ['other', signs(83)],
    ['present', signs(67.5)],
    ['other', signs(37)],
  ])('%s: %j', (state, given) => {
    expect(pacedPulse(given, SETTINGS)).toBe(state);
  });

  test('electrical capture without a pulse has its own words; without a sensor the hand is asked', () => {
    expect(captureWords('captured', 'absent')).toMatch(/PEA while pacing.+start compressions/);
    expect(captureWords('captured', 'notMeasured')).toMatch(/feel it/);
    expect(captureWords('none', 'absent')).toBe(CAPTURE_WORDS.none);
    expect(captureWords('captured', 'present')).toBe(PULSE_WORDS.present);
  });
});

test('every state has words', () => {
  for (const words of [...Object.values(CAPTURE_WORDS), ...Object.values(PULSE_WORDS)])
    expect(words).toMatch(/^[A-Z].+[:,] .+\.$/);
});
