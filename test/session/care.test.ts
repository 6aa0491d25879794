/** What the host does for the person at the panel, over every byte between: plan, source, delay, guideline, cuff. */
import { describe, expect, test, vi } from 'vitest';
import { guidelineById } from '../../src/guidance/editions/index.ts';
import type { OperatorAction } from '../../src/core/session-events.ts';
import type { Story } from './rig.ts';
import { story } from './rig.ts';

/** Minutes of simulated time, on a machine that has other things to do. */
vi.setConfig({ testTimeout: 60_000 });

function press(s: Story, ...actions: OperatorAction[]): void {
  for (const action of actions) s.session.operate(action, s.rig.clock.now);
}

function shock(s: Story): void {
  const before = s.of('shock').length;
  press(s, { type: 'charge' });
  s.until(() => s.session.state.therapy === 'ready', 15);
  press(s, { type: 'shock' });
  s.until(() => s.of('shock').length > before && s.session.state.therapy === 'standby', 15);
}

describe('the energy plan', () => {
  test('after each shock the next energy is proposed, not selected; the hand takes it, or another', () => {
    const s = story('vf', { patient: { shockSucceeds: 'never' } });
    s.wait(2);
    expect(s.of('plan')).toMatchObject([{ guideline: 'rwave ALS', energiesJ: [200, 300, 360] }]);
    shock(s);
    expect(s.of('proposal')).toMatchObject([{ shocks: 1, energyJ: 300 }]);
    expect(s.session.state).toMatchObject({ energyJ: 200, proposedJ: 300, lastShock: { n: 1 } });
    press(s, { type: 'selectEnergy', energyJ: 325 });
    expect(s.session.state).toMatchObject({ energyJ: 325, proposedJ: undefined });
    shock(s);
    expect(s.of('proposal').at(-1)).toMatchObject({ shocks: 2, energyJ: 360 });
    press(s, { type: 'patient', patient: 'child' });
    expect(s.session.state.proposedJ).toBeUndefined();
    expect(s.of('plan').at(-1)?.energiesJ).toEqual([50]);
  });

  test('the guideline decides: ERC 2021 begins the AED at 150 J, and its prompt has its numbers', () => {
    const s = story('vf', {
      session: { mode: 'aed', guideline: guidelineById('erc-2021'), cprMs: 30_000 },
      patient: { shockSucceeds: 'never' },
    });
    s.until(() => s.session.whyNot({ type: 'shock' }, s.rig.clock.now) === undefined, 30);
    press(s, { type: 'shock' });
    s.wait(1);
    expect(s.of('shock')[0]).toMatchObject({ selectedJ: 150 });
    expect(s.of('prompt').find((p) => p.name === 'delivered')?.text).toMatch(/5-6 cm.+100-120.+30 sec/);
    expect(s.of('proposal')).toEqual([]);
  });

  test('AHA 2025 announces the next analysis 15 s before', () => {
    const guideline = guidelineById('aha-2025');
    const s = story('vf', { session: { mode: 'aed', guideline }, patient: { shockSucceeds: 'never' } });
    s.until(() => s.session.whyNot({ type: 'shock' }, s.rig.clock.now) === undefined, 30);
    press(s, { type: 'shock' });
    s.until(() => s.of('prompt').at(-1)?.name === 'analysing' && s.of('shock').length > 0, 130);
    const at = (name: string): number => s.of('prompt').findLast((p) => p.name === name)?.t ?? NaN;
    expect(at('analysing') - at('analysisSoon')).toBeCloseTo(15, 1);
    expect(at('analysing') - at('delivered')).toBeCloseTo(120, 1);
  });
});

describe('the AED waits and says why', () => {
  test.each([
    ['cpr', undefined, 'compressions'],
    ['muscle', 2, 'interference'],
  ] as const)('%s: %s', (artifact, mv, why) => {
    const s = story('sinus', { session: { mode: 'aed', language: 'de' } });
    s.wait(6);
    s.patient.setArtifact(artifact, mv);
    s.until(() => s.session.state.delay === why, 40);
    expect(s.session.state.delay).toBe(why);
    const told = s.of('delay').findLast((d) => d.why === why);
    expect(told?.text).toMatch(/keine Analyse möglich/);
    s.patient.setArtifact(artifact, 0);
    s.until(() => s.session.state.delay === 'none', 20);
    expect(s.of('delay').at(-1)).toMatchObject({ why: 'none', text: '' });
    expect(s.of('charged')).toEqual([]);
  });

  test('motion holds a shock up and says so; when it is over, the shock is advised', () => {
    const s = story('vf', { session: { mode: 'aed' }, patient: { artifacts: { motion: 12 } } });
    s.until(() => s.session.state.delay === 'motion', 20);
    expect(s.session.state.delay).toBe('motion');
    expect(s.of('delay').at(-1)?.text).toMatch(/Stop moving the patient/);
    s.patient.setArtifact('motion', 0);
    s.wait(8);
    s.until(() => s.session.whyNot({ type: 'shock' }, s.rig.clock.now) === undefined, 30);
    expect(s.session.state.delay).toBe('none');
    expect(s.session.state.therapy).toBe('ready');
  });

  test('electrodes off but the pads: leads of the box are told as such', () => {
    const s = story('vf', { session: { mode: 'aed' } });
    s.wait(5);
    s.box.bench.setPads(false);
    s.wait(3);
    expect(s.session.state.aed).toBe('padsOff');
    expect(s.session.state.delay).toBe('none');
  });
});

describe('a child', () => {
  /** Beats of 40 ms every `rrMs`, 1 mV high, whatever the heart does. */
  function beatEvery(s: Story, rrMs: number): void {
    const rr = rrMs / 2;
    let at = 0;
    s.patient.render = (out, n) => {
      for (let i = 0; i < n; i++, at++) {
        const fromPeak = Math.abs((at % rr) - 20);
        for (const lead of out) lead[i] = Math.max(0, 1 - fromPeak / 10);
      }
      return n;
    };
  }

  test.each([
    ['adult', false],
    ['child', true],
  ] as const)('%s: a heart at 316 /min is counted beat by beat: %s', (patient, all) => {
    const s = story('sinus');
    s.wait(4);
    press(s, { type: 'patient', patient });
    beatEvery(s, 190);
    s.wait(4);
    const { sample } = s.session.state;
    s.wait(10);
    const beats = s.of('beat').filter((b) => b.sample > sample).length;
    expect(beats >= 47).toBe(all);
    if (all) expect(s.session.state.heartRateBpm).toBeCloseTo(316, -1);
  });

  test('has its own limits, on the same stream', () => {
    const s = story('sinus', { patient: { ratePerMin: 110 } });
    s.wait(8);
    press(s, { type: 'patient', patient: 'child' });
    s.wait(8);
    expect(Math.abs(s.session.state.heartRateBpm - 110)).toBeLessThanOrEqual(3);
    expect(s.session.state.alarmLimits).toMatchObject({ bpmHigh: 160, systolicHigh: 120 });
    expect(s.of('gap')).toEqual([]);
  });
});

describe('the source', () => {
  test('ECG: lead II is analysed and triggers SYNC; back to the pads', () => {
    const s = story('sinus');
    s.wait(4);
    press(s, { type: 'source', source: 'ecg' }, { type: 'sync', on: true });
    s.wait(8);
    expect(s.session.state).toMatchObject({ source: 'ecg', syncSeesR: true });
    expect(Math.abs(s.session.state.heartRateBpm - 75)).toBeLessThanOrEqual(3);
    s.box.bench.setLead('II', false);
    s.wait(3);
    expect(s.session.state.alarms).toContain('leadOff');
    expect(s.session.state.syncSeesR).toBe(false);
    press(s, { type: 'source', source: 'pads' });
    s.wait(8);
    expect(s.session.state).toMatchObject({ source: 'pads', syncSeesR: true });
    expect(s.session.state.alarms).not.toContain('leadOff');
  });

  test('SpO2 gives the pulse rate, and nothing when the sensor is off: no old number, no other source', () => {
    const s = story('sinus', { session: { vitals: true } });
    s.wait(6);
    press(s, { type: 'source', source: 'spo2' });
    expect(s.session.state.heartRateBpm).toBeCloseTo(74, -1);
    s.box.bench.setSensor('spo2', false);
    s.wait(3);
    expect(s.session.state.heartRateBpm).toBeNaN();
    expect(s.session.whyNot({ type: 'source', source: 'spo2' }, s.rig.clock.now)).toMatch(/attach the SpO2/);
  });

  test('refused with what to do: no oximeter, AED mode, a shock that waits for its R', () => {
    const s = story('asystole');
    s.wait(3);
    press(s, { type: 'source', source: 'spo2' });
    expect(s.of('refused').at(-1)).toMatchObject({ action: 'source', by: 'host' });
    press(s, { type: 'mode', mode: 'aed' }, { type: 'source', source: 'ecg' });
    expect(s.of('refused').at(-1)?.why).toMatch(/switch to manual mode/);
    expect(s.session.state.source).toBe('pads');
  });

  test('AED mode goes back to the pads', () => {
    const s = story('sinus');
    s.wait(3);
    press(s, { type: 'source', source: 'ecg' }, { type: 'mode', mode: 'aed' });
    expect(s.session.state.source).toBe('pads');
  });
});

describe('vital signs', () => {
  test('the cuff is inflated by its key; without sensors the key says why not', () => {
    const s = story('sinus', { session: { vitals: true } });
    s.wait(3);
    press(s, { type: 'nibp', start: true, everyS: 0 });
    s.wait(30);
    const { signs } = s.session.state;
    expect(signs?.systolicMmHg).toBeGreaterThan(100);
    expect(signs?.pressureAgeS).toBeLessThan(6);
    expect(s.session.whyNot({ type: 'nibp', start: true, everyS: 30 }, s.rig.clock.now)).toMatch(
      /60 s or more/,
    );
    const bare = story('sinus');
    bare.wait(3);
    press(bare, { type: 'nibp', start: true, everyS: 0 });
    expect(bare.of('refused').at(-1)).toMatchObject({ action: 'nibp', by: 'host' });
  });

  test('what was measured before the link was lost is not shown any more', () => {
    const s = story('sinus', { session: { vitals: true } });
    s.wait(5);
    expect(s.session.state.signs?.spo2Pct).toBe(98);
    s.rig.unplug();
    s.wait(4);
    expect(s.session.state.signs).toBeUndefined();
    s.rig.replug();
    s.wait(0.1);
    expect(s.session.state.signs).toBeUndefined();
    s.wait(5);
    expect(s.session.state.signs?.spo2Pct).toBe(98);
  });
});
