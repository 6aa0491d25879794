import { expect, test, vi } from 'vitest';
import { S, story } from './rig.ts';

/** Minutes of simulated time, on a machine that has other things to do. */
vi.setConfig({ testTimeout: 60_000 });

test('asystole is told within 5 s of the last beat, and can be acknowledged when the heart beats again', () => {
  const s = story('sinus');
  s.wait(15);
  expect(s.of('alarm')).toEqual([]);
  s.patient.setRhythm('asystole');
  s.wait(6);
  const [alarm] = s.of('alarm');
  const lastBeat = s.of('beat').at(-1);
  expect(alarm).toMatchObject({ alarm: 'asystole', priority: 'high', state: 'on' });
  expect(alarm.t - (lastBeat?.t ?? 0)).toBeLessThanOrEqual(5);
  s.patient.setRhythm('sinus');
  s.wait(15);
  s.session.operate({ type: 'alarms', key: 'acknowledge' }, s.rig.clock.now);
  expect(s.of('alarm').map((e) => `${e.alarm} ${e.state}`)).toContain('asystole latched');
  expect(s.session.state.alarms).not.toContain('asystole');
});

test('VF is told; an unplugged cable is told while it lasts', () => {
  const s = story('sinus');
  s.wait(12);
  s.patient.setRhythm('vf');
  const { now } = s.rig.clock;
  s.until(() => s.of('alarm').some((e) => e.alarm === 'shockable'), 20);
  expect(s.rig.clock.now - now).toBeLessThan(12 * S);
  s.rig.unplug();
  s.wait(2);
  expect(s.session.state.alarms).toContain('linkLost');
  s.rig.replug();
  s.wait(2);
  expect(s.session.state.alarms).not.toContain('linkLost');
});
