/**
 * Makes docs/img/monitor.png: `npx tsx test/monitor/screenshot.ts [FILE]`. A patient in fibrillation, charged, SHOCK lit.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { startMonitor } from '../../src/app/server/start.ts';
import { buildPage, openBrowser } from './page.ts';

const file = resolve(process.argv[2] ?? resolve(import.meta.dirname, '../../docs/img/monitor.png'));
const pageFolder = await buildPage();
const monitor = await startMonitor({ port: 0, rhythm: 'sinus', seed: 1, pageFolder });
const browser = await openBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1120, height: 720 }, deviceScaleFactor: 1.5 });
  await page.goto(monitor.url);
  await page.waitForTimeout(6000);
  await page.locator('#rhythm').selectOption('vf');
  await page.locator("#verdict[data-verdict='shock']").waitFor();
  await page.locator('#charge').click();
  await page.locator("#shock[aria-disabled='false']").waitFor();
  await page.waitForTimeout(600);
  mkdirSync(dirname(file), { recursive: true });
  await page.screenshot({ path: file });
  process.stdout.write(`${file}\n`);
} finally {
  await browser.close();
  await monitor.close();
  rmSync(pageFolder, { recursive: true });
}
