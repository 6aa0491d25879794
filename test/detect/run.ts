/** Runs a detector over a signal and counts as bxb does: one to one, the nearest within 150 ms. */
import { emptyBeat, emptyRWave, type Beat, type RWave } from '../../src/core/beat.ts';
import { msToSamples } from '../../src/core/units.ts';
import { QrsDetector, type QrsDetectorOptions } from '../../src/detect/index.ts';

export interface Found {
  beats: Beat[];
  syncs: RWave[];
}

export function detectAll(
  options: QrsDetectorOptions,
  x: Float64Array,
  cut: () => number = () => 1000,
): Found {
  const detector = new QrsDetector(options);
  const found: Found = { beats: [], syncs: [] };
  for (let at = 0; at < x.length;) {
    const n = Math.min(cut(), x.length - at);
    detector.process(x.subarray(at, at + n), n);
    at += n;
    drain(detector, found);
  }
  detector.flush();
  drain(detector, found);
  return found;
}

function drain(detector: QrsDetector, { beats, syncs }: Found): void {
  const beat = emptyBeat();
  const sync = emptyRWave();
  while (detector.beats.take(beat)) beats.push({ ...beat });
  while (detector.syncs.take(sync)) syncs.push({ ...sync });
}

export interface Match {
  matched: [reference: number, test: number][];
  missed: number[];
  extra: number[];
}

export function match(reference: readonly number[], test: readonly number[], fs: number): Match {
  const window = msToSamples(150, fs);
  const result: Match = { matched: [], missed: [], extra: [] };
  let i = 0;
  let j = 0;
  while (i < reference.length || j < test.length) {
    const r = reference[i] ?? Infinity;
    const t = test[j] ?? Infinity;
    const apart = Math.abs(t - r);
    const nextTest = Math.abs((test[j + 1] ?? Infinity) - r);
    const nextReference = Math.abs(t - (reference[i + 1] ?? Infinity));
    if (!(apart <= window)) {
      if (t < r) result.extra.push(test[j++]);
      else result.missed.push(reference[i++]);
    } else if (nextTest < apart && nextTest <= nextReference) result.extra.push(test[j++]);
    else if (nextReference < apart) result.missed.push(reference[i++]);
    else result.matched.push([reference[i++], test[j++]]);
  }
  return result;
}
