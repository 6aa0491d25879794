/**
 * Pages for a blind reading of what the written rules of protocol P2 leave open (docs/advice/READING.md).
 *
 *   RWAVE_DATA=... tsx bench/reading/pages.ts -o DIR [--seed reading]        about two minutes
 *
 * Writes DIR/pages/page-001.png ... with the form of a reading beside them: that folder is what readers get; and DIR/key.tsv,
 * which they do not. The order of the records is shuffled by the seed; rows of one record stay together and in order.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { EXIT, RwaveError, UsageError } from '../../src/core/errors.ts';
import { Rng } from '../../src/core/rng.ts';
import { recordName } from '../../src/dataset/train/databases.ts';
import { readUnusable } from '../../src/dataset/train/unusable.ts';
import { parseOverrides } from '../../src/score/advice-override.ts';
import type { Reference } from '../../src/score/advice-protocol.ts';
import { rhythmSpans } from '../../src/score/advice-reference.ts';
import { dataFolder, marksOf, readLead, recordsOf } from '../lib/records.ts';
import { type KeyRow, keyText } from './key.ts';
import { NOT_READ, openStretches, type OpenStretch, ROW_S, rowStarts, within } from './open-time.ts';
import { HEIGHT, type Page, pageSvg, ROWS, WIDTH } from './page-svg.ts';
import { readable, scaleFor } from './trace.ts';

const ADVICE = resolve(import.meta.dirname, '..', '..', 'docs', 'advice');
const OVERRIDES = join(ADVICE, 'p2-overrides.tsv');
const FORM = join(ADVICE, 'reading-form.md');
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const DATABASES = ['cudb', 'vfdb'];

const HELP = `Usage: tsx bench/reading/pages.ts -o DIR [--seed reading]

Cuts what the written rules of P2 leave open out of cudb and vfdb (RWAVE_DATA), 15 s a row, eight rows a page.
  -o, --out DIR     DIR/pages is for the readers, DIR/key.tsv is not
  --seed WORD       order of the records (default: reading)

Example:
  RWAVE_DATA=data tsx bench/reading/pages.ts -o /tmp/reading --seed reading`;

interface Recording {
  record: string;
  path: string;
  open: OpenStretch[];
  labels: OpenStretch[];
  starts: number[];
  lengthS: number;
}

function recordings(folder: string): Recording[] {
  const unusable = readUnusable(join(folder, 'reference', 'label-corrections-8s.tsv'));
  const overrides = parseOverrides(readFileSync(OVERRIDES, 'utf8'), OVERRIDES);
  const paths = DATABASES.flatMap((d) => recordsOf(folder, d)).filter((p) => !NOT_READ.has(recordName(p)));
  return paths.map((path) => {
    const record = recordName(path);
    const { x, fs } = readLead(path, 0);
    const spans = rhythmSpans(marksOf(path), x.length);
    const reference: Reference = {
      fs,
      spans,
      unusable: unusable.get(record) ?? [],
      overrides: overrides.get(record) ?? [],
    };
    const lengthS = x.length / fs;
    const open = openStretches(reference, lengthS);
    const labels = spans.map(({ from, to, rhythm }) => ({ from: from / fs, to: to / fs, rhythm }));
    return { record, path, open, labels, starts: rowStarts(open, lengthS), lengthS };
  });
}

function shuffled<T>(list: readonly T[], seed: string): T[] {
  const rng = new Rng(seed).fork('records');
  const all = [...list];
  for (let i = all.length - 1; i > 0; i--) {
    const j = rng.int(0, i);
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all;
}

/** The pages of one record, numbered from `first`, and their lines of the key. */
function pagesOf(r: Recording, first: number): { pages: Page[]; key: KeyRow[] } {
  const { x, fs } = readLead(r.path, 0);
  const y = readable(x, fs);
  const pages: Page[] = [];
  const key: KeyRow[] = [];
  for (let k = 0; k < r.starts.length; k += ROWS) {
    const number = first + pages.length;
    const rows = r.starts.slice(k, k + ROWS).map((from, row) => {
      const to = Math.min(from + ROW_S, r.lengthS);
      const open = within(r.open, from, to);
      key.push({ page: number, row: row + 1, record: r.record, from, to: Math.floor(to), open });
      return { samples: y.subarray(from * fs, to * fs), labels: within(r.labels, from, to), open };
    });
    pages.push({ number, fs, scale: scaleFor(rows.map((row) => row.samples)), rows });
  }
  return { pages, key };
}

function emptyFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0)
    throw new UsageError(`${folder}: expected an empty folder for the pages, found files in it`);
  return folder;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', short: 'o' },
      seed: { type: 'string', default: 'reading' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    console.log(HELP);
    return;
  }
  const data = dataFolder();
  if (values.out === undefined || data === undefined)
    throw new UsageError(`expected -o DIR, and RWAVE_DATA to name the recordings\n${HELP}`);
  if (!existsSync(CHROMIUM))
    throw new UsageError(`expected Chromium at ${CHROMIUM} (CHROMIUM=...), found none`);
  const folder = emptyFolder(join(values.out, 'pages'));
  const key: KeyRow[] = [];
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const view = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
    let number = 1;
    for (const recording of shuffled(recordings(data), values.seed)) {
      const made = pagesOf(recording, number);
      for (const page of made.pages) {
        await view.setContent(`<body style="margin:0">${pageSvg(page)}</body>`);
        await view.screenshot({ path: join(folder, `page-${String(page.number).padStart(3, '0')}.png`) });
        if (page.number % 25 === 0) process.stderr.write(`page ${page.number}\n`);
      }
      number += made.pages.length;
      key.push(...made.key);
    }
  } finally {
    await browser.close();
  }
  writeFileSync(join(values.out, 'key.tsv'), keyText(key));
  copyFileSync(FORM, join(folder, 'FORM.md'));
  process.stdout.write(`${summary(key)}\n`);
}

function summary(key: readonly KeyRow[]): string {
  const open = key.flatMap((k) => k.open).reduce((sum, o) => sum + o.to - o.from, 0);
  const shown = key.reduce((sum, k) => sum + k.to - k.from, 0);
  const records = new Set(key.map((k) => k.record)).size;
  return `${key.at(-1)?.page ?? 0} pages, ${key.length} rows of ${records} records: ${shown} s shown, ${open} s of them asked about`;
}

main().catch((error: unknown) => {
  if (!(error instanceof RwaveError) && !(error instanceof TypeError)) throw error;
  process.stderr.write(`pages: ${error.message}\n`);
  process.exitCode = EXIT.usage;
});
