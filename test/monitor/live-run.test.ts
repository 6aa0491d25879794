/** The run behind the page, on simulated time: the whole path from patient to status without a browser. */
import { beforeEach, describe, expect, test } from 'vitest';
import { profileByName } from '../../firmware-sim/profiles/index.ts';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { LiveRun } from '../../src/app/server/live-run.ts';
import { LocalBox } from '../../src/app/server/local-box.ts';
import { Rng } from '../../src/core/rng.ts';
import type { SessionEvent } from '../../src/core/session-events.ts';
import { Session } from '../../src/session/session.ts';

const SECOND = 1_000_000;

class Stage {
  readonly events: SessionEvent[] = [];
  readonly run: LiveRun;
  samples = 0;
  private now = 0;

  constructor(rhythm: string) {
    const rng = new Rng(7);
    const patient = new SimPatient({ rhythm, rng: rng.fork('patient'), shockSucceeds: 'always' });
    this.run = new LiveRun({
      session: new Session({ rng: rng.fork('session') }),
      hello: {
        type: 'hello',
        screen: 1,
        version: '',
        seed: '7',
        language: 'en',
        source: { kind: 'rhythm', name: rhythm },
        rhythms: [],
        glossary: {},
      },
      local: new LocalBox({ patient, profile: profileByName('als'), rng: rng.fork('box') }),
    });
    this.run.onEvent = (event) => this.events.push(event);
    this.run.onWave = (wave) => (this.samples += wave.n);
  }

  /** In steps of 10 ms, as the real clock does it. */
  pass(seconds: number): void {
    for (const end = this.now + seconds * SECOND; this.now < end;) this.run.advanceTo((this.now += 10_000));
  }

  types(): string[] {
    return this.events.map((e) => e.type);
  }
}

describe('a live run', () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage('vf');
    stage.pass(2);
  });

  test('shows a linked box, its leads and energies, and a wave of 500 samples a second', () => {
    const status = stage.run.status();
    expect(status.link).toBe('up');
    expect(status.device?.leadNames[0]).toBe('pads');
    expect(status.energiesJ).toContain(200);
    expect(stage.samples).toBeGreaterThan(1.8 * 500);
    expect(stage.samples).toBeLessThanOrEqual(2 * 500);
  });

  test('lights the keys as the therapy table says, with the reason for the dark ones', () => {
    expect(stage.run.status().dead.charge).toBeUndefined();
    expect(stage.run.status().dead.shock).toContain('charge');
    stage.run.operate({ type: 'charge' });
    stage.pass(8);
    expect(stage.run.status().therapy).toBe('ready');
    expect(stage.run.status().dead.shock).toBeUndefined();
    expect(stage.run.status().disarmsInS).toBeLessThanOrEqual(60);
    expect(stage.run.status().disarmsInS).toBeGreaterThan(50);
    expect(stage.run.status().dead.charge).toContain('already charged');
  });

  test('a refused key changes nothing and says why', () => {
    stage.run.operate({ type: 'shock' });
    expect(stage.events.at(-1)).toMatchObject({ type: 'refused', action: 'shock', by: 'host' });
    expect(stage.run.status().shocks).toBe(0);
  });

  test('CHARGE and SHOCK reach the patient', () => {
    stage.run.operate({ type: 'charge' });
    stage.pass(8);
    stage.run.operate({ type: 'shock' });
    stage.pass(6);
    const shock = stage.events.find((e) => e.type === 'shock');
    expect(shock?.deliveredJ).toBeGreaterThan(170);
    expect(shock?.deliveredJ).toBeLessThan(230);
    expect(stage.run.status().bench?.rhythm).toBe('sinus');
  });

  test('a pulled cable takes the charge away; plugged in again everything starts from standby', () => {
    stage.run.operate({ type: 'charge' });
    stage.pass(8);
    stage.run.bench({ type: 'plug', on: false });
    stage.pass(2);
    expect(stage.run.status().link).toBe('lost');
    expect(stage.run.status().heartRate).toBeNull();
    expect(stage.run.status().dead.shock).toBeDefined();
    stage.run.bench({ type: 'plug', on: true });
    stage.pass(5);
    expect(stage.run.status()).toMatchObject({ link: 'up', therapy: 'standby', shocks: 0 });
    expect(stage.types()).not.toContain('shock');
  });

  test('pads off: no heart rate, no charge', () => {
    stage.run.bench({ type: 'pads', on: false });
    stage.pass(3);
    expect(stage.run.status()).toMatchObject({ leadsOff: true, heartRate: null });
    expect(stage.run.status().dead.charge).toContain('pads');
  });

  test('what the bench cannot do is told, and changes nothing', () => {
    stage.run.bench({ type: 'rhythm', rhythm: 'tango' });
    expect(stage.run.status().bench).toMatchObject({ rhythm: 'vf' });
    expect(stage.run.status().bench?.problem).toContain('unknown rhythm "tango"');
    stage.run.bench({ type: 'rhythm', rhythm: 'af' });
    expect(stage.run.status().bench).toMatchObject({ rhythm: 'af', problem: '' });
  });

  test('a box elsewhere without a bench channel has no bench here', () => {
    const remote = new LiveRun({ session: new Session(), hello: stage.run.hello() });
    remote.bench({ type: 'rhythm', rhythm: 'vf' });
    expect(remote.status().bench).toBeNull();
  });
});
