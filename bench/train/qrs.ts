/**
 * Trains the judge of candidates and writes src/detect/weights.ts.
 *
 *   RWAVE_DATA=... npm run train:qrs [-- --units 24 --epochs 10 --jitter 0.15 --leave-out 0/4 --seed t8 --bias 0.15 --out FILE]
 *
 * A candidate within 120 ms of an annotated beat is a QRS; of two, the farther one does not count. Stretches of VF do
 * not count. How the recordings are run: dagger.ts. `--leave-out 0/4` does without every fourth record,
 * so that these can test. `--bias` shifts the log-odds: chosen on the folds between missed and extra beats.
 */
import { Rng } from '../../src/core/rng.ts';
import { emptyBeat } from '../../src/core/beat.ts';
import { QrsDetector } from '../../src/detect/index.ts';
import type { Weights } from '../../src/detect/network.ts';
import { QRS_FEATURES } from '../../src/detect/features.ts';
import { flutterSpans, isBeat, within } from '../lib/records.ts';
import { corpus, type Recording } from './corpus.ts';
import { dagger } from './dagger.ts';
import type { Examples } from './network.ts';
import { nearest, options, writeWeights } from './tools.ts';

const NEAR_S = 0.12;
const { folder, fold, seed, bias, out, ...training } = options({
  units: 24,
  epochs: 10,
  jitter: 0.15,
  seed: 't8',
  bias: 0.15,
});

const weights = dagger(
  {
    recordings: (random) => corpus(folder, ['mitdb', 'svdb', 'ahadb', 'cudb'], fold, random),
    inputs: QRS_FEATURES,
    training,
  },
  new Rng(seed),
  collect,
);
writeWeights(out ?? 'src/detect/weights.ts', 'QRS_WEIGHTS', weights, bias, [
  'Weights of the network that judges candidates (network.ts, features.ts). Written by bench/train/qrs.ts, which tells',
  'how; trained on the beat annotations of the MIT-BIH Arrhythmia, Supraventricular, AHA sample and CUDB records named',
  'in docs/RESULTS.md, both leads, also with NSTDB noise mixed in, taller T and P waves and at other rates. Do not edit.',
]);

function collect(
  { x, fs, marks, weight }: Recording,
  examples: Examples,
  part: number,
  judge: Weights | undefined,
): void {
  const spans = flutterSpans(marks);
  const beats = marks.filter(isBeat).map((a) => a.sample);
  /** The example nearest to each beat, and how near. */
  const best = new Map<number, { example: number; apart: number; sample: number }>();
  let at = 0;
  const detector = new QrsDetector({
    fs,
    ...(judge === undefined ? {} : { weights: judge }),
    tutor: (sample, f) => {
      at = nearest(beats, sample, at);
      const apart = Math.abs(beats[at] - sample);
      const isQrs = apart <= NEAR_S * fs;
      if (!within(spans, sample)) {
        const example = examples.add(f, isQrs ? 1 : 0, weight / 2, part);
        const had = best.get(at);
        if (isQrs && example >= 0 && had !== undefined && had.sample !== sample)
          examples.weight[had.apart <= apart ? example : had.example] = 0;
        if (isQrs && example >= 0 && (had === undefined || apart < had.apart))
          best.set(at, { example, apart, sample });
      }
      return judge === undefined ? isQrs : undefined;
    },
  });
  const beat = emptyBeat();
  for (let from = 0; from < x.length; from += 1024) {
    detector.process(x.subarray(from, from + 1024), Math.min(1024, x.length - from));
    while (detector.beats.take(beat));
  }
  detector.flush();
}
