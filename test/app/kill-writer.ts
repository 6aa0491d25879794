/** Starts a writer of a black box, kills it with SIGKILL, and says what the reader finds: for the test and for `bench/kill-writer.ts`. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { read } from '../../src/app/black-box/format.ts';
import type { Rng } from '../../src/core/rng.ts';

export interface KillResult {
  kills: number;
  /** Appended, by the writers' word before they died. */
  told: number;
  /** Of those, not found by the reader. */
  lost: number;
  /** Records that came back with other content or in another order. */
  wrong: number;
  /** Records found, of which the writers could not tell any more. */
  beyond: number;
  tornBytes: number;
}

/** One plain file, so that a start takes 50 ms and not a second. */
export async function buildWriter(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'rwave-writer-'));
  const ssr = resolve(import.meta.dirname, '../../bench/black-box-writer.ts');
  const output = { entryFileNames: 'writer.mjs' };
  await build({ configFile: false, logLevel: 'warn', build: { ssr, outDir, rolldownOptions: { output } } });
  return outDir;
}

/** Each writer goes on with the file that the last one left. */
export async function killWriters(folder: string, kills: number, rng: Rng): Promise<KillResult> {
  const file = join(folder, 'killed.box');
  const result: KillResult = { kills, told: 0, lost: 0, wrong: 0, beyond: 0, tornBytes: 0 };
  for (let k = 0; k < kills; k++) {
    if (k % 20 === 0) rmSync(file, { force: true });
    const told = await killOne(join(folder, 'writer.mjs'), file, rng.int(1, 25));
    const { runs, tornBytes } = read(readFileSync(file));
    const records = runs.at(-1)?.records ?? [];
    result.told += told;
    result.lost += Math.max(0, told - records.length);
    result.beyond += Math.max(0, records.length - told);
    result.wrong += records.filter((r, i) => r.type === 'heartRate' && r.bpm !== i + 1).length;
    result.tornBytes += tornBytes;
  }
  return result;
}

/** Number of the last record that the writer told of; it is killed some ms after the first one. */
function killOne(writer: string, file: string, afterMs: number): Promise<number> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [writer, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (data: Buffer) => {
      if (text === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
      text += data.toString();
    });
    child.on('close', () => done(Number(text.slice(0, text.lastIndexOf('\n')).split('\n').at(-1))));
  });
}
