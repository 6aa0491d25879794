/** What is wrong with the lead, as a person at the monitor sees it: box, cable and session together. */
import { expect, test } from 'vitest';
import type { SessionEvent } from '../../src/core/session-events.ts';
import { type Story, story } from './rig.ts';

const states = (s: Story): string[] => s.of('quality').map((e) => e.quality);
const from = <T extends SessionEvent>(events: readonly T[], t: number): T[] => events.filter((e) => e.t > t);

test('a lead that is taken off: told within 0.3 s, no heart rate, no asystole alarm; all is back 5 s after', () => {
  const s = story('sinus');
  s.wait(12);
  expect(s.session.state.heartRateBpm).toBeGreaterThan(40);
  const off = s.session.state.sample / 500;
  s.box.bench.setLead('pads', false);
  s.wait(8);
  const [told] = s.of('quality');
  expect(told.quality).toBe('leadsOff');
  expect(told.t - off).toBeLessThan(0.3);
  expect(from(s.of('heartRate'), off)[0].bpm).toBeNaN();
  expect(from(s.of('heartRate'), off)[0].t - off).toBeLessThan(0.3);
  expect(s.session.state.heartRateBpm).toBeNaN();
  expect(s.session.state.alarms).toEqual(['leadOff']);
  const on = s.session.state.sample / 500;
  s.box.bench.setLead('pads', true);
  s.wait(5);
  expect(states(s)).toEqual(['leadsOff', 'good']);
  expect(s.of('quality')[1].t - on).toBeLessThan(1.8);
  expect(s.session.state.heartRateBpm).toBeGreaterThan(40);
  expect(s.of('alarm').map((a) => a.alarm)).not.toContain('asystole');
});

test('after a shock the amplifier stands at its rail: told, and the heart rate comes back', () => {
  const s = story('sinus');
  s.wait(8);
  s.session.operate({ type: 'selectEnergy', energyJ: 50 }, s.rig.clock.now);
  s.session.operate({ type: 'charge' }, s.rig.clock.now);
  s.until(() => s.session.state.therapy === 'ready', 15);
  s.session.operate({ type: 'shock' }, s.rig.clock.now);
  s.until(() => s.of('shock').length > 0, 3);
  const shock = s.of('shock')[0].t;
  s.wait(4);
  expect(states(s)).toEqual(['saturated', 'good']);
  expect(s.of('quality')[0].t - shock).toBeLessThan(0.5);
  expect(s.of('quality')[1].t - shock).toBeLessThan(2);
});

test('mains on the patient is told within 5 s and taken out: the beats go on', () => {
  const s = story('sinus');
  s.wait(10);
  const on = s.session.state.sample / 500;
  s.patient.setArtifact('mains-50', 0.3);
  s.wait(12);
  const [mains] = s.of('mains');
  expect(mains.hz).toBe(50);
  expect(mains.t - on).toBeLessThan(5.1);
  const before = s.of('beat').filter((b) => b.t > 4 && b.t < 10).length;
  const during = s.of('beat').filter((b) => b.t > 15 && b.t < 21).length;
  expect(Math.abs(during - before)).toBeLessThanOrEqual(1);
});

test('pulses of a pacemaker that captures nothing are told, one by one, and are no beats', () => {
  const s = story('asystole');
  s.patient.setArtifact('pacer-spikes', 2);
  s.wait(14);
  const pulses = s.of('pacePulse').filter((p) => p.t > 3 && p.t < 13);
  expect(Math.abs(pulses.length - (10 * 70) / 60)).toBeLessThanOrEqual(1.4);
  for (const { sizeMv } of pulses) expect(sizeMv).toBeGreaterThan(1);
  expect(s.of('beat')).toEqual([]);
  expect(s.session.state.heartRateBpm).toBeNaN();
});

test('a good lead says nothing', () => {
  const s = story('sinus');
  s.wait(15);
  expect([...s.of('quality'), ...s.of('mains'), ...s.of('pacePulse')]).toEqual([]);
});
