/** Time of one call with one sample in the live chain (monitor filter, then detector), against an empty call. */
import { emptyBeat, emptyRWave } from '../../src/core/beat.ts';
import { QrsDetector } from '../../src/detect/index.ts';
import { benchEcg } from '../lib/ecg.ts';
import { monitorFilter } from '../lib/pieces.ts';
import { table } from '../lib/table.ts';

const FS = 360;
const DISTINCT = 2 ** 20;

/** Nanoseconds, one bucket each. */
const BUCKETS = 100_000;

/** Reads the clock into a reused array: what hrtime.bigint returns would be allocated. */
function histogramOf(call: (i: number) => void, calls: number): Uint32Array {
  const counts = new Uint32Array(BUCKETS);
  for (let i = 0; i < calls; i++) {
    const from = performance.now();
    call(i);
    counts[Math.min(BUCKETS - 1, ((performance.now() - from) * 1e6) | 0)]++;
  }
  return counts;
}

function at(counts: Uint32Array, share: number, calls: number): string {
  let sum = 0;
  for (let ns = 0; ns < BUCKETS; ns++) {
    sum += counts[ns];
    if (sum >= share * calls) return `${ns}`;
  }
  return `> ${BUCKETS}`;
}

/** `calls` of each. */
export function latency(calls: number): string {
  const { x } = benchEcg(DISTINCT, FS);
  const filter = monitorFilter(FS);
  const detector = new QrsDetector({ fs: FS });
  const one = new Float64Array(1);
  const beat = emptyBeat();
  const sync = emptyRWave();
  const chain = (i: number): void => {
    one[0] = x[i & (DISTINCT - 1)];
    filter.process(one, one, 1);
    detector.process(one, 1);
    while (detector.beats.take(beat));
    while (detector.syncs.take(sync));
  };
  const empty = (i: number): void => {
    one[0] = x[i & (DISTINCT - 1)];
  };
  for (let i = 0; i < DISTINCT; i++) chain(i);
  const rows = [
    ['empty call', histogramOf(empty, calls)],
    ['live chain', histogramOf(chain, calls)],
  ] as const;
  return table(
    [`ns, ${calls} calls, clock included`, 'p50', 'p99', 'p99.9', 'p99.99'],
    rows.map(([name, counts]) => [
      name,
      ...[0.5, 0.99, 0.999, 0.9999].map((share) => at(counts, share, calls)),
    ]),
  );
}
