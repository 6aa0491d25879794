/**
 * The whole program on a day of one lead in format 212: `rwave detect`, start of Node and all, processor time.
 *
 * The record is 100 and 208 in turns (mitdb, lead 0), written to the temporary folder of the system and removed after.
 * Needs `npm run build`. The calibration kernel runs in this process, plain Node as well (lib/plain-node.ts).
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readAnnotations } from '../../signals/formats/index.ts';
import { calibrationKernel, kernelState } from '../lib/calibration.ts';
import { type Day, FS, MAIN, missingBuild, withTemporaryFolder, writeDay } from '../lib/day-record.ts';
import { leastNs } from '../lib/measure.ts';
import { dataFolder, readLead } from '../lib/records.ts';
import { table } from '../lib/table.ts';

const ROUNDS = 5;
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
  return missingBuild() ?? withTemporaryFolder((temp) => measure(folder, temp));
}

function measure(folder: string, temp: string): string {
  const paths = ['100', '208'].map((name) => join(folder, 'mitdb', name));
  const written = writeDay(paths, temp);
  const { samples } = written;
  const detect = ['detect', join(temp, 'day'), '-a', 'qrs', '-o', temp, '--force'];
  const kernel: number[] = [];
  const runs: Usage[] = [];
  const empty: Usage[] = [];
  const start: Usage[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    kernel.push(kernelNs(paths[1]));
    runs.push(run([MAIN, ...detect]));
    start.push(run([MAIN, 'detect', '--help']));
    empty.push(run(['-e', '0']));
  }
  checkBeats(written, temp);
  const least = (all: readonly Usage[], of: keyof Usage): number => Math.min(...all.map((u) => u[of]));
  const kernelLeast = Math.min(...kernel);
  const ratio = (all: readonly Usage[]): string =>
    ((1000 * least(all, 'us')) / samples / kernelLeast).toFixed(2);
  return table(
    ['24 h, 1 lead, format 212, whole process', 'value'],
    [
      ['samples', `${samples}`],
      ['processor time, ns a sample', ((1000 * least(runs, 'us')) / samples).toFixed(1)],
      ['calibration kernel, ns a sample', kernelLeast.toFixed(1)],
      ['ratio', ratio(runs)],
      ['of which Node alone', ratio(empty)],
      ['Node and the loaded program', ratio(start)],
      ['memory above an empty Node, MB', ((least(runs, 'rssKb') - least(empty, 'rssKb')) / 1024).toFixed(0)],
    ],
  );
}

function kernelNs(path: string): number {
  const { x } = readLead(path, 0);
  const y = new Float64Array(x.length);
  const z = kernelState();
  const piece = { name: 'kernel', run: () => calibrationKernel(x, y, z), samples: x.length };
  return leastNs([piece], 10).get('kernel') ?? NaN;
}

/** All beats must be there before a time counts: 99.5 % of what the records have. */
function checkBeats({ beats }: Day, temp: string): void {
  const found = readAnnotations(join(temp, 'day.qrs'), { fs: FS }).length;
  if (Math.abs(found - beats) > 0.005 * beats)
    throw new Error(`bench: expected about ${beats} beats in the day, found ${found}`);
}

function run(args: readonly string[]): Usage {
  const { stderr, status } = spawnSync(process.execPath, ['--import', TELL, ...args], { encoding: 'utf8' });
  const used = /USED (\d+) (\d+)/.exec(stderr);
  if (status !== 0 || used === null)
    throw new Error(`bench: ${args.join(' ')} ended with ${status}: ${stderr}`);
  return { us: Number(used[1]), rssKb: Number(used[2]) };
}
