/**
 * Times several pieces of code in turns and keeps the least of each: on a shared machine the least is what the code
 * costs, everything above it is somebody else. Processor time, not time on the wall: on a machine that does other work
 * the wall counts that, too.
 */
export interface Piece {
  name: string;
  /** One round over `samples` samples. */
  run: () => void;
  samples: number;
}

/** Nanoseconds a sample, the least of `rounds` rounds in turns, after `warmUp` rounds. */
export function leastNs(pieces: readonly Piece[], rounds: number, warmUp = 3): Map<string, number> {
  const least = new Map(pieces.map((p) => [p.name, Infinity]));
  for (let round = 0; round < warmUp + rounds; round++)
    for (const { name, run, samples } of pieces) {
      const from = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(from);
      const ns = (1000 * (user + system)) / samples;
      if (round >= warmUp) least.set(name, Math.min(least.get(name) ?? Infinity, ns));
    }
  return least;
}

/**
 * Heap bytes a sample that a round leaves behind: the least growth of several rounds (collections only shrink it, and
 * code that is not optimised yet allocates: rounds go on until one is clean).
 */
export function leastBytes({ run, samples }: Piece, rounds = 40): number {
  let least = Infinity;
  for (let i = 0; i < rounds && least > 0.01; i++) {
    const before = process.memoryUsage().heapUsed;
    run();
    const grown = process.memoryUsage().heapUsed - before;
    if (grown >= 0) least = Math.min(least, grown / samples);
  }
  return least;
}
