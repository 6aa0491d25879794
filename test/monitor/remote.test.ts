/** The monitor on a box elsewhere: the therapy cable is one TCP connection, the bench channel another. */
import { afterEach, expect, test } from 'vitest';
import { runDevice } from '../../src/app/device/run-device.ts';
import type { RunningDevice } from '../../src/app/device/run-device.ts';
import { Cable } from '../../src/app/server/cable.ts';
import { LiveRun } from '../../src/app/server/live-run.ts';
import { RealTime } from '../../src/app/server/real-time.ts';
import { RemoteBench } from '../../src/app/server/remote-bench.ts';
import { Session } from '../../src/session/session.ts';

const SOON = { timeout: 5000 };
const open: { close(): void }[] = [];
afterEach(() => {
  for (const it of open.splice(0).reverse()) it.close();
});

function boxOnTcp(): Promise<RunningDevice> {
  const transport = { kind: 'tcp', port: 0 } as const;
  return runDevice({ transport, seed: 1, profile: 'als', rhythm: 'sinus', controlPort: 0, faults: '' });
}

test('finds the box, shows its state, and reaches its bench over the other channel', async () => {
  const device = await boxOnTcp();
  open.push(device);
  const { address, control } = device.about as { address: string; control: string };
  const bench = await RemoteBench.open(control);
  open.push(bench);
  const run = new LiveRun({
    session: new Session(),
    bench,
    hello: {
      type: 'hello',
      screen: 1,
      version: '',
      seed: '1',
      language: 'en',
      source: { kind: 'device', name: address },
      rhythms: bench.rhythms,
      glossary: {},
    },
  });
  const clock = new RealTime((now) => run.advanceTo(now));
  open.push({ close: () => clock.stop() });
  const cable = new Cable(address, run, clock);
  open.push(cable);
  await cable.open();

  await expect.poll(() => run.status().link, SOON).toBe('up');
  expect(run.status().device?.model).toBe('rwave ALS');
  expect(bench.rhythms.map((r) => r.id)).toContain('vf');
  run.bench({ type: 'rhythm', rhythm: 'vf' });
  await expect.poll(() => run.status().bench?.rhythm, SOON).toBe('vf');
  run.bench({ type: 'pads', on: false });
  await expect.poll(() => run.status().leadsOff, SOON).toBe(true);
  run.bench({ type: 'rhythm', rhythm: 'tango' });
  await expect.poll(() => run.status().bench?.problem, SOON).toContain('tango');
}, 20_000);

test('a box that is not there is one clear line', async () => {
  const run = new LiveRun({ session: new Session(), hello: {} as never });
  const clock = new RealTime(() => undefined);
  open.push({ close: () => clock.stop() });
  await expect(new Cable('tcp:127.0.0.1:1', run, clock).open()).rejects.toThrow(
    'no device answers at tcp:127.0.0.1:1',
  );
});
