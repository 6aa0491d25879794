import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.ts';
import { openLink } from '../../src/link/open.ts';
import { runDevice } from '../../src/app/device/run-device.ts';
import type { DeviceOptions, RunningDevice, Transport } from '../../src/app/device/run-device.ts';
import { HAS_PTY, PTY_NOTE } from '../link/pairs.ts';
import { BenchClient, LiveHost, until } from './device-kit.ts';

const open: { close(): void }[] = [];
afterEach(() => open.splice(0).forEach((thing) => thing.close()));

async function start(transport: Transport, options: Partial<DeviceOptions> = {}) {
  const device: RunningDevice = await runDevice({
    transport,
    seed: 1,
    profile: 'als',
    rhythm: 'vf',
    controlPort: 0,
    faults: '',
    ...options,
  });
  open.push(device);
  return device.about as Record<string, string>;
}

async function bench(about: Record<string, string>): Promise<BenchClient> {
  const client = await BenchClient.connect(about['control']);
  open.push(client);
  return client;
}

/** A host that has shaken hands, and a box that is through its self-test of half a second. */
async function host(about: Record<string, string>): Promise<LiveHost> {
  const live = await LiveHost.connect(about['address']);
  open.push({ close: () => live.stop() });
  await until('the self-test', () => live.received > 350);
  return live;
}

function tellsItsStory(name: string, transport: () => Transport): void {
  describe(name, () => {
    test('says where it is and what it is, simulated', async () => {
      const about = await start(transport());
      expect(about).toMatchObject({ model: 'rwave ALS', protocol: 'DSP/1', simulated: true });
      expect(about['address']).toMatch(/^(pty|tcp):/);
      expect(about['control']).toMatch(/^tcp:127\.0\.0\.1:\d+$/);
    });

    test('charges and delivers one shock over the real protocol, and the bench sees it', async () => {
      const about = await start(transport());
      const desk = await bench(about);
      const live = await host(about);
      const { session } = live;
      session.operate({ type: 'selectEnergy', energyJ: 30 }, live.now);
      session.operate({ type: 'charge' }, live.now);
      await until('charged', () => live.event('charged') !== undefined);
      expect(await desk.ask({ do: 'getState' })).toMatchObject({ ok: true, state: 'ready', shocks: 0 });
      session.operate({ type: 'shock' }, live.now);
      await until('the shock', () => live.event('shock') !== undefined);
      expect(live.event('shock')).toMatchObject({ selectedJ: 30, synchronized: false });
      expect(await desk.ask({ do: 'getState' })).toMatchObject({ shocks: 1 });
      expect(desk.news.map((n) => n['news'])).toContain('shock');
      expect(live.lost).toBe(0);
    });

    test('dumps its charge after the cable is pulled, and comes back disarmed', async () => {
      const about = await start(transport());
      const desk = await bench(about);
      const live = await host(about);
      live.session.operate({ type: 'selectEnergy', energyJ: 30 }, live.now);
      live.session.operate({ type: 'charge' }, live.now);
      await until('charged', () => live.event('charged') !== undefined);
      expect(await desk.ask({ do: 'unplug', ms: 100 })).toMatchObject({ ok: true });
      const pulledAt = performance.now();
      let state = await desk.ask({ do: 'getState' });
      while (state['dumpRelay'] !== true && performance.now() - pulledAt < 3000) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        state = await desk.ask({ do: 'getState' });
      }
      expect(state).toMatchObject({ dumpRelay: true, shocks: 0 });
    });
  });
}

tellsItsStory('a box on TCP', () => ({ kind: 'tcp', port: 0 }));
describe.skipIf(!HAS_PTY)(`on this machine's pseudo-terminals${PTY_NOTE}`, () => {
  tellsItsStory('a box on a pseudo-terminal', () => ({ kind: 'pty' }));

  test('keeps its name over a pulled plug, and leaves none behind', async () => {
    const link = join(mkdtempSync(join(tmpdir(), 'rwave-')), 'box');
    const device = await runDevice({
      transport: { kind: 'pty', link },
      seed: 1,
      profile: 'als',
      rhythm: 'sinus',
      controlPort: 0,
      faults: '',
    });
    const desk = await BenchClient.connect((device.about as { control: string }).control);
    expect(existsSync(link)).toBe(true);
    await desk.ask({ do: 'unplug', ms: 50 });
    expect(existsSync(link)).toBe(false);
    await until('the plug', () => existsSync(link));
    desk.close();
    device.close();
    expect(existsSync(link)).toBe(false);
  });

  test('answers lines to any terminal program', async () => {
    const about = await start({ kind: 'pty' });
    const link = await openLink(about['address']);
    open.push(link);
    let heard = '';
    link.onBytes = (bytes) => (heard += new TextDecoder().decode(bytes));
    link.write(new TextEncoder().encode('IDENT\r'));
    await until('the answer', () => heard.includes('\n'));
    expect(heard).toContain('SIMULATED');
  });
});

describe('the bench channel', () => {
  test('changes the rhythm, and says what is wrong with a request', async () => {
    const about = await start({ kind: 'tcp', port: 0 });
    const desk = await bench(about);
    expect(await desk.ask({ do: 'setRhythm', rhythm: 'asystole' })).toMatchObject({ ok: true });
    expect(await desk.ask({ do: 'getState' })).toMatchObject({ rhythm: 'asystole' });
    expect(await desk.ask({ do: 'setRhythm', rhythm: 'samba' })).toMatchObject({ ok: false });
    expect(await desk.ask({ do: 'setRhythm', rhythm: 'vt', ratePerMin: 200 })).toMatchObject({ ok: true });
    expect(await desk.ask({ do: 'setRhythm', rhythm: 'vt', ratePerMin: 20 })).toMatchObject({ ok: false });
    expect(await desk.ask({ do: 'setArtifact', artifact: 'cpr', levelMv: 2 })).toMatchObject({ ok: true });
    expect(await desk.ask({ do: 'setArtifact', artifact: 'hum' })).toMatchObject({ ok: false });
    expect(await desk.ask({ do: 'setFault', fault: 'gremlins', on: true })).toMatchObject({ ok: false });
    expect(await desk.ask({ do: 'setCableFaults', spec: 'flip=often' })).toMatchObject({ ok: false });
    expect(await desk.ask({ do: 'setBattery', percent: 200 })).toMatchObject({ ok: false });
    expect(await desk.ask({ do: 'getInfo' })).toMatchObject({ ok: true, simulated: true });
  });

  test('is not reachable over the therapy cable', async () => {
    const about = await start({ kind: 'tcp', port: 0 });
    const desk = await bench(about);
    const cable = await openLink(about['address']);
    open.push(cable);
    cable.write(new TextEncoder().encode('{"id":1,"do":"setRhythm","rhythm":"asystole"}\n'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await desk.ask({ do: 'getState' })).toMatchObject({ rhythm: 'vf' });
  });
});

test('a bad cable is no excuse: the host still gets through', async () => {
  const about = await start({ kind: 'tcp', port: 0 }, { faults: 'flip=1/20000,split=random,delay=5ms' });
  const live = await host(about);
  await until('a second of wave', () => live.received > 500);
});

test('wrong settings are refused before anything is opened', async () => {
  await expect(start({ kind: 'tcp', port: 0 }, { faults: 'flip' })).rejects.toThrow(UsageError);
  await expect(start({ kind: 'tcp', port: 0 }, { rhythm: 'samba' })).rejects.toThrow(UsageError);
  await expect(start({ kind: 'serial', path: '/dev/rwave-none', baud: 9600 })).rejects.toThrow(/no device/);
});
