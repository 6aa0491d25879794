/** `--faults` on every command with a cable: pulled plugs, broken parts, and how everybody comes back. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { FaultPlan } from '../../firmware-sim/fault-plan.ts';
import { profileByName } from '../../firmware-sim/profiles/index.ts';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { CableKit } from '../../src/app/cable/cable-kit.ts';
import { faultsOf } from '../../src/app/cable/cable-options.ts';
import { kitPair, Replug } from '../../src/app/cable/replug.ts';
import { runDevice } from '../../src/app/device/run-device.ts';
import { Cable } from '../../src/app/server/cable.ts';
import { LiveRun } from '../../src/app/server/live-run.ts';
import { LocalBox } from '../../src/app/server/local-box.ts';
import { RealTime } from '../../src/app/server/real-time.ts';
import { replayBox } from '../../src/app/trace/replay-box.ts';
import { parseTrace } from '../../src/app/trace/trace-line.ts';
import { UsageError } from '../../src/core/errors.ts';
import { Rng } from '../../src/core/rng.ts';
import type { SessionEvent } from '../../src/core/session-events.ts';
import { Session } from '../../src/session/session.ts';
import { S, story } from '../session/rig.ts';
import { LiveHost, until } from './device-kit.ts';

const open: { close(): void }[] = [];
afterEach(() => open.splice(0).forEach((thing) => thing.close()));
const folder = mkdtempSync(join(tmpdir(), 'rwave-faults-'));

/** A simulated patient with a session on a memory cable with these faults, on the simulated clock. */
function spoiled(faults: string, trace?: string) {
  let clock = (): number => 0;
  const spec = faultsOf(faults, { boxIsOurs: true });
  const options = { near: 'host' as const, spec, rng: new Rng('cable'), now: () => clock() };
  const kit = new CableKit({ ...options, ...(trace !== undefined && { trace }) });
  const told = story('vf', { makePair: () => kitPair(kit) });
  const { rig, box } = told;
  clock = () => rig.clock.now;
  const replug = new Replug(rig, kit);
  rig.actors.push(replug, new FaultPlan(spec.timed ?? [], (fault, on) => box.bench.setFault(fault, on)));
  const charged = () => {
    told.wait(2);
    told.session.operate({ type: 'charge' }, rig.clock.now);
    told.until(() => told.session.state.therapy === 'ready', 10);
    expect(told.session.state.therapy).toBe('ready');
  };
  return { ...told, kit, replug, charged };
}

describe('a plug that is pulled while the box is charged', () => {
  test('is tried again after 0.25 s, 0.5 s, 1 s, ...; a new session, the energy dumped, nothing armed', () => {
    const run = spoiled('unplug@12s:2s');
    run.charged();
    const before = run.session.device?.session;
    run.wait(12 - run.rig.clock.now / S + 0.1);
    expect(run.session.state).toMatchObject({ link: 'lost', therapy: 'disarming' });
    run.until(() => run.session.state.link === 'up', 10);
    // Tries at 12.25, 12.75, 13.75 and 15.75 s; the plug is in from 14 s on.
    expect(run.rig.clock.now / S).toBeGreaterThan(15.74);
    expect(run.rig.clock.now / S).toBeLessThan(15.8);
    expect(run.replug.reconnect.tries).toBe(4);
    expect(run.session.device?.session).not.toBe(before);
    run.wait(20);
    expect(run.session.state).toMatchObject({ link: 'up', therapy: 'standby' });
    expect(run.box.bench).toMatchObject({ state: 'standby', shocks: 0 });
    expect(run.box.bench.capacitorJ).toBeLessThan(1);
    expect(run.of('charged')).toHaveLength(1);
  });

  test('and in AED mode a new charge needs a new analysis of the new session', () => {
    const run = spoiled('unplug@20s:1s');
    run.session.operate({ type: 'mode', mode: 'aed' }, 0);
    run.until(() => run.session.state.therapy === 'ready', 19);
    expect(run.session.state.therapy).toBe('ready');
    run.wait(20 - run.rig.clock.now / S + 0.05);
    expect(run.session.state.therapy).toBe('disarming');
    run.until(() => run.session.state.link === 'up', 10);
    const upAt = run.rig.clock.now;
    run.until(() => run.session.state.therapy === 'charging', 30);
    expect(run.session.state.therapy).toBe('charging');
    expect((run.rig.clock.now - upAt) / S).toBeGreaterThan(2.5);
  });
});

describe('a broken box', () => {
  test('that reboots is met again in a new session, behind its garbage', () => {
    const run = spoiled('reboot@12s');
    run.charged();
    run.wait(12 - run.rig.clock.now / S + 4);
    expect(run.session.state).toMatchObject({ link: 'up', therapy: 'standby' });
    expect(run.of('link').map((e) => e.link)).toEqual(['up', 'lost', 'up']);
    expect(run.box.bench.capacitorJ).toBeLessThan(1);
  });

  test('that refuses everything lets a charge be taken away', () => {
    const run = spoiled('nakStorm@10s:5s');
    run.charged();
    run.wait(10 - run.rig.clock.now / S + 1);
    run.session.operate({ type: 'shock' }, run.rig.clock.now);
    run.wait(1);
    expect(run.of('refused').at(-1)).toMatchObject({ action: 'fire', by: 'box' });
    expect(run.box.bench.shocks).toBe(0);
    run.session.operate({ type: 'disarm' }, run.rig.clock.now);
    run.wait(3.5);
    expect(run.session.state.therapy).toBe('standby');
    expect(run.box.bench.capacitorJ).toBeLessThan(1);
  });

  test('that speaks another version is named, and found again when it is put right', () => {
    const run = spoiled('wrongVersion@5s:5s');
    run.wait(9);
    expect(run.session.state.link).toBe('lost');
    expect(run.of('link').at(-1)?.why).toContain('DSP/2');
    run.wait(4);
    expect(run.session.state.link).toBe('up');
  });

  test('whose pad comes off under way tells the fault, and the charge is gone', () => {
    const run = spoiled('looseContact@12s:6s');
    run.charged();
    run.wait(12 - run.rig.clock.now / S + 1);
    expect(run.of('fault')[0]).toMatchObject({ fault: 'contactLost', on: true });
    expect(run.session.state.therapy).not.toBe('ready');
    run.wait(7);
    expect(run.of('fault').at(-1)).toMatchObject({ fault: 'contactLost', on: false });
  });
});

test('one string, one seed: the same run to the byte, and written down', () => {
  const run = (file: string): string => {
    const path = join(folder, file);
    const told = spoiled('drop=1/40,flip=1/4000,delay=8ms,jitter=4ms,unplug@6s:1s,reboot@10s', path);
    told.wait(14);
    told.kit.close();
    return readFileSync(path, 'utf8');
  };
  const text = run('one.jsonl');
  expect(run('two.jsonl')).toBe(text);
  expect(text).toContain('"welcome"');
  expect(text.split('\n').length).toBeGreaterThan(300);
});

test('names what is expected: the cable alone where the box is not ours', () => {
  expect(() => faultsOf('reboot@5s', { boxIsOurs: false })).toThrow(UsageError);
  expect(() => faultsOf('reboot@5s', { boxIsOurs: false })).toThrow('a name of unplug, mute; found');
  expect(() => faultsOf('teapot@5s', { boxIsOurs: true })).toThrow('looseContact');
  expect(faultsOf('watchdog@5s:1s', { boxIsOurs: true }).timed).toHaveLength(1);
});

describe('the monitor', () => {
  function live(faults: string) {
    const rng = new Rng(3);
    const spec = faultsOf(faults, { boxIsOurs: true });
    const patient = new SimPatient({ rhythm: 'sinus', rng: rng.fork('patient') });
    let clock = (): number => 0;
    const kit = new CableKit({ near: 'host', spec, rng: rng.fork('cable'), now: () => clock() });
    const run = new LiveRun({
      session: new Session({ rng: rng.fork('session') }),
      hello: {} as never,
      local: new LocalBox({ patient, profile: profileByName('als'), rng: rng.fork('box') }),
      kit,
      faults: spec.timed ?? [],
    });
    clock = () => run.nowUs;
    const events: SessionEvent[] = [];
    run.onEvent = (event) => events.push(event);
    const pass = (seconds: number) => {
      for (const end = run.nowUs + seconds * S; run.nowUs < end;) run.advanceTo(run.nowUs + 10_000);
    };
    return { run, pass, links: () => events.flatMap((e) => (e.type === 'link' ? [e.link] : [])) };
  }

  test('connects again by itself after a pulled plug, not while the bench keeps it out', () => {
    const { run, pass, links } = live('unplug@3s:1s');
    pass(8);
    expect(links()).toEqual(['up', 'lost', 'up']);
    run.bench({ type: 'plug', on: false });
    pass(5);
    expect(run.status()).toMatchObject({ link: 'lost', bench: { plugged: false } });
    run.bench({ type: 'plug', on: true });
    pass(1);
    expect(run.status().link).toBe('up');
  });

  test('shows what breaks in the box', () => {
    const { run, pass } = live('heldButton@1s:10s');
    pass(8);
    expect(run.status().faults).toEqual(['stuckButton']);
    pass(5);
    expect(run.status().faults).toEqual([]);
  });
});

describe('on a real cable', () => {
  test('a box that is unplugged for half a second is found again, and its trace runs again byte for byte', async () => {
    const trace = join(folder, 'box.jsonl');
    const device = await runDevice({
      transport: { kind: 'tcp', port: 0 },
      seed: 2,
      profile: 'als',
      rhythm: 'sinus',
      controlPort: 0,
      faults: 'unplug@1200ms:500ms,noR@500ms:200ms',
      trace,
    });
    open.push(device);
    const run = new LiveRun({ session: new Session({ rng: new Rng('host') }), hello: {} as never });
    const links: string[] = [];
    run.onEvent = (event) => {
      if (event.type === 'link') links.push(event.link);
    };
    const clock = new RealTime((now) => run.advanceTo(now));
    open.push({ close: () => clock.stop() });
    const cable = new Cable((device.about as { address: string }).address, run, clock);
    open.push(cable);
    await cable.open();
    await until('the second link', () => links.filter((l) => l === 'up').length === 2);
    expect(links).toEqual(['up', 'lost', 'up']);
    device.close();
    const { header, lines } = parseTrace(readFileSync(trace, 'utf8'), trace);
    expect(lines.filter((line) => 'bench' in line)).toHaveLength(2);
    expect(replayBox(header, lines)).toMatchObject({ same: true });
  });

  test('a cable that cuts every packet into single bytes, in bursts of 16 ms, is only slow', async () => {
    const device = await runDevice({
      transport: { kind: 'tcp', port: 0 },
      seed: 2,
      profile: 'als',
      rhythm: 'sinus',
      controlPort: 0,
      faults: 'split=bytes,burst=16ms',
    });
    open.push(device);
    const host = await LiveHost.connect((device.about as { address: string }).address);
    open.push({ close: () => host.stop() });
    await until('a second of wave', () => host.received >= 500);
    expect(host.lost).toBe(0);
  });
});
