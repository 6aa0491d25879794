/**
 * The whole program on a day of one lead in format 212: `rwave detect`, start of Node and all, processor time.
 *
 * The record is 100 and 208 in turns (mitdb, lead 0), written to the temporary folder of the system and removed after.
 * Needs `npm run build`. The calibration kernel runs over the same number of samples in this process.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAnnotations } from '../../signals/formats/index.ts';
import { calibrationKernel, kernelState } from '../lib/calibration.ts';
import { leastNs } from '../lib/measure.ts';
import { dataFolder, isBeat, marksOf, readLead } from '../lib/records.ts';
import { table } from '../lib/table.ts';

const FS = 360;
const PAIRS = 24; // of half an hour each
const ROUNDS = 3;
const MAIN = process.env['BENCH_MAIN'] ?? join(import.meta.dirname, '../../dist/src/app/main.js');
/** Tells the processor time and the memory of the whole process as it ends. */
const TELL =
  "data:text/javascript,process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write('\\nUSED '+(u.userCPUTime+u.systemCPUTime)+' '+u.maxRSS+'\\n')})";

interface Usage {
  us: number;
  rssKb: number;
}

export function day(): string {
  const folder = dataFolder();
  if (folder === undefined) return 'not measured: RWAVE_DATA is not set';
  if (!existsSync(MAIN)) return `not measured: ${MAIN} is not there (npm run build)`;
  const temp = mkdtempSync(join(tmpdir(), 'rwave-bench-'));
  try {
    return measure(folder, temp);
  } finally {
    rmSync(temp, { recursive: true });
  }
}

function measure(folder: string, temp: string): string {
  const samples = writeDay(folder, temp);
  const runs = Array.from({ length: ROUNDS }, () =>
    run([MAIN, 'detect', join(temp, 'day'), '-a', 'qrs', '-o', temp, '--force']),
  );
  const empty = Array.from({ length: ROUNDS }, () => run(['-e', '0']));
  const least = (all: readonly Usage[], of: keyof Usage): number => Math.min(...all.map((u) => u[of]));
  checkBeats(folder, temp);
  const kernel = kernelNs(folder);
  const ns = (1000 * least(runs, 'us')) / samples;
  return table(
    ['24 h, 1 lead, format 212, whole process', 'value'],
    [
      ['samples', `${samples}`],
      ['processor time, ns a sample', ns.toFixed(1)],
      ['calibration kernel, ns a sample', kernel.toFixed(1)],
      ['ratio', (ns / kernel).toFixed(2)],
      ['of which Node alone', ((1000 * least(empty, 'us')) / samples / kernel).toFixed(2)],
      ['memory above an empty Node, MB', ((least(runs, 'rssKb') - least(empty, 'rssKb')) / 1024).toFixed(0)],
    ],
  );
}

function kernelNs(folder: string): number {
  const { x } = readLead(join(folder, 'mitdb/208'), 0);
  const y = new Float64Array(x.length);
  const z = kernelState();
  return (
    leastNs([{ name: 'kernel', run: () => calibrationKernel(x, y, z), samples: x.length }], 20).get(
      'kernel',
    ) ?? NaN
  );
}

/** All beats must be there before a time counts: 99.5 % of what the two records have. */
function checkBeats(folder: string, temp: string): void {
  const expected =
    PAIRS *
    ['100', '208'].reduce((sum, r) => sum + marksOf(join(folder, 'mitdb', r)).filter(isBeat).length, 0);
  const found = readAnnotations(join(temp, 'day.qrs'), { fs: FS }).length;
  if (Math.abs(found - expected) > 0.005 * expected)
    throw new Error(`bench: expected about ${expected} beats in the day, found ${found}`);
}

/** Returns how many samples it wrote. */
function writeDay(folder: string, temp: string): number {
  const leads = ['100', '208'].map((r) => readLead(join(folder, 'mitdb', r), 0).x);
  const half = Math.floor((leads[0].length + leads[1].length) / 2);
  const packed = new Uint8Array(3 * half);
  const adu = (i: number): number => {
    const v = i < leads[0].length ? leads[0][i] : leads[1][i - leads[0].length];
    return Math.round(v * 200) + 1024;
  };
  for (let p = 0; p < half; p++) {
    const a = adu(2 * p);
    const b = adu(2 * p + 1);
    packed[3 * p] = a & 0xff;
    packed[3 * p + 1] = ((a >> 8) & 0xf) | ((b >> 4) & 0xf0);
    packed[3 * p + 2] = b & 0xff;
  }
  const samples = 2 * half * PAIRS;
  writeFileSync(join(temp, 'day.dat'), Buffer.concat(Array.from({ length: PAIRS }, () => packed)));
  writeFileSync(join(temp, 'day.hea'), `day 1 ${FS} ${samples}\nday.dat 212 200 11 1024\n`);
  return samples;
}

function run(args: readonly string[]): Usage {
  const { stderr, status } = spawnSync(process.execPath, ['--import', TELL, ...args], { encoding: 'utf8' });
  const used = /USED (\d+) (\d+)/.exec(stderr);
  if (status !== 0 || used === null)
    throw new Error(`bench: ${args.join(' ')} ended with ${status}: ${stderr}`);
  return { us: Number(used[1]), rssKb: Number(used[2]) };
}
