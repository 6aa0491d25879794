/** Writes the three reports: to a temporary name first, so that nobody ever reads half a report. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../../core/errors.ts';
import type { Report } from '../runner.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';

const MAKERS: Readonly<Record<string, (report: Report) => string>> = {
  'verify.html': htmlReport,
  'verify.json': jsonReport,
  'verify.xml': junitReport,
};

export function writeReports(folder: string, report: Report): string[] {
  try {
    mkdirSync(folder, { recursive: true });
    return Object.entries(MAKERS).map(([name, make]) => {
      const path = join(folder, name);
      writeFileSync(`${path}.tmp`, make(report));
      renameSync(`${path}.tmp`, path);
      return path;
    });
  } catch (error) {
    throw new UsageError(`-o ${folder}: cannot be written: ${(error as Error).message}`);
  }
}
