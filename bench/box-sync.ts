/**
 * The box's synchroniser on recordings: when its markers come, and what a shock that waited for one would have met.
 *
 *   RWAVE_DATA=... npm run bench:sync [-- mitdb svdb cudb vfdb --from 10]
 *
 * Lead 0, through front end and synchroniser, from 0:10 unless told otherwise, VF left out. Counted as src/score/r-to-shock.ts says,
 * from the annotated R to the sample that decided. First every marker; then those that the box is sure of: each of them
 * is a possible delivery, and only they are. Where VF is annotated: how many of its stretches hold a sure marker.
 */
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '../src/core/errors.ts';
import { emptyRWave, type RWave } from '../src/core/beat.ts';
import { FrontEnd } from '../firmware-sim/front-end.ts';
import { Synchroniser } from '../firmware-sim/synchroniser.ts';
import { openRecord, recordPaths } from '../signals/formats/index.ts';
import { RecordPatient } from '../signals/patient/record-patient.ts';
import { Reference } from '../src/app/treat-survey/reference.ts';
import { type Delivery, histogram } from '../src/app/treat-survey/report.ts';
import { dataFolder } from './lib/records.ts';

interface Marker extends Delivery {
  sure: boolean;
}

interface Vf {
  stretches: number;
  seconds: number;
  markers: number;
  sure: number;
  withSure: number;
}

function markersOf(path: string): { markers: RWave[]; fs: number; length: number } {
  const reader = openRecord(path);
  const [{ adcGain }] = reader.header.signals;
  const frontEnd = new FrontEnd(new RecordPatient(reader, { lead: 0 }), { adcGain, rangeMv: 30 });
  const synchroniser = new Synchroniser(frontEnd.fs);
  const markers: RWave[] = [];
  let first = 0;
  for (let n = 0; (n = frontEnd.acquire(50, 0)) > 0; first += n)
    synchroniser.process(frontEnd.mv, first, n, (r) => markers.push(Object.assign(emptyRWave(), r)));
  reader.close();
  return { markers, fs: frontEnd.fs, length: first };
}

function measure(path: string, fromS: number, vf: Vf): Marker[] {
  const { markers, fs, length } = markersOf(path);
  const reference = new Reference(path, fs, length);
  const surely = new Set<number>();
  const counted: Marker[] = [];
  for (const { sample, decidedAt, sure } of markers) {
    const stretch = reference.vfAt(decidedAt);
    if (stretch >= 0) {
      vf.markers++;
      if (!sure) continue;
      vf.sure++;
      surely.add(stretch);
    } else if (decidedAt >= fromS * fs)
      counted.push({ ...reference.delivery(decidedAt, ((decidedAt - sample) * 1000) / fs), sure });
  }
  vf.stretches += reference.vf.length;
  vf.withSure += surely.size;
  for (const { from, to } of reference.vf) vf.seconds += (to - from) / fs;
  return counted;
}

/** Records with a marker outside, worst first. */
function worst(all: readonly (readonly [string, readonly Marker[]])[]): string {
  const outside = all.map(([name, markers]) => {
    const of = markers.filter((m) => m.placed !== 'within' && m.placed !== 'unknown');
    return { name, n: of.length, sure: of.filter((m) => m.sure).length };
  });
  const named = outside.filter(({ n }) => n > 0).sort((a, b) => b.n - a.n);
  return named.map(({ name, n, sure }) => `${name} ${n} (${sure} sure)`).join(', ');
}

function report(set: string, all: readonly (readonly [string, readonly Marker[]])[], vf: Vf): string {
  const markers = all.flatMap(([, some]) => some);
  const lines = [
    'every marker:',
    ...histogram(markers),
    'sure ones, each a possible delivery:',
    ...histogram(markers.filter((m) => m.sure)),
    `not within 60 ms: ${worst(all)}`,
  ];
  if (vf.stretches > 0)
    lines.push(
      `VF and flutter: a sure marker in ${vf.withSure} of ${vf.stretches} stretches; ${vf.sure} sure of ${vf.markers} markers in ${(vf.seconds / 60).toFixed(1)} min`,
    );
  return [`${set}, ${all.length} records`, ...lines.map((line) => `  ${line}`)].join('\n');
}

const { values, positionals } = parseArgs({
  options: { from: { type: 'string', default: '10' } },
  allowPositionals: true,
});
const fromS = Number(values.from);
if (!(fromS >= 0)) throw new UsageError(`--from: expected seconds, found ${values.from}`);
const data = dataFolder();
if (data === undefined)
  throw new UsageError('RWAVE_DATA: expected the folder with the recordings, found nothing');
for (const set of positionals.length > 0 ? positionals : ['mitdb', 'svdb']) {
  const vf: Vf = { stretches: 0, seconds: 0, markers: 0, sure: 0, withSure: 0 };
  const all = recordPaths(join(data, set)).map((path) => [basename(path), measure(path, fromS, vf)] as const);
  console.log(report(set, all, vf));
}
