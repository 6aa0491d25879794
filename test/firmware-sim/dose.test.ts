/** Energies for children: what the box refuses whatever the host wants. */
import { describe, expect, test } from 'vitest';
import { aed } from '../../firmware-sim/profiles/aed.ts';
import { PATIENTS, WHYS } from '../../src/protocol/messages.ts';
import { WireHost } from './wire-host.ts';

const CHILD = PATIENTS.indexOf('child');

function child(weightKg: number, host = new WireHost().connect()): WireHost {
  expect(host.command({ type: 'patientSet', kind: CHILD, weightDkg: weightKg * 10 })).toBe('ok');
  return host;
}
const charges = (host: WireHost, energyJ: number) => {
  const reply = host.command({ type: 'charge', energyDj: energyJ * 10 });
  host.command({ type: 'disarm' });
  host.wait(4000);
  return reply;
};

describe('a child', () => {
  test('of 20 kg: 10 J (0.5 J/kg) to 200 J (10 J/kg), starting with 2 J/kg', () => {
    const host = child(20);
    host.command({ type: 'getStatus' });
    expect(host.last('status').energySelDj).toBe(300);
    for (const [energyJ, reply] of [
      [7, 'badParam'],
      [10, 'ok'],
      [200, 'ok'],
      [225, 'badParam'],
      [360, 'badParam'],
    ] as const) {
      expect([energyJ, charges(host, energyJ)]).toEqual([energyJ, reply]);
    }
    expect(host.command({ type: 'selectEnergy', energyDj: 3600 })).toBe('badParam');
  });

  test('of 4 kg: no more than 40 J, and the first shock is 7 J', () => {
    const host = child(4);
    host.command({ type: 'getStatus' });
    expect(host.last('status').energySelDj).toBe(70);
    expect(charges(host, 30)).toBe('ok');
    expect(charges(host, 50)).toBe('badParam');
    expect(charges(host, 1)).toBe('badParam');
  });

  test('of 60 kg gets no more than the adult dose; without a weight, no more than 50 J', () => {
    expect(charges(child(60), 225)).toBe('badParam');
    const unweighed = child(0);
    expect(charges(unweighed, 50)).toBe('ok');
    expect(charges(unweighed, 70)).toBe('badParam');
  });

  test('is no child any more when the adult is chosen, or after a weight that cannot be', () => {
    const host = child(20);
    expect(host.command({ type: 'patientSet', kind: CHILD, weightDkg: 2000 })).toBe('badParam');
    expect(charges(host, 360)).toBe('badParam');
    expect(host.command({ type: 'patientSet', kind: 0, weightDkg: 0 })).toBe('ok');
    expect(charges(host, 360)).toBe('ok');
    expect(host.command({ type: 'patientSet', kind: 7, weightDkg: 0 })).toBe('badParam');
  });
});

test("an adult's charge is dumped when the patient is a child, before anybody can press", () => {
  const host = new WireHost().connect();
  host.charge(200);
  const { armId } = host;
  child(10, host);
  expect(host.state).toBe('dumping');
  expect(WHYS[host.event('abort')?.why ?? 0]).toBe('modeChanged');
  expect(host.fire({ armId })).not.toBe('ok');
  expect(host.box.bench.shocks).toBe(0);
});

test("a charge that is within the child's limits stays", () => {
  const host = new WireHost().connect();
  host.charge(50);
  child(10, host);
  expect(host.state).toBe('ready');
});

test('an AED gives a child its lowest step, whatever he weighs', () => {
  const host = new WireHost({ profile: aed }).connect();
  child(12, host);
  expect(charges(host, 50)).toBe('ok');
  expect(charges(host, aed.ladderJ[1])).toBe('badParam');
});
