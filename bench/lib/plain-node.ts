/**
 * Runs a bench in plain Node, as the built program runs: bundled by vite into node_modules/.cache.
 *
 * Not under tsx: once its loader has taken in a CommonJS package (fili is enough), an ArrayBuffer has been detached in the
 * process, and from then on V8 asks at every typed-array access whether this one is, too. The calibration kernel
 * takes 16.3 instead of 11.1 ns a sample then and the detector a seventh more (measured): ratios look better than they are.
 */
import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '../..');

/** `entry` is a file of bench/; returns the exit code. */
export async function runInPlainNode(entry: string, args: readonly string[]): Promise<number> {
  const name = basename(entry, '.ts');
  const outDir = join(ROOT, 'node_modules/.cache/rwave-bench', name);
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(ROOT, 'bench', entry),
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
  });
  const { status } = spawnSync(process.execPath, [join(outDir, `${name}.mjs`), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  return status ?? 1;
}
