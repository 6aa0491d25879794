/** The contract between the page and its server: waveform bytes, and what a page may ask for. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeSlowWave,
  decodeWave,
  encodeSlowWave,
  encodeWave,
  parsePageMessage,
  parseServerMessage,
} from '../../src/protocol/screen.ts';

describe('wave packets', () => {
  test('come back as they were sent, NaN included', () => {
    const leads = fc
      .integer({ min: 0, max: 64 })
      .chain((n) =>
        fc.array(
          fc.array(fc.float({ noDefaultInfinity: true, min: -10, max: 10 }), { minLength: n, maxLength: n }),
          { minLength: 1, maxLength: 4 },
        ),
      );
    fc.assert(
      fc.property(leads, fc.nat(2 ** 40), (values, firstSample) => {
        const n = values[0].length;
        const back = decodeWave(encodeWave(500, firstSample, n, values));
        expect(back).toEqual({ fs: 500, firstSample, n, leads: values.map((v) => Float32Array.from(v)) });
      }),
    );
  });

  test('carry the n samples asked for, not the whole reused array', () => {
    const wave = decodeWave(encodeWave(250, 7, 2, [new Float64Array([1, NaN, 3, 4])]));
    expect(wave?.leads).toEqual([new Float32Array([1, NaN])]);
    expect(wave?.fs).toBe(250);
  });

  test('that are cut, too long or of another kind are nothing', () => {
    const bytes = encodeWave(500, 0, 3, [[1, 2, 3]]);
    for (let n = 0; n < bytes.length; n++) expect(decodeWave(bytes.subarray(0, n))).toBeUndefined();
    expect(decodeWave(new Uint8Array([...bytes, 0]))).toBeUndefined();
    expect(decodeWave(new Uint8Array([9, ...bytes.subarray(1)]))).toBeUndefined();
  });

  test('are read at any place of a larger buffer', () => {
    const bytes = encodeWave(360, 41, 2, [[0.5, -0.5]]);
    const large = new Uint8Array(bytes.length + 3);
    large.set(bytes, 3);
    expect(decodeWave(large.subarray(3))?.firstSample).toBe(41);
  });
});

describe('slow waves', () => {
  const wave = {
    name: 'co2',
    firstSample: 2 ** 33,
    everySamples: 20,
    values: new Float64Array([0, 37.5, NaN]),
  };
  const bytes = encodeSlowWave(500, { ...wave, name: 'co2' });

  test('come back as they were sent, and are no ECG', () => {
    expect(decodeSlowWave(bytes)).toEqual({ ...wave, fs: 500, values: Float32Array.from(wave.values) });
    expect(decodeWave(bytes)).toBeUndefined();
    expect(decodeSlowWave(encodeWave(500, 0, 3, [[1, 2, 3]]))).toBeUndefined();
  });

  test('that are cut, too long, or of an unknown sensor are nothing', () => {
    for (let n = 0; n < bytes.length; n++) expect(decodeSlowWave(bytes.subarray(0, n))).toBeUndefined();
    expect(decodeSlowWave(new Uint8Array([...bytes, 0]))).toBeUndefined();
    const other = bytes.slice();
    other[1] = 9;
    expect(decodeSlowWave(other)).toBeUndefined();
  });
});

describe('what a page asks for', () => {
  const operate = (action: unknown) => parsePageMessage(JSON.stringify({ type: 'operate', action }));
  const bench = (action: unknown) => parsePageMessage(JSON.stringify({ type: 'bench', action }));

  test.each([
    { type: 'charge' },
    { type: 'shock' },
    { type: 'release' },
    { type: 'disarm' },
    { type: 'analyse' },
    { type: 'selectEnergy', energyJ: 200 },
    { type: 'sync', on: true },
    { type: 'mode', mode: 'aed' },
    { type: 'patient', patient: 'child' },
    { type: 'alarms', key: 'silence' },
    { type: 'alarms', key: 'pause' },
    { type: 'alarms', key: 'acknowledge' },
    { type: 'alarmLimits', limits: { bpmLow: 60 } },
    { type: 'alarmLimits', limits: { spo2Low: 92, systolicHigh: 170, etco2Low: 20 } },
    { type: 'source', source: 'spo2' },
    { type: 'nibp', start: true, everyS: 300 },
    { type: 'paceLinkLoss', does: 'stop' },
    { type: 'pace', key: 'start' },
    { type: 'paceSet', settings: { ratePpm: 70, currentMa: 80, mode: 'fixed' } },
  ])('operator action $type passes', (action) => {
    expect(operate(action)).toEqual({ type: 'operate', action });
  });

  test.each([
    { type: 'rhythm', rhythm: 'vf' },
    { type: 'pads', on: true },
    { type: 'load', ohm: 75 },
    { type: 'load', ohm: null },
    { type: 'battery', pct: 10 },
    { type: 'fault', fault: 'relayWeld', on: true },
    { type: 'plug', on: false },
    { type: 'sensor', sensor: 'spo2', on: false },
    { type: 'hands', hands: 'cpr', on: true },
  ])('bench action $type passes', (action) => {
    expect(bench(action)).toEqual({ type: 'bench', action });
  });

  test('operator and bench do not mix', () => {
    expect(bench({ type: 'shock' })).toBeUndefined();
    expect(operate({ type: 'rhythm', rhythm: 'vf' })).toBeUndefined();
  });

  test.each([
    ['an energy that is no number', { type: 'selectEnergy', energyJ: '200' }],
    ['an energy beyond the wire', { type: 'selectEnergy', energyJ: 1e9 }],
    ['a negative energy', { type: 'selectEnergy', energyJ: -5 }],
    ['a switch that is no boolean', { type: 'sync', on: 1 }],
    ['an unknown mode', { type: 'mode', mode: 'pacer' }],
    ['a patient of another kind', { type: 'patient', patient: 'cat' }],
    ['a key that no alarm has', { type: 'alarms', key: 'off' }],
    ['a limit that is no number', { type: 'alarmLimits', limits: { bpmHigh: '120' } }],
    ['limits that are none', { type: 'alarmLimits', limits: null }],
    ['a pacer key that is not there', { type: 'pace', key: 'faster' }],
    ['a pacer mode that is not there', { type: 'paceSet', settings: { mode: 'turbo' } }],
    ['a current that is no number', { type: 'paceSet', settings: { currentMa: null } }],
    ['a source that is not there', { type: 'source', source: 'ear' }],
    ['a cuff without a time', { type: 'nibp', start: true }],
    ['a link loss that does nothing', { type: 'paceLinkLoss', does: 'hope' }],
    ['an unknown action', { type: 'explode' }],
    ['no action', null],
  ])('%s is dropped', (_, action) => {
    expect(operate(action)).toBeUndefined();
  });

  test('fields that nobody asked for do not come through', () => {
    expect(operate({ type: 'alarmLimits', limits: { bpmLow: 60, volume: 11 } })).toEqual({
      type: 'operate',
      action: { type: 'alarmLimits', limits: { bpmLow: 60 } },
    });
    expect(operate({ type: 'charge', energyJ: 360, extra: 1 })).toEqual({
      type: 'operate',
      action: { type: 'charge' },
    });
  });

  test('no text makes the parser throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(() => parsePageMessage(text)).not.toThrow();
        expect(() => parseServerMessage(text)).not.toThrow();
      }),
    );
  });
});
