/** The built page, read once into memory: what is not in the folder does not exist, so no path can climb out of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { UsageError } from '../../core/errors.ts';

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
]);

export interface StaticFile {
  type: string;
  bytes: Buffer;
  /** Content security policy, where it is not the monitor's. */
  policy?: string;
}

/** Files by URL path; '/' is the page. */
export function loadPage(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const path of filesIn(folder)) {
    const type = TYPES.get(extname(path));
    if (type === undefined) continue;
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { type, bytes: readFileSync(path) });
  }
  const index = files.get('/index.html');
  if (index === undefined) {
    throw new UsageError(
      `the monitor's page is not built: ${join(folder, 'index.html')} is missing; run: npm run build`,
    );
  }
  return files.set('/', index);
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return []; // no folder: the caller says what to do
  }
}
