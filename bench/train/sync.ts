/**
 * Trains the judge of the synchroniser and writes src/detect/sync-weights.ts.
 *
 *   RWAVE_DATA=... npm run train:sync [-- --units 12 --epochs 8 --jitter 0.05 --leave-out 0/4 --seed sync --bias -0.1 --out FILE --judge FILE]
 *
 * A sample from 75 ms before to 45 ms after an annotated R is the edge of a QRS; farther than 110 ms before or 60 ms after
 * any R it is not; in between it does not count. VF does not count. Fast rhythms are added (tachycardias.ts). `--judge` is the judge of candidates for unseen records.
 */
import { pathToFileURL } from 'node:url';
import { emptyRWave } from '../../src/core/beat.ts';
import { Rng } from '../../src/core/rng.ts';
import { QrsDetector } from '../../src/detect/index.ts';
import type { Weights } from '../../src/detect/network.ts';
import { SYNC_FEATURES } from '../../src/detect/sync-features.ts';
import { flutterSpans, isBeat, within } from '../lib/records.ts';
import { corpus, type Recording } from './corpus.ts';
import { dagger } from './dagger.ts';
import type { Examples } from './network.ts';
import { faster, tachycardias } from './tachycardias.ts';
import { nearest, options, writeWeights } from './tools.ts';

const EDGE_MS = [-75, 45] as const;
const NO_EDGE_MS = [-110, 60] as const;
/** The guided run fires from here on, so that it sees what a good judge sees. */
const GUIDED_FROM_MS = -40;
/** Recordings as they are have this weight in the corpus. */
const FULL_WEIGHT = 4;
/** The judge of candidates needs so long to learn. */
const FROM_S = 5;
const {
  folder,
  fold,
  seed,
  bias,
  out,
  judge: file,
  ...training
} = options({
  units: 12,
  epochs: 8,
  jitter: 0.05,
  seed: 'sync',
  bias: -0.1,
});
const judge = file && ((await import(pathToFileURL(file).href)) as { QRS_WEIGHTS: Weights }).QRS_WEIGHTS;

const weights = dagger({ recordings, inputs: SYNC_FEATURES, training }, new Rng(seed), collect);
writeWeights(out ?? 'src/detect/sync-weights.ts', 'SYNC_WEIGHTS', weights, bias, [
  "Weights of the network that judges the synchroniser's edges (sync-trigger.ts, sync-features.ts). Written by",
  'bench/train/sync.ts, which tells how; trained on the beat annotations of the MIT-BIH Arrhythmia, Supraventricular, AHA',
  'sample and CUDB records named in docs/RESULTS.md. Do not edit.',
]);

function* recordings(random: Rng): Generator<Recording> {
  for (const recording of corpus(folder, ['mitdb', 'svdb', 'ahadb', 'cudb'], fold, random)) {
    yield recording;
    if (recording.weight >= FULL_WEIGHT) yield faster(recording, random);
  }
  yield* tachycardias(random);
}

function collect(
  { x, fs, marks, weight }: Recording,
  examples: Examples,
  part: number,
  own: Weights | undefined,
): void {
  const spans = flutterSpans(marks);
  const beats = marks.filter(isBeat).map((a) => a.sample);
  let at = 0;
  const detector = new QrsDetector({
    fs,
    ...(judge ? { weights: judge } : {}),
    ...(own ? { syncWeights: own } : {}),
    syncTutor: (sample, f) => {
      at = nearest(beats, sample, at);
      const ms = ((sample - beats[at]) * 1000) / fs;
      const edge = ms >= EDGE_MS[0] && ms <= EDGE_MS[1];
      if (
        (edge || ms < NO_EDGE_MS[0] || ms > NO_EDGE_MS[1]) &&
        sample > FROM_S * fs &&
        !within(spans, sample)
      )
        examples.add(f, edge ? 1 : 0, weight, part);
      return own === undefined ? edge && ms >= GUIDED_FROM_MS : undefined;
    },
  });
  const rWave = emptyRWave();
  for (let from = 0; from < x.length; from += 1024) {
    detector.process(x.subarray(from, from + 1024), Math.min(1024, x.length - from));
    while (detector.syncs.take(rWave));
  }
}
