/**
 * Simulated boxes that run on this computer, one small file each in the user's runtime folder: `rwave list` finds them
 * there, since pseudo-terminals appear in no list of serial ports.
 */
import { mkdirSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

export function registryFolder(): string {
  const runtime = process.env['XDG_RUNTIME_DIR'];
  return runtime === undefined || runtime === ''
    ? join(tmpdir(), `rwave-${userInfo().username}`)
    : join(runtime, 'rwave');
}

/** Enters this program's box; returns how to strike it out. Nobody fails for want of a folder. */
export function enterBox(about: object, folder = registryFolder()): () => void {
  const file = join(folder, `${process.pid}.json`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify(about));
  } catch {
    return () => undefined;
  }
  return () => {
    try {
      unlinkSync(file);
    } catch {
      // somebody tidied up before us
    }
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^\d+\.json$/.test(name));
  } catch {
    return [];
  }
}

export type RunningBox = Readonly<Record<string, unknown>> & { address: string; model: string; pid: number };

/** Boxes whose process still runs; what dead ones left is removed. */
export function runningBoxes(folder = registryFolder()): RunningBox[] {
  return filesIn(folder).flatMap((name) => {
    const file = join(folder, name);
    try {
      if (isAlive(parseInt(name, 10))) return [JSON.parse(readFileSync(file, 'utf8')) as RunningBox];
      unlinkSync(file);
    } catch {
      // half written, or gone meanwhile
    }
    return [];
  });
}
