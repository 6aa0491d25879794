import { describe, expect, test } from 'vitest';
import type { MessageOf } from '../../src/protocol/messages.ts';
import { SpikePatient, WireHost } from './wire-host.ts';

const SETTINGS: MessageOf<'paceSet'> = {
  type: 'paceSet',
  on: 1,
  mode: 0,
  ratePpm: 75,
  currentMa: 70,
  widthUs: 40_000,
};

function paced(change: Partial<MessageOf<'paceSet'>>, rrMs = 0): { host: WireHost; patient: SpikePatient } {
  const patient = new SpikePatient(rrMs);
  const host = new WireHost({ patient }).connect();
  host.wait(6000);
  expect(host.command({ ...SETTINGS, ...change })).toBe('ok');
  return { host, patient };
}

describe('the pacer', () => {
  test('fixed: 75 a minute, with the set current and width, and an event each', () => {
    const { host, patient } = paced({});
    host.wait(60_000);
    expect(patient.pulses).toHaveLength(75);
    expect(patient.pulses[0]).toEqual({ currentMa: 70, widthUs: 40_000 });
    expect(host.events('pace')).toHaveLength(75);
    expect(host.last('status')).toBeDefined();
  });

  test('demand: silent while the heart is faster, in charge when it is not', () => {
    const fast = paced({ mode: 1 }, 600);
    fast.host.wait(20_000);
    expect(fast.patient.pulses).toHaveLength(0);
    const still = paced({ mode: 1 }, 0);
    still.host.wait(20_000);
    expect(still.patient.pulses).toHaveLength(25);
  });

  test('goes on when the cable is cut, and stops when it is told to', () => {
    const { host, patient } = paced({});
    host.alive = false;
    host.wait(20_000);
    expect(patient.pulses.length).toBeGreaterThan(20);
    host.alive = true;
    host.connect(2);
    host.command({ ...SETTINGS, on: 0 });
    const stopped = patient.pulses.length;
    host.wait(5000);
    expect(patient.pulses).toHaveLength(stopped);
  });

  test('SYNC is refused while pacing', () => {
    const { host } = paced({});
    expect(host.command({ type: 'syncSet', on: 1, lead: 0 })).toBe('interlock');
  });

  test.each([{ ratePpm: 29 }, { ratePpm: 181 }, { currentMa: 201 }, { widthUs: 4999 }, { mode: 2 }])(
    'refuses %o',
    (change) => {
      const host = new WireHost().connect();
      expect(host.command({ ...SETTINGS, ...change })).toBe('badParam');
    },
  );
});
