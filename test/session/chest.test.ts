/** The box's compression sensor reaches the analysis: decisions wait while it says that the chest is pushed. */
import { expect, test } from 'vitest';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { SENSORS, VITAL_STATES } from '../../src/protocol/messages.ts';
import { chestIsCompressed } from '../../src/session/chest-in.ts';
import { Pipeline } from '../../src/session/pipeline.ts';

const FS = 250;
const SENSOR = 1 << SENSORS.indexOf('compression');
const STILL = 1 << VITAL_STATES.indexOf('noCompressions');

test('no sensor: nobody knows; plugged in: what it says', () => {
  expect(chestIsCompressed({ sensors: 0, states: 0 })).toBeUndefined();
  expect(chestIsCompressed({ sensors: SENSOR, states: STILL })).toBe(false);
  expect(chestIsCompressed({ sensors: SENSOR, states: 0 })).toBe(true);
});

test('VF: a shock is advised, then not while the chest is pushed, then again', () => {
  const patient = new SimPatient({ fs: FS, rhythm: 'vf', seed: 'chest' });
  const leads = patient.leads.map(() => new Float64Array(FS));
  const said: string[] = [];
  const pipeline = new Pipeline({
    fs: FS,
    onTold: () => undefined,
    onDecision: (d) => said.push(`${d.to / FS} ${d.verdict} ${d.rhythm}`),
  });
  for (let second = 0; second < 40; second++) {
    pipeline.chest(second >= 15 && second < 25);
    patient.render(leads, FS);
    pipeline.process(leads[0], FS, second * FS);
  }
  const at = (second: number): string => said.find((s) => s.startsWith(`${second} `)) ?? '';
  expect(at(14)).toContain('shock VF');
  for (let s = 16; s <= 27; s++) expect(at(s)).toBe(`${s} inconclusive compressions`);
  expect(at(36)).toContain('shock');
});
