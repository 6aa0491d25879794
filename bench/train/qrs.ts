/**
 * Trains the judge of candidates and writes src/detect/weights.ts.
 *
 *   RWAVE_DATA=... tsx bench/train/qrs.ts [--units 24] [--epochs 16] [--fold all|even|odd] [--seed t8] [--bias 0.15] [--out FILE]
 *
 * Every recording is run twice: once the annotations overrule each judgement, so that the state is the right one, and once the
 * detector goes its own way, so that it learns from the states that its own mistakes lead to (Ross et al., DAgger, 2011).
 * A candidate within 120 ms of an annotated beat is a QRS; of two, the farther one does not count. Stretches of VF do
 * not count. `--bias` shifts the log-odds: chosen on the even and odd folds between missed and extra beats.
 */
import { Rng } from '../../src/core/rng.ts';
import { emptyBeat } from '../../src/core/beat.ts';
import { QrsDetector } from '../../src/detect/index.ts';
import { QRS_FEATURES } from '../../src/detect/features.ts';
import { flutterSpans, isBeat, within } from '../lib/records.ts';
import { corpus, type Recording } from './corpus.ts';
import { Examples, train } from './network.ts';
import { nearest, options, writeWeights } from './tools.ts';

const NEAR_S = 0.12;
const { folder, units, epochs, fold, seed, bias, out } = options({
  units: 24,
  epochs: 16,
  seed: 't8',
  bias: 0.15,
});
const rng = new Rng(seed);
const examples = new Examples(QRS_FEATURES);

for (const recording of corpus(folder, ['mitdb', 'svdb', 'ahadb', 'cudb'], fold, rng))
  for (const guided of [true, false]) collect(recording, guided);
console.error(`${examples.count} candidates`);
const weights = train(examples, units, epochs, rng);
writeWeights(out ?? 'src/detect/weights.ts', 'QRS_WEIGHTS', weights, bias, [
  'Weights of the network that judges candidates (network.ts, features.ts). Written by bench/train/qrs.ts, which tells',
  'how; trained on the beat annotations of the MIT-BIH Arrhythmia, Supraventricular, AHA sample and CUDB records named',
  'in docs/RESULTS.md, both leads, also with NSTDB noise mixed in and at other rates. Do not edit.',
]);

function collect({ x, fs, marks, weight }: Recording, guided: boolean): void {
  const spans = flutterSpans(marks);
  const beats = marks.filter(isBeat).map((a) => a.sample);
  /** The example nearest to each beat, and how near. */
  const best = new Map<number, { example: number; apart: number; sample: number }>();
  let at = 0;
  const detector = new QrsDetector({
    fs,
    tutor: (sample, f) => {
      at = nearest(beats, sample, at);
      const apart = Math.abs(beats[at] - sample);
      const isQrs = apart <= NEAR_S * fs;
      if (!within(spans, sample)) {
        const example = examples.add(f, isQrs ? 1 : 0, weight / 2);
        const had = best.get(at);
        if (isQrs && example >= 0 && had !== undefined && had.sample !== sample)
          examples.weight[had.apart <= apart ? example : had.example] = 0;
        if (isQrs && example >= 0 && (had === undefined || apart < had.apart))
          best.set(at, { example, apart, sample });
      }
      return guided ? isQrs : undefined;
    },
  });
  const beat = emptyBeat();
  for (let from = 0; from < x.length; from += 1024) {
    detector.process(x.subarray(from, from + 1024), Math.min(1024, x.length - from));
    while (detector.beats.take(beat));
  }
  detector.flush();
}
