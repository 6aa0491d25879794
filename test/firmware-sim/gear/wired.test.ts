/** The instruments on the box's cables: what the host selects is what the analyzer reads, and what it hears is what is played. */
import { expect, test } from 'vitest';
import { Box } from '../../../firmware-sim/box.ts';
import { Impulse } from '../../../firmware-sim/gear/impulse.ts';
import { BenchPatient } from '../../../firmware-sim/gear/bench-patient.ts';
import { ProSim } from '../../../firmware-sim/gear/prosim.ts';
import { profileByName } from '../../../firmware-sim/profiles/index.ts';
import type { Patient } from '../../../signals/patient/patient.ts';
import { Rng } from '../../../src/core/rng.ts';
import type { OperatorAction, SessionEvent } from '../../../src/core/session-events.ts';
import { VITAL_STATES } from '../../../src/protocol/messages.ts';
import { Session } from '../../../src/session/session.ts';
import { WireHost } from '../wire-host.ts';

/** A host on a box whose cables go to `patient`; runs `seconds` of simulated time, carrying out actions at their second. */
function bench(
  patient: Patient,
  seconds: number,
  actions: readonly (readonly [atS: number, action: OperatorAction])[],
) {
  const rng = new Rng('bench');
  const box = new Box({ profile: profileByName('als'), patient, rng: rng.fork('box') });
  const session = new Session({ rng: rng.fork('session') });
  const events: SessionEvent[] = [];
  const toBox: Uint8Array[] = [];
  session.onSend = (bytes) => toBox.push(bytes.slice());
  session.onEvent = (event) => events.push(event);
  session.opened(0);
  const todo = [...actions];
  for (let us = 0; us < seconds * 1e6; us += 2000) {
    const bytes = Buffer.concat(toBox.splice(0));
    session.receive(box.step(us, bytes).bytesOut, us);
    session.poll(us);
    while (todo.length > 0 && us >= todo[0][0] * 1e6) session.operate((todo.shift() ?? todo[0])[1], us);
  }
  return events;
}

test.each([25, 50, 100, 175])('the analyzer on %d ohm reads what the box reports', (ohm) => {
  const impulse = new Impulse();
  for (const line of ['REMOTE', 'MODE=DEFIB', `LOAD=${ohm}`, 'DREADY'])
    expect(impulse.gear.answer(line)).toBe('*');
  const events = bench(impulse.patient, 16, [
    [1, { type: 'selectEnergy', energyJ: 150 }],
    [2, { type: 'charge' }],
    [12, { type: 'shock' }],
  ]);
  const shock = events.find((e) => e.type === 'shock');
  if (shock?.type !== 'shock') throw new Error('no shock was delivered');
  const fields = impulse.gear.take().trim().split(',');
  expect(fields.length).toBe(14);
  expect(fields[0]).toBe('2');
  const [, energyJ, peakV, peakA] = fields.map(Number);
  expect(Math.abs(energyJ - shock.deliveredJ)).toBeLessThan(0.3);
  expect(Math.abs(energyJ - 150)).toBeLessThan(0.15 * 150);
  expect(Math.abs(peakV - shock.peakV)).toBeLessThanOrEqual(2);
  expect(Math.abs(peakA - peakV / ohm)).toBeLessThan(0.1);
});

test('a synchronized shock: the analyzer measures the delay from its own R', () => {
  const impulse = new Impulse();
  for (const line of ['REMOTE', 'MODE=DEFIB', 'ECG=NSR', 'DREADY'])
    expect(impulse.gear.answer(line)).toBe('*');
  const events = bench(impulse.patient, 20, [
    [1, { type: 'selectEnergy', energyJ: 100 }],
    [2, { type: 'sync', on: true }],
    [6, { type: 'charge' }],
    [14, { type: 'shock' }],
  ]);
  expect(events.some((e) => e.type === 'shock' && e.synchronized)).toBe(true);
  const syncMs = Number(impulse.gear.take().trim().split(',').at(-3));
  // the box may fire on the rise, a few ms before the peak
  expect(syncMs).toBeGreaterThan(-20);
  expect(syncMs).toBeLessThanOrEqual(60);
});

test.each([40, 80, 160])('the host counts the %d beats a minute that the patient simulator plays', (rate) => {
  const sim = new ProSim();
  sim.gear.answer('REMOTE');
  expect(sim.gear.answer(`NSRA=${rate}`)).toBe('*');
  const bpm = bench(sim.patient, 30, []).flatMap((e) => (e.type === 'heartRate' ? [e.bpm] : []));
  expect(Math.abs((bpm.at(-1) ?? NaN) - rate)).toBeLessThanOrEqual(Math.max(1, 0.01 * rate));
});

test('vital signs that a script sets on the patient simulator are what the box measures', () => {
  const sim = new ProSim();
  for (const line of ['REMOTE', 'NSRA=090', 'SAT=085', 'TEMP=38.5', 'NIBPP=150,095', 'RESPRATE=012'])
    expect(sim.gear.answer(line)).toBe('*');
  const patient = new BenchPatient(sim.patient, new Impulse().patient);
  const host = new WireHost({ patient }).connect();
  host.command({ type: 'vitalsCfg', on: 1, channelMask: 0 });
  host.command({ type: 'nibp', start: 1, everyS: 0 });
  host.wait(30_000);
  expect(host.last('vitals')).toMatchObject({
    ...{ spo2Pct: 85, pulsePerMin: 90, temperatureCc: 3850, breathsPerMin: 12 },
    ...{ nibpSysMmHg: 150, nibpDiaMmHg: 95 },
  });
  sim.gear.answer('VFIB=COARSE');
  sim.gear.answer('RESPAPNEA=ON');
  host.command({ type: 'nibp', start: 1, everyS: 0 });
  host.wait(30_000);
  const { states, spo2Pct } = host.last('vitals');
  const are = VITAL_STATES.filter((_, k) => (states & (1 << k)) !== 0);
  expect(are).toEqual(expect.arrayContaining(['noPulse', 'noBreath', 'nibpFailed']));
  expect(spo2Pct).toBe(0);
});
