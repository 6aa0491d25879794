import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's folder, from the source tree (src/app) as from the build (dist/src/app). */
export const PACKAGE_ROOT = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
  try {
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    if ((JSON.parse(text) as { name?: string }).name === 'rwave') return folder;
  } catch {
    // not here: look one folder up
  }
  return findRoot(dirname(folder));
}

export const VERSION = (
  JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as { version: string }
).version;
