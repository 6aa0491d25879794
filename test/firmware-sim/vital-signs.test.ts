/** The other sensors: from the patient's body onto the wire, raw, and never unasked. */
import { describe, expect, test } from 'vitest';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { UsageError } from '../../src/core/errors.ts';
import { CHANNELS, FEATURE, SENSORS, VITAL_STATES } from '../../src/protocol/messages.ts';
import type { MessageOf } from '../../src/protocol/messages.ts';
import { WireHost } from './wire-host.ts';

function bedside(rhythm = 'sinus', mask = 0b111): { host: WireHost; patient: SimPatient } {
  const patient = new SimPatient({ rhythm, seed: 4, fs: 250 });
  const host = new WireHost({ patient }).connect();
  expect(host.command({ type: 'vitalsCfg', on: 1, channelMask: mask })).toBe('ok');
  return { host, patient };
}

const states = ({ states: bits }: MessageOf<'vitals'>) => VITAL_STATES.filter((_, k) => (bits >> k) & 1);
const values = (host: WireHost, kind: (typeof CHANNELS)[number]) =>
  host.all('channel').filter((c) => CHANNELS[c.kind] === kind);

test('nothing is sent unasked, and a patient of electricity alone has none of it', () => {
  const patient = new SimPatient({ seed: 4, fs: 250 });
  const host = new WireHost({ patient }).connect();
  host.wait(5000);
  expect([...host.all('vitals'), ...host.all('channel')]).toEqual([]);
  expect(host.last('welcome').features & FEATURE.vitals).toBe(FEATURE.vitals);

  const spikes = new WireHost().connect();
  expect(spikes.last('welcome').features & FEATURE.vitals).toBe(0);
  expect(spikes.command({ type: 'vitalsCfg', on: 1, channelMask: 1 })).toBe('unsupported');
  expect(spikes.command({ type: 'nibp', start: 1, everyS: 0 })).toBe('unsupported');
});

test('a healthy patient: the numbers that he has, once a second, and waves that beat and breathe with him', () => {
  const { host, patient } = bedside();
  host.wait(20_000);
  const told = host.last('vitals');
  const truth = patient.vitals();
  expect(told.spo2Pct).toBe(98);
  expect(Math.abs(told.pulsePerMin - truth.pulsePerMin)).toBeLessThan(6);
  expect(told.etco2DmmHg / 10).toBeCloseTo(truth.etco2MmHg, 0);
  expect(told.breathsPerMin).toBe(15);
  expect(told.temperatureCc).toBe(3680);
  expect(told.nibpAgeS).toBe(65_535);
  expect(states(told)).toEqual(['noCompressions']);
  expect(told.sensors).toBe((1 << SENSORS.length) - 1);
  expect(host.all('vitals').length).toBeGreaterThanOrEqual(19);

  const pleth = values(host, 'pleth');
  expect(pleth.length).toBeGreaterThan(45);
  for (let k = 1; k < pleth.length; k++) {
    expect(pleth[k].idx0 - pleth[k - 1].idx0).toBe(10 * pleth[k].everySamples);
  }
  const wave = pleth.flatMap((c) => [...c.values]);
  const mean = wave.reduce((sum, v) => sum + v, 0) / wave.length;
  const ups = wave.filter((v, i) => i > 0 && wave[i - 1] < mean && v >= mean).length;
  const seconds = (wave.length * pleth[0].everySamples) / 250;
  expect(Math.abs((60 * ups) / seconds - truth.pulsePerMin)).toBeLessThan(10);
  const co2 = values(host, 'co2').flatMap((c) => [...c.values]);
  expect(Math.min(...co2)).toBe(0);
  expect(Math.max(...co2)).toBeGreaterThan(3000);
});

test('VF: no pulse and no SpO2 within seconds, no breath within a minute, compressions with depth and rate', () => {
  const { host, patient } = bedside('vf');
  host.wait(8000);
  expect(states(host.last('vitals'))).toContain('noPulse');
  expect(host.last('vitals').spo2Pct).toBe(0);
  host.wait(45_000);
  expect(states(host.last('vitals'))).toContain('noBreath');
  patient.setArtifact('cpr');
  host.wait(5000);
  const told = host.last('vitals');
  expect(states(told)).not.toContain('noCompressions');
  expect(told.compressionsPerMin).toBe(110);
  expect(told.compressionMm).toBeGreaterThan(50);
  const depth = values(host, 'compression')
    .slice(-10)
    .flatMap((c) => [...c.values]);
  expect(Math.max(...depth) / 10).toBeGreaterThan(50);
  expect(Math.min(...depth) / 10).toBeLessThan(5);
});

describe('the cuff', () => {
  test('takes its time, tells its age, and is let out on demand', () => {
    const { host } = bedside();
    host.wait(5000);
    expect(host.command({ type: 'nibp', start: 1, everyS: 0 })).toBe('ok');
    host.wait(10_000);
    expect(states(host.last('vitals'))).toContain('cuffInflated');
    host.wait(20_000);
    const told = host.last('vitals');
    expect(told.nibpSysMmHg).toBeGreaterThan(100);
    expect(told.nibpSysMmHg).toBeLessThan(140);
    expect(told.nibpMeanMmHg).toBeGreaterThan(told.nibpDiaMmHg);
    expect(told.nibpAgeS).toBeLessThan(6);
    host.command({ type: 'nibp', start: 1, everyS: 0 });
    host.wait(2000);
    host.command({ type: 'nibp', start: 0, everyS: 0 });
    host.wait(30_000);
    expect(host.last('vitals').nibpAgeS).toBeGreaterThan(30);
  });

  test('finds nothing without a pulse, and goes again at its interval', () => {
    const { host, patient } = bedside('vf');
    expect(host.command({ type: 'nibp', start: 1, everyS: 59 })).toBe('badParam');
    expect(host.command({ type: 'nibp', start: 1, everyS: 60 })).toBe('ok');
    host.wait(30_000);
    expect(states(host.last('vitals'))).toContain('nibpFailed');
    patient.setRhythm('sinus');
    host.wait(60_000);
    expect(states(host.last('vitals'))).not.toContain('nibpFailed');
    expect(host.last('vitals').nibpSysMmHg).toBeGreaterThan(80);
  });
});

test('a sensor that is plugged out measures nothing and says so', () => {
  const { host } = bedside();
  host.wait(5000);
  for (const sensor of SENSORS) host.box.bench.setSensor(sensor, false);
  host.wait(2000);
  const told = host.last('vitals');
  expect(told.sensors).toBe(0);
  expect(states(told)).toEqual(['spo2Off', 'co2Off', 'temperatureOff', 'noCompressions']);
  expect([told.spo2Pct, told.etco2DmmHg, told.temperatureCc, told.nibpSysMmHg]).toEqual([0, 0, 0, 0]);
  expect(values(host, 'pleth').at(-1)?.values.at(-1)).toBe(-32768);
  expect(() => host.box.bench.setSensor('tricorder', true)).toThrow(UsageError);
});

test('the numbers and waves do not depend on how often the box is stepped', () => {
  const run = (stepMs: number) => {
    const { host } = bedside('sinus', 0b11);
    for (let ms = 0; ms < 6000; ms += stepMs) host.wait(stepMs);
    return host.heard.filter((m) => m.type === 'vitals' || m.type === 'channel');
  };
  expect(run(7).slice(0, 30)).toEqual(run(200).slice(0, 30));
});
