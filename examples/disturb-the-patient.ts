/**
 * How do compressions, a loose electrode or mains change what the detector sees? Truth against detection.
 *
 *   npx tsx examples/disturb-the-patient.ts
 */
import { QrsDetector, SimPatient } from '../src/index.ts';
import type { Beat } from '../src/index.ts';

const fs = 250;
const seconds = 60;

function detected(artifacts: Record<string, number>): { found: number; extra: number; truth: number } {
  const patient = new SimPatient({ fs, seed: 1, rhythm: 'sinus', artifacts });
  const truth: number[] = [];
  patient.onBeat = ({ tS }) => truth.push(tS);

  const detector = new QrsDetector({ fs });
  const block = patient.leads.map(() => new Float64Array(fs));
  const beat: Beat = { sample: 0, decidedAt: 0, beatClass: 'N', rrMs: NaN, widthMs: NaN, late: false };
  const marks: number[] = [];
  for (let s = 0; s < seconds; s++) {
    patient.render(block, fs);
    detector.process(block[2], fs);
    while (detector.beats.take(beat)) marks.push(beat.sample / fs);
  }
  detector.flush();
  while (detector.beats.take(beat)) marks.push(beat.sample / fs);

  const near = (t: number, list: readonly number[]): boolean => list.some((u) => Math.abs(u - t) < 0.15);
  return {
    found: truth.filter((t) => near(t, marks)).length,
    extra: marks.filter((t) => !near(t, truth)).length,
    truth: truth.length,
  };
}

for (const artifacts of [
  {},
  { 'mains-50': 0.3 },
  { wander: 0.5 },
  { muscle: 0.15 },
  { cpr: 2 },
  { 'lead-off': 1.5 },
]) {
  const { found, extra, truth } = detected(artifacts);
  const name = JSON.stringify(artifacts).padEnd(18);
  console.log(`${name} found ${found} of ${truth} beats, ${extra} that are none`);
}
