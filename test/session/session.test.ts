import { describe, expect, test, vi } from 'vitest';
import { memoryPair } from '../../src/link/memory.ts';
import { Rng } from '../../src/core/rng.ts';
import { S, story } from './rig.ts';

/** Minutes of simulated time, on a machine that has other things to do. */
vi.setConfig({ testTimeout: 60_000 });

describe('a session', () => {
  test('finds the box, gets its wave without gaps, counts the heart', () => {
    const s = story('sinus');
    let samples = 0;
    let next = -1;
    s.session.onWave = (wave) => {
      if (next >= 0) expect(wave.firstSample).toBe(next);
      next = wave.firstSample + wave.n;
      samples += wave.n;
      expect(wave.leadNames[0]).toBe('pads');
    };
    s.wait(12);
    const { state } = s.session;
    expect(state.link).toBe('up');
    expect(s.session.device).toMatchObject({ model: 'rwave ALS', simulated: true });
    expect(samples).toBeGreaterThan(11.5 * (s.session.device?.fs ?? 0));
    expect(state.heartRateBpm).toBeGreaterThan(50);
    expect(state.heartRateBpm).toBeLessThan(100);
    expect(s.of('gap')).toEqual([]);
  });

  test('CHARGE and SHOCK: the selected energy reaches the patient once and is told once', () => {
    const s = story('vf');
    s.wait(1);
    s.session.operate({ type: 'selectEnergy', energyJ: 150 }, s.rig.clock.now);
    s.session.operate({ type: 'charge' }, s.rig.clock.now);
    s.until(() => s.session.state.therapy === 'ready', 15);
    s.session.operate({ type: 'shock' }, s.rig.clock.now);
    s.wait(5);
    expect(s.box.bench.shocks).toBe(1);
    expect(s.of('shock')).toHaveLength(1);
    expect(s.of('shock')[0]).toMatchObject({ synchronized: false, selectedJ: 150 });
    expect(s.of('shock')[0].deliveredJ).toBeGreaterThan(127);
    expect(s.session.state.therapy).toBe('standby');
    expect(s.box.bench.state).toBe('standby');
  });

  test('SHOCK when nothing is charged: refused, and nothing changes on either side', () => {
    const s = story('vf');
    s.wait(1);
    s.session.operate({ type: 'shock' }, s.rig.clock.now);
    s.wait(2);
    expect(s.of('refused')).toMatchObject([{ action: 'shock', state: 'standby', by: 'host' }]);
    expect(s.of('state')).toEqual([]);
    expect(s.box.bench.shocks).toBe(0);
    expect(s.box.bench.state).toBe('standby');
  });

  test('unplugged while charged: both sides say so, the box dumps in time, and nothing is armed again', () => {
    const s = story('vf');
    s.wait(1);
    s.session.operate({ type: 'charge' }, s.rig.clock.now);
    s.until(() => s.session.state.therapy === 'ready', 15);
    s.rig.unplug();
    s.wait(0.001);
    expect(s.session.state).toMatchObject({ link: 'lost', therapy: 'disarming' });
    expect(s.of('prompt').at(-1)?.text).toMatch(/Link lost/);
    s.wait(1.049);
    expect(s.box.bench.dumpRelayOn).toBe(true);
    s.wait(3);
    expect(s.box.bench.capacitorJ).toBeLessThan(1);
    s.rig.replug();
    s.wait(2);
    expect(s.session.state).toMatchObject({ link: 'up', therapy: 'standby' });
    expect(s.box.bench.state).toBe('standby');
    expect(s.of('charged')).toHaveLength(1);
    // The box's own word for it arrives with the new session.
    expect(s.of('disarmed')).toHaveLength(1);
  });

  test('a box that falls silent: stale at 0.6 s with SHOCK dead, lost at 1 s and disarmed', () => {
    const s = story('vf');
    s.wait(1);
    s.session.operate({ type: 'charge' }, s.rig.clock.now);
    s.until(() => s.session.state.therapy === 'ready', 15);
    s.session.onSend = () => undefined;
    const { now } = s.rig.clock;
    let stale: number | undefined;
    // Nothing arrives any more, and nobody closed the cable.
    s.session.receive = () => undefined;
    s.until(() => {
      if (s.session.state.link === 'stale') stale ??= s.rig.clock.now - now;
      return s.session.state.link === 'lost';
    }, 3);
    expect(stale).toBeGreaterThan(0.3 * S);
    // The rig looks up at every wake-up, some 10 ms apart.
    expect(stale).toBeLessThanOrEqual(0.62 * S);
    expect(s.rig.clock.now - now).toBeLessThanOrEqual(1.02 * S);
    expect(s.session.state.therapy).toBe('disarming');
    s.wait(1.1);
    expect(s.box.bench.dumpRelayOn).toBe(true);
  });

  test('AED: analyses, charges in silence, advises, and the next analysis follows', () => {
    const s = story('vf', {
      session: { mode: 'aed', cprMs: 10_000 },
      patient: { shockSucceeds: 'never' },
    });
    s.until(() => s.session.whyNot({ type: 'shock' }, s.rig.clock.now) === undefined, 30);
    expect(s.session.state).toMatchObject({ therapy: 'ready', aed: 'shockReady' });
    expect(s.box.bench.shocks).toBe(0);
    s.session.operate({ type: 'shock' }, s.rig.clock.now);
    s.wait(0.2);
    expect(s.box.bench.shocks).toBe(1);
    expect(s.session.state.aed).toBe('cpr');
    const shockAt = s.rig.clock.now;
    s.until(() => s.session.state.aed === 'shockReady', 40);
    expect(s.rig.clock.now - shockAt).toBeGreaterThan(10 * S);
    expect(s.session.state.energyJ).toBe(300);
  });

  test('AED on a sinus rhythm: no charge, CHARGE and SHOCK are refused with what to do', () => {
    const s = story('sinus', { session: { mode: 'aed' } });
    s.wait(30);
    s.session.operate({ type: 'charge' }, s.rig.clock.now);
    s.session.operate({ type: 'shock' }, s.rig.clock.now);
    expect(s.of('refused').map((e) => e.action)).toEqual(['charge', 'shock']);
    expect(s.of('charged')).toEqual([]);
    expect(s.of('state')).toEqual([]);
  });

  test('SYNC: three markers of the box, then SHOCK waits for the next R and comes within 60 ms of it', () => {
    const s = story('sinus');
    s.wait(4);
    s.session.operate({ type: 'sync', on: true }, s.rig.clock.now);
    s.session.operate({ type: 'charge' }, s.rig.clock.now);
    s.until(() => s.session.state.therapy === 'ready' && s.session.state.syncSeesR, 15);
    expect(s.of('sync').length).toBeGreaterThanOrEqual(3);
    s.session.operate({ type: 'shock' }, s.rig.clock.now);
    expect(s.session.state.therapy).toBe('awaitingR');
    s.until(() => s.of('shock').length > 0, 3);
    const [shock] = s.of('shock');
    expect(shock.synchronized).toBe(true);
    expect(shock.rToShockMs).toBeGreaterThan(0);
    expect(shock.rToShockMs).toBeLessThan(60);
  });

  test('SYNC on asystole: no markers, SHOCK refused; never asynchronous', () => {
    const s = story('asystole');
    s.wait(1);
    s.session.operate({ type: 'sync', on: true }, s.rig.clock.now);
    s.session.operate({ type: 'charge' }, s.rig.clock.now);
    s.until(() => s.session.state.therapy === 'ready', 15);
    s.session.operate({ type: 'shock' }, s.rig.clock.now);
    s.wait(2);
    expect(s.of('refused').at(-1)?.why).toMatch(/SYNC sees no regular R markers/);
    expect(s.box.bench.shocks).toBe(0);
  });

  test('pads off while charged: disarmed on both sides, CHARGE refused until they are on', () => {
    const s = story('vf');
    s.wait(1);
    s.session.operate({ type: 'charge' }, s.rig.clock.now);
    s.until(() => s.session.state.therapy === 'ready', 15);
    s.box.bench.setPads(false);
    s.wait(4);
    expect(s.session.state).toMatchObject({ therapy: 'standby', padsOff: true });
    s.session.operate({ type: 'charge' }, s.rig.clock.now);
    expect(s.of('refused').at(-1)?.why).toMatch(/pads are off/);
    s.box.bench.setPads(true);
    s.wait(2);
    expect(s.session.whyNot({ type: 'charge' }, s.rig.clock.now)).toBeUndefined();
  });

  test.each(['whole', 'bytes', 'random'] as const)('a cable that delivers %s: the same story', (chunk) => {
    const s = story('vf', { makePair: () => memoryPair({ chunk, rng: new Rng('cut') }) });
    s.wait(1);
    s.session.operate({ type: 'charge' }, s.rig.clock.now);
    s.until(() => s.session.state.therapy === 'ready', 15);
    s.session.operate({ type: 'shock' }, s.rig.clock.now);
    s.wait(4);
    expect(s.events.map((e) => e.type).filter((t) => t === 'shock' || t === 'charged')).toEqual([
      'charged',
      'shock',
    ]);
    expect(s.of('gap')).toEqual([]);
  });

  test('the same seed tells the same story, byte for byte', () => {
    const run = (seed: string): string => {
      const s = story('vf', { seed, session: { mode: 'aed' } });
      s.wait(20);
      return s.events.map((e) => JSON.stringify(e)).join('\n');
    };
    expect(run('a')).toBe(run('a'));
    expect(run('a')).not.toBe(run('b'));
  });
});
