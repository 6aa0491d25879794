/**
 * Ask for a shock advice, and for its reasons.
 *
 *   npx tsx examples/analyse-rhythm.ts [rhythm ...]
 */
import { RhythmAnalyser, RHYTHMS, SimPatient } from '../src/index.ts';
import type { Advice } from '../src/index.ts';

const fs = 250;
const asked = process.argv.slice(2);
const rhythms = asked.length > 0 ? asked : ['sinus', 'af', 'vt', 'vf', 'asystole'];
if (asked.includes('--help')) console.log(`rhythms: ${RHYTHMS.map((r) => r.name).join(', ')}`);

for (const rhythm of rhythms.filter((name) => !name.startsWith('-'))) {
  const patient = new SimPatient({ fs, seed: 3, rhythm });
  const leads = patient.leads.map(() => new Float64Array(15 * fs));
  patient.render(leads, 15 * fs);

  const analyser = new RhythmAnalyser({ fs });
  analyser.process(leads[0], 15 * fs); // the pads
  analyser.flush();

  // Single windows come as `advices`; what several of them agree on comes as `decisions`. Show the newest.
  let last: Advice | undefined;
  for (let next = analyser.decisions.take(); next; next = analyser.decisions.take()) last = next;
  if (!last) continue;
  // What pushed hardest, towards shock (+) or away from it (-); where a gate decided, nothing pushed.
  const why = last.evidence
    .flatMap((e) => (e.push === undefined ? [] : [{ ...e, push: e.push }]))
    .sort((a, b) => Math.abs(b.push) - Math.abs(a.push))
    .slice(0, 3)
    .map((e) => `${e.name} ${e.value.toFixed(2)} (${e.push > 0 ? '+' : ''}${e.push.toFixed(1)})`);
  console.log(`${rhythm.padEnd(10)} ${last.verdict.padEnd(13)} ${last.rhythm.padEnd(10)} ${why.join(', ')}`);
}
