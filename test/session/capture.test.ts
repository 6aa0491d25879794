/** Electrical and mechanical capture, told apart over the whole path; and pulses that are no beats. */
import { describe, expect, test, vi } from 'vitest';
import type { SessionOptions } from '../../src/session/session.ts';
import type { Story } from './rig.ts';
import { story } from './rig.ts';

/** Minutes of simulated time, on a machine that has other things to do. */
vi.setConfig({ testTimeout: 60_000 });

function paced(rhythm: string, currentMa: number, ratePpm = 70, session: SessionOptions = {}): Story {
  const s = story(rhythm, { session: { vitals: true, ...session } });
  s.wait(2);
  const { now } = s.rig.clock;
  s.session.operate({ type: 'paceSet', settings: { ratePpm, currentMa, mode: 'fixed' } }, now);
  s.session.operate({ type: 'pace', key: 'start' }, now);
  s.wait(20);
  return s;
}

describe('asystole, captured from 60 mA on', () => {
  test.each([5, 20, 40, 58])(
    '%d mA: the pulses are no beats, nothing is captured, asystole is told',
    (ma) => {
      const s = paced('asystole', ma);
      expect(s.of('pacePulse').length).toBeGreaterThan(20);
      expect(s.of('beat')).toEqual([]);
      expect(s.session.state).toMatchObject({ capture: 'none', pacedPulse: 'absent' });
      expect(s.session.state.heartRateBpm).toBeNaN();
      expect(s.session.state.alarms).toEqual(expect.arrayContaining(['asystole', 'noCapture']));
    },
  );

  test.each([62, 80, 120, 200])('%d mA: captured, and the pulse follows', (ma) => {
    const s = paced('asystole', ma);
    expect(s.session.state).toMatchObject({ capture: 'captured', pacedPulse: 'present' });
    expect(Math.abs(s.session.state.heartRateBpm - 70)).toBeLessThanOrEqual(2);
    expect(s.session.state.alarms).not.toContain('noCapture');
  });

  test('without the sensor at the finger the pulse is not known', () => {
    const s = paced('asystole', 80, 70, { vitals: false });
    expect(s.session.state).toMatchObject({ capture: 'captured', pacedPulse: 'notMeasured' });
  });
});

test('PEA: captured by the wave and not by the pulse; that is grave, and another thing than no capture', () => {
  const s = paced('pea', 90, 100);
  expect(s.session.state).toMatchObject({ capture: 'captured', pacedPulse: 'absent' });
  expect(s.session.state.alarms).toContain('pacedNoPulse');
  expect(s.session.state.alarms).not.toContain('noCapture');
  expect(s.of('capture').at(-1)).toMatchObject({ capture: 'captured', pulse: 'absent' });
});

test.each([20, 40])(
  'a heart of its own at 75 /min keeps its rate within 10 %% under pulses of %d mA',
  (ma) => {
    const s = paced('sinus', ma, 100);
    // A beat that falls into a pulse is hidden with it: one in eight here.
    expect(Math.abs(s.session.state.heartRateBpm - 75)).toBeLessThanOrEqual(7.5);
    expect(['none', 'ownRhythm', 'partly']).toContain(s.session.state.capture);
  },
);

test('what becomes of pacing after a lost link is a setting that is told', () => {
  const s = paced('asystole', 80);
  s.session.operate({ type: 'paceLinkLoss', does: 'stop' }, s.rig.clock.now);
  expect(s.of('paceLinkLoss')).toMatchObject([{ does: 'stop' }]);
  expect(s.session.state.pacingOnLinkLoss).toBe('stop');
  s.rig.unplug();
  s.wait(3);
  s.rig.replug();
  s.wait(3);
  expect(s.session.state.pacing).toBe('off');
});
