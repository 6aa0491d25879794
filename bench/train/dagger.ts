/**
 * Trains a judge whose examples depend on its own earlier answers (Ross, Gordon, Bagnell: DAgger, AISTATS 2011).
 *
 * Every recording is run three times: once the annotations overrule each judgement, so that the state is the right one;
 * then the detector goes its own way with a judge that was trained on the other half of these records, so that the states
 * that mistakes on unseen patients lead to are learnt from; and so once more. All examples count in the last training.
 */
import type { Rng } from '../../src/core/rng.ts';
import type { Weights } from '../../src/detect/network.ts';
import type { Recording } from './corpus.ts';
import { Examples, train, type Training } from './network.ts';

const OWN_WAYS = 2;
const PART_EPOCHS = 5;

export interface Plan {
  /** What is trained on; the generator goes on from run to run, so that each has other noise. */
  recordings: (rng: Rng) => Iterable<Recording>;
  inputs: number;
  training: Training;
}
/** Runs a recording and puts what the judge sees into `examples`; without a judge the annotations overrule. */
export type Collect = (
  recording: Recording,
  examples: Examples,
  part: number,
  judge: Weights | undefined,
) => void;

export function dagger({ recordings, inputs, training }: Plan, rng: Rng, collect: Collect): Weights {
  const examples = new Examples(inputs, 6_000_000);
  const run = (judges: readonly Weights[] | undefined): void => {
    const parts = new Map<string, number>();
    for (const recording of recordings(rng)) {
      const part = parts.get(recording.record) ?? parts.size % 2;
      parts.set(recording.record, part);
      collect(recording, examples, part, judges?.[part]);
    }
    console.error(`${examples.count} candidates`);
  };
  run(undefined);
  for (let round = 1; round <= OWN_WAYS; round++)
    run(
      [1, 0].map((other) =>
        train(examples, { ...training, epochs: PART_EPOCHS }, rng, (i) => examples.part[i] === other),
      ),
    );
  return train(examples, training, rng);
}
