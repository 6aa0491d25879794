import { afterEach, describe, expect, test, vi } from 'vitest';
import { Synchroniser } from '../../firmware-sim/synchroniser.ts';
import { EVENTS, OUTCOMES, WHYS } from '../../src/protocol/messages.ts';
import { SpikePatient, WireHost } from './wire-host.ts';

function charged(energyJ = 200, patient = new SpikePatient()): { host: WireHost; patient: SpikePatient } {
  const host = new WireHost({ patient }).connect();
  host.charge(energyJ);
  return { host, patient };
}

describe('the way of an ordinary shock', () => {
  test('charge, READY, FIRE: the patient gets the selected energy, once, and the rest goes through the dump resistor', () => {
    const { host, patient } = charged();
    expect(host.state).toBe('ready');
    expect(host.box.bench.dumpRelayOn).toBe(false);
    expect(host.fire()).toBe('ok');
    expect(patient.shocks).toHaveLength(1);
    expect(patient.shocks[0].deliveredJ).toBeCloseTo(200, 6);
    host.wait(50);
    expect(host.event('shock')).toMatchObject({
      selectedDj: 2000,
      deliveredDj: 2000,
      impedanceDohm: 500,
      sync: 0,
    });
    expect(host.box.bench.dumpRelayOn).toBe(true);
    host.wait(3000);
    expect(host.state).toBe('standby');
    expect(host.box.bench.capacitorJ).toBeLessThan(1);
    expect(WHYS[host.event('dumped')?.why ?? 0]).toBe('delivered');
    expect(patient.shocks).toHaveLength(1);
  });

  test('360 J is ready within 8 s, and what is charged does not leak away', () => {
    const host = new WireHost().connect();
    const from = host.nowUs;
    host.charge(360);
    expect((host.nowUs - from) / 1e6).toBeLessThan(8);
    const stored = host.box.bench.capacitorJ;
    host.wait(30_000);
    expect(host.box.bench.capacitorJ).toBe(stored);
  });

  test('GET_RESULT tells what became of an arm id', () => {
    const { host } = charged();
    const { armId } = host;
    host.send({ type: 'getResult', armId });
    expect(OUTCOMES[host.last('result').outcome]).toBe('pending');
    host.fire();
    host.wait(100);
    host.send({ type: 'getResult', armId });
    expect(host.last('result')).toMatchObject({ outcome: OUTCOMES.indexOf('delivered'), deliveredDj: 2000 });
    host.send({ type: 'getResult', armId: 12_345 });
    expect(OUTCOMES[host.last('result').outcome]).toBe('unknown');
  });
});

describe('the box refuses', () => {
  test('FIRE when nothing is charged: badState, and nothing changes', () => {
    const patient = new SpikePatient();
    const host = new WireHost({ patient }).connect();
    expect(host.fire({ armId: 1 })).toBe('badState');
    expect(host.box.bench.state).toBe('standby');
    expect(patient.shocks).toHaveLength(0);
    expect(host.box.bench.capacitorJ).toBe(0);
  });

  test('a wrong arm id, and the charge and the right id live on', () => {
    const { host, patient } = charged();
    const { armId } = host;
    expect(host.fire({ armId: armId ^ 1 })).toBe('unknownArmId');
    expect(host.fire({ armId: 0 })).toBe('unknownArmId');
    expect(patient.shocks).toHaveLength(0);
    expect(host.fire({ armId })).toBe('ok');
  });

  test('a used arm id, also for the next charge', () => {
    const { host, patient } = charged();
    const { armId } = host;
    host.fire();
    host.wait(3000);
    host.charge(200);
    expect(host.armId).not.toBe(armId);
    expect(host.fire({ armId })).toBe('expired');
    expect(patient.shocks).toHaveLength(1);
  });

  test('a permission that has run out: the id is burnt, a fresh one is announced', () => {
    const { host, patient } = charged();
    const { armId } = host;
    expect(host.fire({ validMs: -1 })).toBe('expired');
    expect(host.fire({ armId })).toBe('expired');
    expect(host.armId).not.toBe(armId);
    expect(patient.shocks).toHaveLength(0);
  });

  test.each([
    ['another energy than the charged one', { energyJ: 150 }, 'badParam'],
    ['a synchronized FIRE while SYNC is off', { sync: 1 }, 'badParam'],
  ])('%s', (_, options, reply) => {
    const { host, patient } = charged();
    expect(host.fire(options)).toBe(reply);
    expect(patient.shocks).toHaveLength(0);
    expect(host.box.bench.state).toBe('ready');
  });

  test.each([5, 500])('to shoot into %d ohm', (ohm) => {
    const { host } = charged();
    host.box.bench.setLoadOhm(ohm);
    expect(host.fire()).toBe('interlock');
    expect(host.box.bench.receivedJ).toBe(0);
  });

  test('an energy that is not on the ladder, and a charge without pads', () => {
    const host = new WireHost().connect();
    expect(host.command({ type: 'charge', energyDj: 2010 })).toBe('badParam');
    host.box.bench.setPads(false);
    expect(host.command({ type: 'charge', energyDj: 2000 })).toBe('leadsOff');
    expect(host.box.bench.state).toBe('standby');
  });
});

describe('the charge is taken away', () => {
  test.each([
    ['DISARM', 'host', (h: WireHost) => h.command({ type: 'disarm' })],
    ['DISARM of another session', 'host', (h: WireHost) => h.send({ type: 'disarm' }, h.session ^ 1)],
    ['another energy', 'energyChanged', (h: WireHost) => h.command({ type: 'selectEnergy', energyDj: 1500 })],
    ['pads off', 'padsOff', (h: WireHost) => h.box.bench.setPads(false)],
    ['a minute without use', 'timeout', (h: WireHost) => h.wait(60_000)],
    ['a fault', 'fault', (h: WireHost) => h.box.bench.setFault('stuckButton', true)],
    ['RESET', 'powerDown', (h: WireHost) => h.command({ type: 'reset' })],
    [
      'pacing',
      'modeChanged',
      (h: WireHost) =>
        h.command({ type: 'paceSet', on: 1, mode: 0, ratePpm: 70, currentMa: 60, widthUs: 40_000 }),
    ],
  ])('%s', (_, why, cause) => {
    const { host, patient } = charged();
    const { armId } = host;
    cause(host);
    expect(host.box.bench.dumpRelayOn).toBe(true);
    host.wait(3000);
    expect(host.box.bench.capacitorJ).toBeLessThan(1);
    if (host.session !== 0) {
      host.connect(99);
      host.wait(200);
    }
    expect(host.events('abort').map((e) => WHYS[e.why])).toEqual([why]);
    expect(host.fire({ armId })).not.toBe('ok');
    expect(patient.shocks).toHaveLength(0);
  });

  test('a cut cable: relay on 1.05 s after the last valid packet, below 1 J in the dump time, told when the host is back', () => {
    const { host } = charged(360);
    host.wait(1000);
    host.send({ type: 'getStatus' });
    const lastUs = host.nowUs;
    host.alive = false;
    host.wait(999);
    expect(host.box.bench.dumpRelayOn).toBe(false);
    host.wait(1);
    expect(host.box.bench.dumpRelayOn).toBe(true);
    expect(host.nowUs - lastUs).toBeLessThanOrEqual(1_050_000);
    host.wait(3000);
    expect(host.box.bench.capacitorJ).toBeLessThan(1);
    host.alive = true;
    host.connect(7);
    host.wait(200);
    expect(WHYS[host.event('abort')?.why ?? 0]).toBe('linkLost');
    expect(host.events('linkLost')).toHaveLength(1);
  });

  test('noise on the cable does not hold the dead man up', () => {
    const { host } = charged();
    host.alive = false;
    for (let i = 0; i < 30; i++) {
      host.push(Uint8Array.of(0, 1, 2, 3, 4, 0, 65, 66, 13));
      host.send(
        { type: 'heartbeat', tUs: 0, state: 0, lastSeqSeen: 0, rxErrors: 0, dropped: 0 },
        host.session ^ 5,
      );
      host.wait(50);
    }
    expect(host.box.bench.dumpRelayOn).toBe(true);
  });
});

describe('synchronized', () => {
  afterEach(() => void vi.restoreAllMocks());

  function syncReady(rrMs: number): { host: WireHost; patient: SpikePatient } {
    const patient = new SpikePatient(rrMs);
    const host = new WireHost({ patient }).connect();
    host.wait(8000);
    expect(host.command({ type: 'syncSet', on: 1, lead: 0 })).toBe('ok');
    host.charge(100);
    return { host, patient };
  }

  test('fires on the first R after FIRE, from its upstroke to 60 ms after its peak', () => {
    const { host, patient } = syncReady(800);
    host.wait(350);
    const fireUs = host.nowUs;
    expect(host.fire({ energyJ: 100, sync: 1 })).toBe('ok');
    expect(host.box.bench.state).toBe('awaitingR');
    host.wait(1700);
    expect(patient.shocks).toHaveLength(1);
    const rr = 200;
    const shockSample = patient.shocks[0].sample;
    const peak = Math.round((shockSample - rr / 2) / rr) * rr + rr / 2;
    expect((peak / 250) * 1e6).toBeGreaterThan(fireUs);
    expect((shockSample - peak) / 250).toBeGreaterThanOrEqual(-0.02);
    expect((shockSample - peak) / 250).toBeLessThanOrEqual(0.06);
    const shock = host.event('shock');
    expect((shock?.tUs ?? 0) - (shock?.tRUs ?? 0)).toBeLessThanOrEqual(60_000);
  });

  test('without an R it gives up and never fires: abort noRWave, still charged under a new id', () => {
    const { host, patient } = syncReady(0);
    const { armId } = host;
    host.fire({ energyJ: 100, sync: 1, waitRMs: 3000, validMs: 60_000 });
    host.wait(3100);
    expect(patient.shocks).toHaveLength(0);
    expect(WHYS[host.event('abort')?.why ?? 0]).toBe('noRWave');
    expect(host.box.bench.state).toBe('ready');
    expect(host.armId).not.toBe(armId);
  });

  test('CANCEL_FIRE burns the id and keeps the charge', () => {
    const { host, patient } = syncReady(0);
    const { armId } = host;
    host.fire({ energyJ: 100, sync: 1 });
    expect(host.command({ type: 'cancelFire', armId })).toBe('ok');
    expect(host.box.bench.state).toBe('ready');
    expect(host.fire({ armId, energyJ: 100, sync: 1 })).toBe('expired');
    host.wait(1000);
    expect(patient.shocks).toHaveLength(0);
  });

  test('a trigger that is not sure is marked as such and let pass', () => {
    const { host, patient } = syncReady(800);
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
    const { process } = Synchroniser.prototype;
    vi.spyOn(Synchroniser.prototype, 'process').mockImplementation(function (
      this: Synchroniser,
      mv,
      first,
      n,
      onR,
    ) {
      process.call(this, mv, first, n, (r) => onR({ ...r, sure: false }));
    });
    host.fire({ energyJ: 100, sync: 1, waitRMs: 3000, validMs: 60_000 });
    const before = host.all('event').length;
    host.wait(3100);
    const markers = host
      .all('event')
      .slice(before)
      .filter((e) => EVENTS[e.code] === 'rWave');
    expect(markers.length).toBeGreaterThanOrEqual(2);
    expect(markers.every((m) => m.sync === 0)).toBe(true);
    expect(patient.shocks).toHaveLength(0);
    expect(WHYS[host.event('abort')?.why ?? 0]).toBe('noRWave');
  });

  test('an asynchronous FIRE while SYNC is on is refused', () => {
    const { host, patient } = syncReady(800);
    expect(host.fire({ energyJ: 100, sync: 0 })).toBe('badParam');
    expect(patient.shocks).toHaveLength(0);
  });

  test('markers come on every R while SYNC is on, and only then', () => {
    const { host } = syncReady(800);
    const before = host.events('rWave').length;
    host.wait(8000);
    expect(host.events('rWave').length - before).toBe(10);
    host.command({ type: 'syncSet', on: 0, lead: 0 });
    const off = host.events('rWave').length;
    host.wait(4000);
    expect(host.events('rWave')).toHaveLength(off);
  });
});
