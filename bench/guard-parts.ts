/**
 * `npm run bench:guard` (guard.ts): fails when the chain has become slower or begins to allocate. Runs in CI, about 10 s.
 *
 * Compares ratios to the calibration kernel, never times: the least of interleaved rounds of each. Slower than
 * baseline.json by more than the margin in three tries out of three is a failure; faster is only told.
 * `--update` writes a new baseline (the middle of three tries).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { benchEcg } from './lib/ecg.ts';
import { leastBytes, leastNs } from './lib/measure.ts';
import { pieces } from './lib/pieces.ts';

const FS = 360;
const BLOCK = 256;
const SAMPLES = 4096 * BLOCK; // a million distinct ones
const ROUNDS = 12;
const TRIES = 3;
/** Pieces ÷ kernel repeats within 8 % over processes on a loaded machine (facts, performance 3). */
const MARGIN = 0.15;
const MAX_BYTES = 0.1;
/** The working folder is the project's root (lib/plain-node.ts). */
const BASELINE = 'bench/baseline.json';

type Ratios = Record<'filter' | 'detector', number>;

const { x, truth } = benchEcg(SAMPLES, FS);
const { kernel, filter, detector } = pieces(x, FS);

function measure(): Ratios {
  const ns = leastNs([kernel, filter, detector], ROUNDS);
  const of = (name: string): number => (ns.get(name) ?? NaN) / (ns.get('kernel') ?? NaN);
  return { filter: of('filter'), detector: of('detector') };
}

function checkResult(): void {
  detector.run();
  const found = detector.beats;
  detector.beats = 0;
  if (Math.abs(found - truth.length) > 0.005 * truth.length)
    fail(`the detector found ${found} beats where there are ${truth.length}: its speed means nothing`);
}

function fail(text: string): never {
  console.error(`bench:guard: ${text}`);
  process.exit(1);
}

checkResult();
if (process.argv.includes('--update')) {
  const tries = [measure(), measure(), measure()];
  const middle = (name: keyof Ratios): number =>
    Number(
      tries
        .map((t) => t[name])
        .sort((a, b) => a - b)[1]
        .toFixed(3),
    );
  const baseline: Ratios = { filter: middle('filter'), detector: middle('detector') };
  writeFileSync(BASELINE, `${JSON.stringify(baseline, null, 2)}\n`);
  console.log('new baseline', baseline);
} else {
  const baseline = JSON.parse(readFileSync(BASELINE, 'utf8')) as Ratios;
  const best: Ratios = { filter: Infinity, detector: Infinity };
  const slow = (): (keyof Ratios)[] =>
    (['filter', 'detector'] as const).filter((name) => best[name] > baseline[name] * (1 + MARGIN));
  for (let i = 0; i < TRIES && (i === 0 || slow().length > 0); i++) {
    const now = measure();
    best.filter = Math.min(best.filter, now.filter);
    best.detector = Math.min(best.detector, now.detector);
  }
  const bytes = { filter: leastBytes(filter), detector: leastBytes(detector) };
  for (const name of ['filter', 'detector'] as const)
    console.log(
      `${name.padEnd(9)} ${best[name].toFixed(2)} x kernel (baseline ${baseline[name]}), ${bytes[name].toFixed(3)} B a sample`,
    );
  for (const name of slow())
    fail(`${name} takes ${best[name].toFixed(2)} x the kernel, more than ${baseline[name]} + 15 %`);
  for (const name of ['filter', 'detector'] as const)
    if (bytes[name] > MAX_BYTES)
      fail(`${name} allocates ${bytes[name].toFixed(2)} bytes a sample, more than ${MAX_BYTES}`);
}
