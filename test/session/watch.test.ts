import { describe, expect, test, vi } from 'vitest';
import type { OperatorAction } from '../../src/core/session-events.ts';
import type { Story } from './rig.ts';
import { story } from './rig.ts';

/** Minutes of simulated time, on a machine that has other things to do. */
vi.setConfig({ testTimeout: 60_000 });

function press(s: Story, ...actions: OperatorAction[]): void {
  for (const action of actions) s.session.operate(action, s.rig.clock.now);
}

describe('alarm keys', () => {
  test('silence ends after two minutes, or when something new comes', () => {
    const s = story('sinus');
    s.wait(5);
    press(s, { type: 'alarms', key: 'silence' });
    expect(s.session.state.alarmSound.sound).toBe('silenced');
    s.box.bench.setPads(false);
    s.wait(3);
    expect(s.session.state.alarms).toContain('padsOff');
    expect(s.session.state.alarmSound.sound).toBe('on');
    press(s, { type: 'alarms', key: 'silence' });
    s.wait(119);
    expect(s.session.state.alarmSound.sound).toBe('silenced');
    s.wait(2);
    expect(s.session.state.alarmSound.sound).toBe('on');
    expect(s.of('alarmSound').map((e) => e.sound)).toEqual(['silenced', 'on', 'silenced', 'on']);
  });

  test('pause raises nothing for two minutes, then tells what is still so; the key again ends it', () => {
    const s = story('sinus');
    s.wait(5);
    press(s, { type: 'alarms', key: 'pause' });
    s.patient.setRhythm('asystole');
    s.wait(115);
    expect(s.session.state.alarms).toEqual([]);
    expect(s.session.state.alarmSound.sound).toBe('paused');
    s.wait(8);
    expect(s.session.state.alarms).toContain('asystole');
    press(s, { type: 'alarms', key: 'pause' }, { type: 'alarms', key: 'pause' });
    expect(s.session.state.alarmSound.sound).toBe('on');
  });

  test('limits: a rate beyond them is told; limits that make no sense are refused with what to choose', () => {
    const s = story('sinus');
    s.wait(12);
    expect(s.session.state.alarms).toEqual([]);
    press(s, { type: 'alarmLimits', limits: { bpmLow: 100, bpmHigh: 130 } });
    s.wait(6);
    expect(s.session.state.alarmList).toMatchObject([{ alarm: 'rateLow', priority: 'medium', state: 'on' }]);
    for (const limits of [
      { bpmLow: 10 },
      { bpmHigh: 400 },
      { bpmLow: 129 },
      { bpmLow: NaN },
      { batteryPct: 101 },
    ]) {
      press(s, { type: 'alarmLimits', limits });
      expect(s.of('refused').at(-1)).toMatchObject({ action: 'alarmLimits', by: 'host' });
      expect(s.of('refused').at(-1)?.why).toMatch(/: (choose|leave) /);
    }
    expect(s.session.state.alarmLimits).toMatchObject({ bpmLow: 100, bpmHigh: 130 });
  });
});

describe('the patient', () => {
  test('a child has other limits and energies, and keeps them over a lost link', () => {
    const s = story('sinus');
    s.wait(2);
    press(s, { type: 'patient', patient: 'child' });
    expect(s.session.state).toMatchObject({ patient: 'child', energyJ: 50, alarmLimits: { bpmLow: 75 } });
    s.rig.unplug();
    s.wait(2);
    s.rig.replug();
    s.wait(2);
    expect(s.session.state).toMatchObject({ link: 'up', energyJ: 50 });
  });

  test('AED: the first shock for a child is 50 J', () => {
    const s = story('vf', { session: { mode: 'aed' } });
    press(s, { type: 'patient', patient: 'child' });
    s.until(() => s.of('charged').length > 0, 30);
    expect(s.of('charged')[0]?.energyJ).toBe(50);
  });

  test('is not changed while charged, and the reason says what to do', () => {
    const s = story('sinus');
    s.wait(2);
    press(s, { type: 'charge' });
    s.until(() => s.session.state.therapy === 'ready', 15);
    press(s, { type: 'patient', patient: 'child' });
    expect(s.of('refused').at(-1)?.why).toMatch(/press DISARM/);
    expect(s.session.state).toMatchObject({ patient: 'adult', energyJ: 200, therapy: 'ready' });
  });
});

test('capture is seen from the wave: with enough current every beat is paced, without current none', () => {
  const s = story('asystole');
  s.wait(2);
  press(
    s,
    { type: 'paceSet', settings: { ratePpm: 80, currentMa: 0, mode: 'fixed' } },
    { type: 'pace', key: 'start' },
  );
  s.wait(8);
  expect(s.session.state.capture).toBe('none');
  press(s, { type: 'paceSet', settings: { currentMa: 120 } });
  s.wait(8);
  expect(s.session.state.capture).toBe('captured');
});
