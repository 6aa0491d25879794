import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Battery } from '../../firmware-sim/battery.ts';
import { Capacitor } from '../../firmware-sim/capacitor.ts';
import { als } from '../../firmware-sim/profiles/als.ts';
import { PROFILES, profileByName } from '../../firmware-sim/profiles/index.ts';
import { Thermometer } from '../../firmware-sim/thermometer.ts';
import { SpikePatient, WireHost } from './wire-host.ts';

const LOADS = [25, 50, 75, 100, 125, 150, 175];

describe('the capacitor', () => {
  test('in closed form is what small steps come to', () => {
    const capacitor = new Capacitor(als);
    capacitor.charge(0, 50);
    let energyJ = 0;
    for (let ms = 0; ms < 4000; ms++)
      energyJ += 0.001 * (50 - (2 * energyJ) / (als.capacitorF * als.leakOhm));
    expect(capacitor.energyAt(4_000_000)).toBeCloseTo(energyJ, 2);
    capacitor.dump(4_000_000);
    for (let us = 0; us < 500_000; us += 10) {
      energyJ -= 1e-5 * ((2 * energyJ) / als.capacitorF) * (1 / als.leakOhm + 1 / als.dumpOhm);
    }
    expect(capacitor.energyAt(4_500_000)).toBeCloseTo(energyJ, 1);
  });

  test('says when it will be there', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 5, max: 100, noNaN: true }),
        fc.double({ min: 1, max: 400, noNaN: true }),
        (watt, energyJ) => {
          const capacitor = new Capacitor(als);
          capacitor.charge(0, watt);
          const when = capacitor.whenUs(energyJ);
          expect(capacitor.energyAt(when)).toBeGreaterThanOrEqual(energyJ - 1e-9);
          expect(capacitor.energyAt(when - 2)).toBeLessThan(energyJ);
        },
      ),
    );
  });

  test('starts with the relay on, and never gets there without power', () => {
    const capacitor = new Capacitor(als);
    expect(capacitor.dumpRelayOn).toBe(true);
    capacitor.charge(0, 0);
    expect(capacitor.whenUs(1)).toBe(Infinity);
  });
});

describe.each(PROFILES.map((p) => [p.name, p] as const))('profile %s', (_, profile) => {
  test('can store what its ladder promises, and dump it in time', () => {
    const most = (profile.ladderJ.at(-1) ?? 0) * profile.storeRatio;
    const capacitor = new Capacitor(profile);
    capacitor.charge(0, profile.chargeW);
    const when = capacitor.whenUs(most * 1.1);
    capacitor.dump(when);
    expect(capacitor.energyAt(when + profile.dumpMs * 1000)).toBeLessThan(1);
    expect(profile.ladderJ).toContain(profile.startJ);
    expect([...profile.ladderJ]).toEqual([...profile.ladderJ].sort((a, b) => a - b));
  });

  test('charges to the top within 15 s with a full battery', () => {
    const host = new WireHost({ profile }).connect();
    const from = host.nowUs;
    host.charge(profile.ladderJ.at(-1) ?? 0);
    expect(host.box.bench.state).toBe('ready');
    expect(host.nowUs - from).toBeLessThan(15e6);
  });

  test('no pulse outlasts the 50 ms between the dead man and the dump relay', () => {
    for (const energyJ of profile.ladderJ) {
      for (const ohm of [profile.minOhm, 50, profile.maxOhm]) {
        const storedJ = energyJ * profile.storeRatio;
        const pulse = profile.waveform.plan(profile, storedJ, energyJ, ohm);
        expect(profile.waveform.discharge(profile, storedJ, pulse, ohm).durationMs).toBeLessThan(49);
      }
    }
  });

  test('delivers max(3 J, 15 %) at 50 ohm, all of its ladder', () => {
    for (const energyJ of profile.ladderJ) {
      const host = new WireHost({ profile, patient: new SpikePatient() }).connect();
      host.box.bench.setLoadOhm(50);
      host.charge(energyJ);
      expect(host.fire({ energyJ })).toBe('ok');
      expect(Math.abs(host.box.bench.receivedJ - energyJ)).toBeLessThanOrEqual(Math.max(3, 0.15 * energyJ));
    }
  });
});

test.each(['als', 'aed'])('profile %s delivers max(3 J, 15 %%) at every load of the bench', (name) => {
  const profile = profileByName(name);
  for (const ohm of LOADS) {
    for (const energyJ of [profile.ladderJ[0], 150, profile.ladderJ.at(-1) ?? 0]) {
      const host = new WireHost({ profile }).connect();
      host.box.bench.setLoadOhm(ohm);
      host.charge(energyJ);
      expect(host.fire({ energyJ })).toBe('ok');
      expect(Math.abs(host.box.bench.receivedJ - energyJ)).toBeLessThanOrEqual(Math.max(3, 0.15 * energyJ));
    }
  }
});

test('an unknown profile is told with the known ones', () => {
  expect(() => profileByName('x')).toThrow('expected als, aed, monitor, classic, found "x"');
});

describe('the profile that recharges', () => {
  test('a higher energy while charged: charges on, and the old arm id is worth nothing', () => {
    const host = new WireHost({ profile: profileByName('monitor') }).connect();
    const first = host.charge(100);
    expect(host.command({ type: 'selectEnergy', energyDj: 1500 })).toBe('ok');
    expect(host.box.bench.state).toBe('charging');
    host.wait(5000);
    expect(host.box.bench.state).toBe('ready');
    expect(host.fire({ armId: first, energyJ: 100 })).toBe('expired');
    expect(host.fire({ energyJ: 150 })).toBe('ok');
    expect(host.box.bench.lastShot?.deliveredJ).toBeCloseTo(150, 6);
  });

  test('a lower energy: bleeds down to it', () => {
    const host = new WireHost({ profile: profileByName('monitor') }).connect();
    host.charge(200);
    host.command({ type: 'selectEnergy', energyDj: 500 });
    host.wait(2000);
    expect(host.box.bench.state).toBe('ready');
    expect(host.box.bench.capacitorJ).toBeCloseTo(100, 2);
    host.fire({ energyJ: 50 });
    expect(host.box.bench.lastShot?.deliveredJ).toBeCloseTo(50, 3);
  });
});

describe('the battery', () => {
  test('a weak or old one charges slower; an empty one not at all', () => {
    const seconds = (percent: number, ageing = 1): number => {
      const host = new WireHost().connect();
      host.box.bench.setBattery(percent);
      host.box.bench.setBatteryAgeing(ageing);
      const from = host.nowUs;
      host.charge(360);
      return host.box.bench.state === 'ready' ? (host.nowUs - from) / 1e6 : Infinity;
    };
    const full = seconds(100);
    expect(full).toBeLessThan(8);
    expect(seconds(10)).toBeGreaterThan(full + 1);
    expect(seconds(60, 3)).toBeGreaterThan(full);
    expect(seconds(0)).toBe(Infinity);
  });

  test('pays for each charge with its losses, and for the idle box', () => {
    const battery = new Battery(als.battery);
    battery.drain(0, 62, 7);
    const spentJ = (1 - battery.percentAt(0) / 100) * als.battery.capacityJ;
    expect(spentJ).toBeGreaterThan((62 * 7) / als.battery.efficiency);
    expect(spentJ).toBeLessThan(((62 * 7) / als.battery.efficiency) * 1.4);
    expect(battery.percentAt(3600e6)).toBeLessThan(battery.percentAt(0) - 10);
  });
});

test('the charger gets hot, stops, and cools down', () => {
  const thermometer = new Thermometer(als.thermal);
  for (let shock = 0; shock < 15; shock++) thermometer.warm(shock * 15e6, 432);
  expect(thermometer.isTooHot(15 * 15e6)).toBe(false);
  for (let shock = 15; shock < 40; shock++) thermometer.warm(shock * 15e6, 432);
  expect(thermometer.isTooHot(39 * 15e6)).toBe(true);
  expect(thermometer.hasCooled(40 * 15e6)).toBe(false);
  expect(thermometer.hasCooled(40 * 15e6 + 600e6)).toBe(true);
});

describe('broken parts that the box finds by itself', () => {
  test('a charger without strength: charge timeout, dumped, chargeFailed; the next charge may be tried', () => {
    const host = new WireHost().connect();
    host.box.bench.setFault('weakCharger', true);
    host.charge(360);
    expect(host.box.bench.faults).toContain('chargeFailed');
    expect(host.box.bench.dumpRelayOn).toBe(true);
    host.wait(3000);
    host.box.bench.setFault('weakCharger', false);
    host.charge(200);
    expect(host.box.bench.state).toBe('ready');
    expect(host.box.bench.faults).not.toContain('chargeFailed');
  });

  test('a regulator that does not stop: the comparator dumps, out of service, never READY', () => {
    const host = new WireHost().connect();
    host.box.bench.setFault('runawayCharger', true);
    host.charge(200);
    expect(host.events('ready')).toHaveLength(0);
    host.wait(3000);
    expect(host.box.bench.state).toBe('failed');
    expect(host.box.bench.faults).toContain('overVoltage');
    expect(host.box.bench.capacitorJ).toBeLessThan(1);
    expect(host.command({ type: 'charge', energyDj: 2000 })).toBe('badState');
  });

  test('a burnt dump resistor: noticed after the dump time, out of service', () => {
    const host = new WireHost().connect();
    host.charge(200);
    host.box.bench.setFault('openDumpResistor', true);
    host.command({ type: 'disarm' });
    host.wait(3100);
    expect(host.box.bench.state).toBe('failed');
    expect(host.box.bench.faults).toContain('dumpFailed');
    expect(host.fire()).toBe('badState');
  });

  test('a restart finds the faults that are mended gone', () => {
    const host = new WireHost().connect();
    host.box.bench.setFault('memory', true);
    expect(host.box.bench.state).toBe('failed');
    host.box.bench.setFault('memory', false);
    host.command({ type: 'reset' });
    host.wait(600);
    expect(host.box.bench.state).toBe('standby');
  });
});
