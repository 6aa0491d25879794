/**
 * Heap bytes that a call leaves behind, per sample.
 *
 * `process.memoryUsage().heapUsed` grows with every allocation between two collections, so the smallest growth of
 * several rounds is what the code itself allocates: a collection in between only makes a round smaller, and such
 * rounds (negative growth) do not count. Measures after a warm-up: the compilers allocate, too.
 */
export function bytesPerSample(run: () => void, samplesPerRun: number, target = 200_000): number {
  const repeats = Math.max(1, Math.ceil(target / samplesPerRun));
  for (let i = 0; i < 2 * repeats; i++) run();
  let least = Infinity;
  for (let round = 0; round < 8; round++) {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < repeats; i++) run();
    const grown = process.memoryUsage().heapUsed - before;
    if (grown >= 0) least = Math.min(least, grown / (repeats * samplesPerRun));
  }
  return least;
}
