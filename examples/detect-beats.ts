/**
 * Find the beats in an array of samples.
 *
 *   npx tsx examples/detect-beats.ts
 */
import { QrsDetector, SimPatient } from '../src/index.ts';
import type { Beat } from '../src/index.ts';

// Any Float64Array in mV will do. Here: 30 s of a simulated patient with ectopic beats, lead II.
const fs = 250;
const patient = new SimPatient({ fs, seed: 7, rhythm: 'bigeminy' });
const leads = patient.leads.map(() => new Float64Array(30 * fs));
patient.render(leads, 30 * fs);
const samples = leads[patient.leads.indexOf('II')];

// Samples go in, in blocks of any size; beats come out of a queue.
const detector = new QrsDetector({ fs });
const beat: Beat = { sample: 0, decidedAt: 0, beatClass: 'N', rrMs: NaN, widthMs: NaN, late: false };
let beats = 0;
const show = (): void => {
  while (detector.beats.take(beat)) {
    beats++;
    if (beats <= 5)
      console.log(`${(beat.sample / fs).toFixed(3)} s  ${beat.beatClass}  RR ${Math.round(beat.rrMs)} ms`);
  }
};
for (let at = 0; at < samples.length; at += 100) {
  const block = samples.subarray(at, at + 100);
  detector.process(block, block.length);
  show();
}
detector.flush();
show();
console.log(`${beats} beats in 30 s`);
