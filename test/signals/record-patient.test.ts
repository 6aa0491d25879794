import { expect, test } from 'vitest';
import type { RecordReader } from '../../src/core/record.ts';
import { RecordPatient } from '../../signals/patient/record-patient.ts';

/** Two leads of ten frames: 0..9 and 100..109. */
function reader(): RecordReader {
  let at = 0;
  const signal = { units: 'mV', adcGain: 200, uncalibrated: false, baseline: 0, adcRes: 12, adcZero: 0 };
  const signals = ['MLII', 'V5'].map((description) => ({ ...signal, description, samplesPerFrame: 1 }));
  return {
    header: { name: 'ten', fs: 250, length: 10, signals, comments: [], baseTime: '', baseDate: '' },
    get position() {
      return at;
    },
    read: (leads, out, n) => {
      const m = Math.min(n, 10 - at);
      leads.forEach((lead, k) => {
        for (let i = 0; i < m; i++) out[k][i] = 100 * lead + at + i;
      });
      at += m;
      return m;
    },
    readAdu: () => 0,
    seek: (frame) => void (at = frame),
    problems: () => [],
    close: () => undefined,
  };
}

test('plays every signal to its end, then gives fewer samples', () => {
  const patient = new RecordPatient(reader());
  const out = [new Float64Array(8), new Float64Array(8)];
  expect([patient.fs, patient.leads]).toEqual([250, ['MLII', 'V5']]);
  expect([patient.render(out, 8), patient.position, out[1][7]]).toEqual([8, 8, 107]);
  expect([patient.render(out, 8), patient.position, out[0][1]]).toEqual([2, 10, 9]);
  expect(patient.render(out, 8)).toBe(0);
});

test('plays the one lead that was asked for', () => {
  const patient = new RecordPatient(reader(), { lead: 1 });
  const out = [new Float64Array(2)];
  patient.render(out, 2);
  expect([patient.leads, [...out[0]]]).toEqual([['V5'], [100, 101]]);
  expect(() => new RecordPatient(reader(), { lead: 2 })).toThrow('ten: expected a lead from 0 to 1, found 2');
});

test('logs shocks and pulses, and is not changed by them', () => {
  const [shocked, left] = [new RecordPatient(reader()), new RecordPatient(reader())];
  const [a, b] = [[0, 1].map(() => new Float64Array(5)), [0, 1].map(() => new Float64Array(5))];
  shocked.render(a, 3);
  shocked.shock({ deliveredJ: 200, peakA: 30, biphasic: true });
  shocked.pace({ currentMa: 60, widthUs: 20_000 });
  left.render(b, 3);
  shocked.render(a, 5);
  left.render(b, 5);
  expect(a).toEqual(b);
  expect(shocked.shocks).toEqual([{ deliveredJ: 200, peakA: 30, biphasic: true, sample: 3 }]);
  expect(shocked.paceCount).toBe(1);
});

test('gets artifacts on top when asked, also what a shock leaves', () => {
  const patient = new RecordPatient(reader(), { lead: 0, artifacts: { 'post-shock': 10 } });
  const out = [new Float64Array(3)];
  patient.render(out, 3);
  expect([...out[0]]).toEqual([0, 1, 2]);
  patient.shock({ deliveredJ: 200, peakA: 30, biphasic: true });
  patient.render(out, 3);
  expect(out[0].every((v) => Math.abs(v) === 10)).toBe(true);
  patient.setArtifact('post-shock', 0);
  patient.render(out, 3);
  expect([...out[0]]).toEqual([6, 7, 8]);
});
