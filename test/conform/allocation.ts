/**
 * Heap bytes that a call leaves behind, per sample.
 *
 * `process.memoryUsage().heapUsed` grows with every allocation between two collections, so the smallest growth of
 * several rounds is what the code itself allocates: a collection in between only makes a round smaller, and such
 * rounds (negative growth) do not count. Code that is not optimised yet allocates, and on a busy machine the compiler
 * comes late: so rounds go on, up to `ROUNDS`, until one is clean.
 */
const ROUNDS = 1000;
const CLEAN = 0.02;

export function bytesPerSample(run: () => void, samplesPerRun: number, target = 200_000): number {
  const repeats = Math.max(1, Math.ceil(target / samplesPerRun));
  let least = Infinity;
  for (let round = 0; round < ROUNDS && least > CLEAN; round++) {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < repeats; i++) run();
    const grown = process.memoryUsage().heapUsed - before;
    if (grown >= 0) least = Math.min(least, grown / (repeats * samplesPerRun));
  }
  return least;
}
