/**
 * `npm run docs`: writes what is generated from the code into docs/. With --check it only says what is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GENERATED } from './docs/generated.ts';
import { PACKAGE_ROOT } from './version.ts';

const isCheck = process.argv.includes('--check');
for (const [file, make] of Object.entries(GENERATED)) {
  const path = join(PACKAGE_ROOT, 'docs', file);
  const text = make();
  if (!isCheck) {
    writeFileSync(path, text);
    process.stdout.write(`docs/${file}\n`);
  } else if (readFileSync(path, 'utf8') !== text) {
    process.stdout.write(`docs/${file} is out of date: npm run docs\n`);
    process.exitCode = 1;
  }
}
