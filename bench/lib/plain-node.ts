/**
 * Runs a bench as the built program runs: compiled file by file by tsc, in plain Node. Both matter to the yardstick, which
 * takes 11 ns a sample there (measured, calibration.ts):
 *
 *   under tsx   once its loader has taken in a CommonJS package (fili is enough), an ArrayBuffer has been detached in the
 *               process, and V8 asks at every typed-array access whether this one is, too: 16.5 ns; the detector a seventh more
 *   bundled     `const` of a module becomes `var`, which V8 reads again at every access: 17 to 20 ns
 *
 * Ratios to a slow yardstick look better than they are.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
/** As in plain.tsconfig.json; beneath the package's own folder, so that its dependencies are found. */
const OUT = join(ROOT, 'node_modules/.cache/rwave-bench');

/** `entry` is a file of bench/; returns the exit code. */
export function runInPlainNode(entry: string, args: readonly string[]): number {
  mkdirSync(OUT, { recursive: true });
  copyFileSync(join(ROOT, 'package.json'), join(OUT, 'package.json')); // says that .js files are modules
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const compiled = node([tsc, '-p', join(ROOT, 'bench/plain.tsconfig.json')]);
  return compiled === 0 ? node([join(OUT, 'bench', entry.replace(/\.ts$/, '.js')), ...args]) : compiled;
}

function node(args: readonly string[]): number {
  return spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
}
