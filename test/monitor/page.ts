/** What the browser test and the screenshot share: the page built into a folder of its own, and a browser. */
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { build } from 'vite';

export const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const hasBrowser = existsSync(CHROMIUM);

/** Quiet, without a sandbox (tests may run as root) and without talking to anybody. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
];

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** Returns the folder; the caller removes it. */
export async function buildPage(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'rwave-page-'));
  await build({
    configFile: resolve(import.meta.dirname, '../../src/monitor/vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: folder },
  });
  return folder;
}
