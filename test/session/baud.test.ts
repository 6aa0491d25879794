/** SET_BAUD from the host's side: the ACK at the old speed, then both change; a lost link starts at the old speed again. */
import { expect, test } from 'vitest';
import { Box } from '../../firmware-sim/box.ts';
import { als } from '../../firmware-sim/profiles/als.ts';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { Rng } from '../../src/core/rng.ts';
import { DeviceHost } from '../../src/app/device/device-host.ts';
import { Session } from '../../src/session/session.ts';
import { until } from '../app/device-kit.ts';
import { Endpoint } from '../../src/link/endpoint.ts';
import { S, story } from './rig.ts';

/** Two ends of a line that hear each other only at the same speed. */
function line() {
  const speed = { host: 115_200, device: 115_200 };
  const said: string[] = [];
  const end = (side: 'host' | 'device', other: () => Endpoint): Endpoint => {
    const link = new Endpoint(side, {
      send: (bytes) => {
        const heard = speed.host === speed.device ? bytes.slice() : bytes.map((b) => b ^ 0x55);
        setImmediate(() => other().arrive(heard));
        return true;
      },
      shut: () => undefined,
    });
    link.setBaud = (baud = 115_200) => {
      speed[side] = baud;
      said.push(`${side} ${baud}`);
    };
    return link;
  };
  const host: Endpoint = end('host', () => device);
  const device: Endpoint = end('device', () => host);
  return { host, device, said };
}

test('both sides change after the ACK, and go back when the session is lost', async () => {
  const { host, device, said } = line();
  const rng = new Rng('baud');
  const box = new DeviceHost(
    new Box({ profile: als, patient: new SimPatient({ rng: rng.fork('p') }), rng: rng.fork('box') }),
  );
  box.attach(device);
  const session = new Session({ rng: rng.fork('session'), baud: 460_800 });
  const startMs = performance.now();
  const now = (): number => Math.round((performance.now() - startMs) * 1000);
  let isDead = false;
  session.onSend = (bytes) => {
    if (!isDead) host.write(bytes);
  };
  session.onBaud = (baud) => host.setBaud?.(baud);
  host.onBytes = (bytes) => {
    if (!isDead) session.receive(bytes, now());
  };
  session.opened(now());
  const timer = setInterval(() => session.poll(now()), 5);
  try {
    await until('the new speed', () => said.length === 2);
    expect(said.sort()).toEqual(['device 460800', 'host 460800']);
    const { sample } = session.state;
    await until('waves at the new speed', () => session.state.sample > sample + 100);
    expect(session.state.link).toBe('up');
    said.length = 0;
    isDead = true;
    await until('both have given up', () => said.length === 2);
    expect(said.sort()).toEqual(['device 115200', 'host 115200']);
    isDead = false;
    await until('a new session', () => session.state.link === 'up' && said.length === 4, 4500);
  } finally {
    clearInterval(timer);
    box.stop();
  }
});

test('a speed that the box does not know is refused and changes nothing', () => {
  const told = story('sinus', { session: { baud: 12_345 } });
  const speeds: (number | undefined)[] = [];
  told.session.onBaud = (baud) => speeds.push(baud);
  told.wait(2);
  expect(told.of('refused')[0]).toMatchObject({ action: 'setBaud', by: 'box' });
  expect(speeds).toEqual([]);
  expect(told.session.state.link).toBe('up');
  expect(told.rig.clock.now).toBe(2 * S);
});
