import { describe, expect, test, vi } from 'vitest';
import type { OperatorAction } from '../../src/core/session-events.ts';
import type { SessionOptions } from '../../src/session/session.ts';
import type { Story } from './rig.ts';
import { story } from './rig.ts';

/** Minutes of simulated time, on a machine that has other things to do. */
vi.setConfig({ testTimeout: 60_000 });

function press(s: Story, ...actions: OperatorAction[]): void {
  for (const action of actions) s.session.operate(action, s.rig.clock.now);
}

function paced(
  session: SessionOptions = {},
  mode: 'fixed' | 'demand' = 'fixed',
): { s: Story; pulses: () => number } {
  const s = story('asystole', { session });
  let pulses = 0;
  const pace = s.patient.pace.bind(s.patient);
  s.patient.pace = (pulse) => {
    pulses++;
    pace(pulse);
  };
  s.wait(2);
  press(
    s,
    { type: 'paceSet', settings: { ratePpm: 80, currentMa: 120, mode } },
    { type: 'pace', key: 'start' },
  );
  return { s, pulses: () => pulses };
}

describe('pacing over the wire', () => {
  test('80 a minute are 80 a minute, and the captured beats are counted from the wave', () => {
    const { s, pulses } = paced();
    s.wait(30);
    expect(s.of('pacing')).toMatchObject([{ pacing: 'pacing', ratePpm: 80, currentMa: 120 }]);
    expect(pulses()).toBeGreaterThanOrEqual(39);
    expect(pulses()).toBeLessThanOrEqual(40);
    expect(Math.abs(s.session.state.heartRateBpm - 80)).toBeLessThanOrEqual(3);
  });

  test('on demand, a heart that is silent but for its paced beats goes on being paced', () => {
    const { s, pulses } = paced({}, 'demand');
    s.wait(30);
    expect(pulses()).toBeGreaterThanOrEqual(39);
    expect(Math.abs(s.session.state.heartRateBpm - 80)).toBeLessThanOrEqual(3);
  });

  test('a pause stops the pulses and ends by itself after 10 s', () => {
    const { s, pulses } = paced();
    s.wait(5);
    press(s, { type: 'pace', key: 'pause' });
    s.wait(0.1);
    const before = pulses();
    s.wait(9);
    expect(pulses()).toBe(before);
    s.wait(4);
    expect(pulses()).toBeGreaterThan(before);
  });

  test('SYNC is refused while pacing; CHARGE stops the pacer, and SHOCK is delivered', () => {
    const { s, pulses } = paced();
    s.wait(3);
    press(s, { type: 'sync', on: true });
    expect(s.of('refused').at(-1)?.why).toMatch(/pacer is on/);
    press(s, { type: 'charge' });
    s.until(() => s.session.state.therapy === 'ready', 15);
    expect(s.session.state.pacing).toBe('off');
    const before = pulses();
    press(s, { type: 'shock' });
    s.wait(3);
    expect(s.box.bench.shocks).toBe(1);
    expect(pulses()).toBe(before);
  });

  test('link lost: the box paces on; when the link is back the host has it in hand again', () => {
    const { s, pulses } = paced();
    s.wait(3);
    s.rig.unplug();
    const before = pulses();
    s.wait(10);
    expect(pulses()).toBeGreaterThan(before + 10);
    s.rig.replug();
    s.wait(3);
    expect(s.session.state.pacing).toBe('pacing');
    press(s, { type: 'pace', key: 'stop' });
    s.wait(0.2);
    const stopped = pulses();
    s.wait(5);
    expect(pulses()).toBe(stopped);
  });

  test('with pacingOnLinkLoss stop the host stops it when the link is back', () => {
    const { s, pulses } = paced({ pacingOnLinkLoss: 'stop' });
    s.wait(3);
    s.rig.unplug();
    s.wait(3);
    s.rig.replug();
    s.wait(3);
    expect(s.session.state.pacing).toBe('off');
    const before = pulses();
    s.wait(5);
    expect(pulses()).toBe(before);
  });

  test('pads off: the pacer stops and does not start again by itself', () => {
    const { s, pulses } = paced();
    s.wait(3);
    s.box.bench.setPads(false);
    s.wait(3);
    expect(s.session.state.pacing).toBe('off');
    const before = pulses();
    s.box.bench.setPads(true);
    s.wait(5);
    expect(pulses()).toBe(before);
    expect(s.of('pacing').at(-1)?.pacing).toBe('off');
  });
});
