import { describe, expect, test } from 'vitest';
import { Impulse } from '../../../firmware-sim/gear/impulse.ts';
import { readShock } from '../../../firmware-sim/gear/shock-meter.ts';
import type { ShockTrace } from '../../../signals/patient/patient.ts';

const OHM = 50;

/** Truncated exponential phases on 50 ohm: start voltage, last voltage, ms. */
function pulseOf(
  phases: readonly (readonly [fromV: number, toV: number, ms: number])[],
  gapMs = 0.4,
): ShockTrace {
  const t: number[] = [];
  const v: number[] = [];
  let at = 0;
  for (const [fromV, toV, ms] of phases) {
    for (let k = 0; k <= 1000; k++) {
      t.push(at + (ms * k) / 1000);
      v.push(fromV * (toV / fromV) ** (k / 1000));
    }
    t.push(at + ms, at + ms + gapMs);
    v.push(0, 0);
    at += ms + gapMs;
  }
  const volts = Float64Array.from(v);
  return { tMs: Float64Array.from(t), volts, amps: volts.map((u) => u / OHM) };
}

const BIPHASIC = pulseOf([
  [1500, 600, 6],
  [-600, -400, 4],
]);

/** Energy of an exponential phase in closed form. */
const energyJ = (fromV: number, toV: number, ms: number): number =>
  ((fromV ** 2 - toV ** 2) / OHM) * (ms / 1000 / (2 * Math.log(fromV / toV)));

function seconds(impulse: Impulse, s: number): void {
  const n = Math.round(s * impulse.fs);
  impulse.patient.render(
    impulse.patient.leads.map(() => new Float64Array(n)),
    n,
  );
}

const fire = (impulse: Impulse, trace: ShockTrace): void =>
  impulse.patient.shock({ deliveredJ: 1, peakA: 1, biphasic: true, trace: () => trace });

function ready(...lines: string[]): Impulse {
  const impulse = new Impulse();
  for (const line of ['REMOTE', 'MODE=DEFIB', ...lines]) expect(impulse.gear.answer(line)).toBe('*');
  return impulse;
}

describe('the meter', () => {
  test('reads energy, peaks, widths, gap and tilt off a biphasic pulse', () => {
    const { energyJ: measured, phases } = readShock(BIPHASIC);
    expect(measured).toBeCloseTo(energyJ(1500, 600, 6) + energyJ(600, 400, 4), 2);
    expect(phases.map((p) => [p.peakV, p.peakA, Number(p.widthMs.toFixed(6))])).toEqual([
      [1500, 30, 6],
      [-600, -12, 4],
    ]);
    expect(phases[0].tilt).toBeCloseTo(0.6, 9);
    expect(phases[1].startMs - phases[0].widthMs).toBeCloseTo(0.4, 9);
  });
  test('reads the widths of a monophasic pulse at half and a tenth', () => {
    const half = Float64Array.from({ length: 10_001 }, (_, k) => 2000 * Math.sin((Math.PI * k) / 10_000));
    const tMs = half.map((_, k) => (10 * k) / 10_000);
    const { phases, w50Ms, w10Ms } = readShock({ tMs, volts: half, amps: half.map((v) => v / OHM) });
    expect(phases.length).toBe(1);
    expect(w50Ms).toBeCloseTo(20 / 3, 1);
    expect(w10Ms).toBeCloseTo(10 - (20 * Math.asin(0.1)) / Math.PI, 1);
  });
  test('reads nothing off nothing', () => {
    const none = new Float64Array(2);
    expect(readShock({ tMs: none, volts: none, amps: none })).toEqual({
      energyJ: 0,
      phases: [],
      w50Ms: 0,
      w10Ms: 0,
    });
  });
});

describe('the instrument', () => {
  test('answers at once, and tells the shock when it comes, once', () => {
    const impulse = ready();
    seconds(impulse, 2);
    expect(impulse.gear.answer('DREADY')).toBe('*');
    seconds(impulse, 5.5);
    fire(impulse, BIPHASIC);
    fire(impulse, BIPHASIC);
    const energy = (energyJ(1500, 600, 6) + energyJ(600, 400, 4)).toFixed(1);
    const line = impulse.gear.take();
    expect(line).toMatch(
      new RegExp(
        `^2,${energy},1500,030\\.0,06\\.0,0600,012\\.0,04\\.0,0\\.40,60\\.0,33\\.3,[+-]\\d{3},N,005\\.5\\r\\n$`,
      ),
    );
    expect(line.split(',').length).toBe(14);
  });

  test('a monophasic pulse has the nine fields of the maker', () => {
    const impulse = ready('DREADY');
    fire(impulse, pulseOf([[2000, 100, 8]], 0));
    expect(impulse.gear.take()).toMatch(/^1,\d{3}\.\d,2000,040\.0,\d\d\.\d,\d\d\.\d,[+-]\d{3},N,000\.0\r\n$/);
  });

  test('measures the delay from its own R', () => {
    const impulse = ready('DREADY');
    seconds(impulse, 0.45 + 0.75 + 0.05);
    fire(impulse, BIPHASIC);
    expect(impulse.gear.take()).toMatch(/,\+050,N,/);
    expect(impulse.gear.answer('DREADY')).toBe('*');
    seconds(impulse, 0.75 - 0.05 - 0.006);
    fire(impulse, BIPHASIC);
    expect(impulse.gear.take()).toMatch(/,-006,N,/);
  });

  test('says nothing of a shock that nobody waited for', () => {
    const impulse = ready();
    fire(impulse, BIPHASIC);
    expect(impulse.gear.take()).toBe('');
  });

  test('is a load: 50 ohm, or what LOAD says', () => {
    const impulse = ready('LOAD=175', 'ECG=VF');
    expect(impulse.patient.impedanceOhm).toBe(175);
    expect(impulse.gear.answer('LOAD=201')).toBe('!03 Illegal parameter');
    expect(impulse.gear.answer('ECG=NOISE')).toBe('!03 Illegal parameter');
    expect(new Impulse().patient.impedanceOhm).toBe(50);
  });

  test('modes: no DREADY in PACER, no PACER in a 6000D, nothing in local', () => {
    const impulse = ready('MODE=PACER');
    expect(impulse.gear.answer('DREADY')).toBe('!02 Illegal command');
    const old = new Impulse({ model: '6000D' });
    expect(['MODE=DEFIB', 'REMOTE', 'MODE=PACER', 'IDENT'].map((line) => old.gear.answer(line))).toEqual([
      '!02 Illegal command',
      '*',
      '!03 Illegal parameter',
      'IMPULSE 6000D; 2.40; rwave SIMULATED',
    ]);
  });

  test('measures a pacer: rate, current and width of two pulses', () => {
    const impulse = ready('MODE=PACER', 'PAPULSE');
    for (let k = 0; k < 3; k++) {
      impulse.patient.pace({ currentMa: 80, widthUs: 20_000 });
      seconds(impulse, 60 / 75);
    }
    expect(impulse.gear.take()).toBe('P,075.0,080.0,20.0\r\n');
  });
});
