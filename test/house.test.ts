/**
 * The house rules: who may import whom, and what nobody may call. The list is the one in docs/DESIGN.md.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

const MAY_IMPORT: Readonly<Partial<Record<string, readonly string[]>>> = {
  'src/core': [],
  'src/protocol': ['src/core'],
  'src/link': ['src/core'],
  'src/dsp': ['src/core'],
  'src/detect': ['src/core', 'src/dsp'],
  'src/advisory': ['src/core', 'src/dsp', 'src/detect'],
  'src/control': ['src/core'],
  'src/session': ['src/core', 'src/protocol', 'src/dsp', 'src/detect', 'src/advisory', 'src/control'],
  'src/score': ['src/core'],
  'src/guidance': ['src/core'],
  'src/dataset': ['src/core', 'src/dsp', 'src/detect', 'src/advisory', 'src/score', 'signals/formats'],
  'src/drivers': ['src/core', 'src/link'],
  'src/monitor': ['src/core', 'src/protocol'],
  'signals/rhythms': ['src/core', 'signals'],
  'signals/artifacts': ['src/core', 'signals'],
  'signals/patient': ['src/core', 'signals'],
  'signals/formats': ['src/core', 'signals'],
  'firmware-sim': ['src/core', 'src/protocol', 'src/link', 'src/dsp', 'src/detect', 'signals'],
};
/** Node's I/O belongs to the edges. */
const MAY_DO_IO = ['src/app', 'src/link', 'src/dataset', 'src/drivers', 'signals/formats'];

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(join(ROOT, path)).isDirectory()) return sources(path);
    return name.endsWith('.ts') ? [path] : [];
  });
}

const FILES = ['src', 'signals', 'firmware-sim'].flatMap(sources);

function homeOf(file: string): string {
  const homes = [...Object.keys(MAY_IMPORT), 'src/app'];
  return (
    homes.filter((home) => file.startsWith(`${home}/`)).sort((a, b) => b.length - a.length)[0] ??
    dirname(file)
  );
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((m) => m[1]);
}

/** Without comments and strings, so that a word in a sentence is not a call. */
function codeOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '')
    .replace(/'[^'\n]*'|`[^`]*`/g, "''");
}

describe('the house', () => {
  test('has a rule for every folder', () => {
    const strays = FILES.filter((file) => {
      const home = homeOf(file);
      return MAY_IMPORT[home] === undefined && home !== 'src/app' && file !== 'src/index.ts';
    });
    expect(strays).toEqual([]);
  });

  test('imports only what its place allows', () => {
    const broken: string[] = [];
    for (const file of FILES) {
      const home = homeOf(file);
      const allowed = MAY_IMPORT[home];
      if (allowed === undefined) continue;
      for (const target of importsOf(file).filter((t) => t.startsWith('.'))) {
        const to = relative(ROOT, resolve(ROOT, dirname(file), target));
        const fine = [home, ...allowed].some((place) => to.startsWith(`${place}/`));
        if (!fine) broken.push(`${file} imports ${to}`);
      }
    }
    expect(broken).toEqual([]);
  });

  test('nobody imports the application', () => {
    const broken = FILES.filter((f) => !f.startsWith('src/app/')).filter((f) =>
      importsOf(f).some((t) => t.includes('/app/')),
    );
    expect(broken).toEqual([]);
  });

  test('does input and output only at the edges', () => {
    const broken = FILES.filter((f) => !MAY_DO_IO.some((home) => f.startsWith(`${home}/`))).filter((f) =>
      importsOf(f).some((t) =>
        /^(node:)?(fs|net|http|child_process|tty|os|worker_threads|dgram|process)(\/|$)/.test(t),
      ),
    );
    expect(broken).toEqual([]);
  });

  test('reads no clock and rolls no dice outside the application', () => {
    const broken = FILES.filter((f) => !f.startsWith('src/app/')).flatMap((file) => {
      const banned = file.startsWith('src/monitor/')
        ? /Math\.random/
        : /Math\.random|Date\.now|new Date\(\)|performance\.now|process\.hrtime|setInterval/;
      return banned.test(codeOf(file)) ? [file] : [];
    });
    expect(broken).toEqual([]);
  });
});
