/**
 * The monitor in a real browser: the whole path, from the simulated patient to pixels and back by the front panel's keys.
 *
 * The page is built into a temporary folder first, so that the test needs no `npm run build`.
 */
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMonitor } from '../../src/app/server/start.ts';
import type { RunningMonitor } from '../../src/app/server/start.ts';
import { buildPage, CHROMIUM, hasBrowser, openBrowser } from './page.ts';

/** Generous: the computer may be busy with other tests. */
const SOON = { timeout: 10_000 };
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const why = hasBrowser ? '' : ` (skipped: ${CHROMIUM} is not there)`;

describe.skipIf(!hasBrowser)(`the monitor in a browser${why}`, { timeout: 30_000 }, () => {
  const complaints: string[] = [];
  let folder: string;
  let monitor: RunningMonitor;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    folder = await buildPage();
    monitor = await startMonitor({ port: 0, rhythm: 'vf', seed: 1, pageFolder: folder });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1024, height: 700 } });
    page.on('console', (m) => {
      if (m.type() === 'error' || m.type() === 'warning') complaints.push(m.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(monitor.url);
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await monitor.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const text = (selector: string) => page.locator(selector).innerText();
  const live = (selector: string) => page.locator(`${selector}[aria-disabled='false']`);

  test('says that it is simulated, and to what scale it draws', async () => {
    expect(await text('.banner')).toContain('SIMULATED');
    expect(await text('#scale-note')).toMatch(/25 mm\/s\s+10 mm\/mV/);
    await expect.poll(() => text('#link'), SOON).toBe('link up');
    await page.locator('#sound').click();
    expect(await page.locator('#sound').getAttribute('aria-pressed')).toBe('true');
  });

  test('the trace moves', async () => {
    await expect.poll(() => lit(page), SOON).toBeGreaterThan(200);
    const before = await pixels(page);
    await expect.poll(async () => (await pixels(page)) !== before, SOON).toBe(true);
  });

  test('SHOCK with nothing charged is refused, and says why', async () => {
    await page.locator('#shock').click({ force: true });
    await expect.poll(() => text('#events'), SOON).toMatch(/Refused shock: .+/);
    expect(await text('#stored')).toBe('0');
  });

  test('an alarm stands on top with sign and colour, is silenced with a time-out, and is in the log', async () => {
    // The patient fibrillates.
    await expect.poll(() => text('#alarm-text'), SOON).toMatch(/^!!! VF or VT: .+/);
    expect(await page.locator('#alarm-bar').getAttribute('data-priority')).toBe('high');
    await page.locator('#alarm-silence').click();
    await expect.poll(() => text('#alarm-silence'), SOON).toMatch(/^Silenced 0[12]:\d\d$/);
    await page.locator('#alarm-open').click();
    expect(await text('#alarm-log')).toContain('VF or VT');
    await page.locator('#limit-bpmLow').fill('40');
    await page.locator('#alarm-limits button').click();
    await expect.poll(() => text('#alarm-log'), SOON).toContain('heart rate 40 to 120');
    await page.locator('#limit-spo2Low').fill('85');
    await page.locator('#limit-systolicHigh').fill('180');
    await page.locator('#alarm-limits button').click();
    await expect.poll(() => text('#alarm-log'), SOON).toContain('SpO2 85 %, systolic 90 to 180 mmHg');
    await page.locator('#limit-bpmHigh').fill('43');
    await page.locator('#alarm-limits button').click();
    await expect.poll(() => text('#events'), SOON).toMatch(/Refused alarmLimits: .+ too close: leave 5/);
    await page.locator('#alarm-panel button[popovertargetaction]').click();
  });

  test('the pacer: set, started, shown on the panel; SYNC is refused meanwhile, with what to do', async () => {
    await page.locator('#pacer-open').click();
    await page.locator('#pace-current-up').click();
    await expect.poll(() => text('#pace-current'), SOON).toBe('5');
    await live('#pace').click();
    await expect.poll(() => text('#pace-flag'), SOON).toBe('PACE 70 / 5 mA');
    await page.locator('#sync').click({ force: true });
    await expect.poll(() => text('#events'), SOON).toMatch(/Refused sync: .+ stop it before/);
    await page.locator('#pace').click();
    await expect.poll(() => page.locator('#pace-flag').isHidden(), SOON).toBe(true);
    await page.locator('#pacer button[popovertargetaction]').click();
  });

  test('the CHILD key sets the energy of a child; again, and the patient is an adult', async () => {
    await live('#patient').click();
    await expect.poll(() => page.locator('#energy').inputValue(), SOON).toBe('50');
    await page.locator('#patient').click();
    await expect.poll(() => page.locator('#energy').inputValue(), SOON).toBe('200');
  });

  test('the code summary of the run opens as a page, without a complaint of the browser', async () => {
    const summary = await browser.newPage();
    summary.on('console', (m) => complaints.push(m.text()));
    await summary.goto(`${monitor.url}summary.html`);
    expect(await summary.locator('h1').innerText()).toBe('rwave code summary');
    expect(await summary.locator('main').innerText()).toMatch(
      /Analysis: V[FT], shock advised|Initial rhythm: V[FT]/,
    );
    await summary.close();
  });

  test('CHARGE, then SHOCK, ends the fibrillation', async () => {
    expect(await page.locator('#rhythm').inputValue()).toBe('vf');
    for (let shocks = 0; shocks < 3; shocks++) {
      // A shock ends fibrillation by chance, as in life: three in a row that fail are worth a look.
      await live('#charge').click();
      await live('#shock').click({ timeout: 15_000 });
      await expect.poll(() => page.locator("#events [data-tone='shock']").count(), SOON).toBe(shocks + 1);
      if (await becomes(() => page.locator('#rhythm').inputValue(), 'vf', false)) break;
    }
    expect(await page.locator('#rhythm').inputValue()).not.toBe('vf');
    await expect
      .poll(() => text('#plan'), SOON)
      .toMatch(/^Shock \d: \d+ J, 00:\d\d ago\nPlan 200.300.360 J \(AHA 2025\)$/);
  });

  test('the plan proposes the next energy; nothing is selected until somebody takes it', async () => {
    expect(await page.locator('#energy').inputValue()).toBe('200');
    await expect.poll(() => text('#energy-next'), SOON).toBe('Next 300 J');
    await live('#energy-next').click();
    await expect.poll(() => page.locator('#energy').inputValue(), SOON).toBe('300');
    await expect.poll(() => page.locator('#energy-next').isHidden(), SOON).toBe(true);
  });

  test(
    'in SYNC, SHOCK is held until an R comes, and goes out at once after it',
    { timeout: 30_000 },
    async () => {
      await page.locator('#rhythm').selectOption('vt');
      await page.locator('#energy').selectOption('50');
      await live('#sync').click();
      await expect.poll(() => text('#sync-flag'), SOON).toBe('SYNC');
      await live('#charge').press('Enter');
      await live('#shock').waitFor({ timeout: 15_000 });
      await page.locator('#shock').hover();
      await page.mouse.down();
      await expect.poll(() => text('#events'), SOON).toMatch(/Shock .+, \d+ ms after R/);
      await page.mouse.up();
      const ms = Number(/(\d+) ms after R/.exec(await text('#events'))?.[1]);
      expect(ms).toBeLessThan(60);
      await page.locator('#sync').click();
    },
  );

  test('a pulled cable is shown at once, and a plugged one found again', async () => {
    await page.locator('#bench-more summary').click();
    await page.locator('#plug').selectOption('off');
    await expect.poll(() => text('#overlay'), SOON).toContain('Link lost');
    expect(await text('#heart-rate')).toBe('--');
    expect(await text('#spo2-value')).toBe('--');
    expect(await page.locator('#shock').getAttribute('aria-disabled')).toBe('true');
    await page.locator('#plug').selectOption('on');
    await expect.poll(() => text('#link'), SOON).toBe('link up');
    await page.locator('#bench-more summary').click();
  });

  test('vital signs: numbers with their waves; a sensor that is pulled out is "--", and says so', async () => {
    await page.locator('#rhythm').selectOption('sinus');
    await expect.poll(() => text('#spo2-value'), { timeout: 20_000 }).toMatch(/^\d\d$/);
    await expect.poll(() => text('#pulse'), SOON).toMatch(/^PR \d+$/);
    await expect.poll(() => lit(page, '#slow-trace'), SOON).toBeGreaterThan(100);
    await page.locator('#bench-more summary').click();
    await page.locator('#sensors input[name=spo2]').uncheck();
    await expect.poll(() => text('#spo2-value'), SOON).toBe('--');
    expect(await text('#spo2-note')).toBe('sensor off');
    expect(await text('#temperature-value')).toBe('36.8');
    await page.locator('#source-choice').selectOption('spo2');
    await expect.poll(() => text('#events'), SOON).toMatch(/Refused source: .+ attach the SpO2 sensor/);
    await page.locator('#sensors input[name=spo2]').check();
    await page.locator('#bench-more summary').click();
  });

  test('has no accessibility violations that axe can find', async () => {
    await page.evaluate(readFileSync(AXE, 'utf8'));
    const violations = await page.evaluate(
      'axe.run().then((r) => r.violations.map((v) => v.id + ": " + v.help))',
    );
    expect(violations).toEqual([]);
  });

  test('fits a phone without scrolling sideways', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const tooWide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
    expect(tooWide).toBe(false);
  });

  test('the console stays silent', () => {
    expect(complaints).toEqual([]);
  });
});

/** A fingerprint of the trace's pixels. */
async function pixels(page: Page): Promise<string> {
  return page.locator('#trace').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
}

/** How many of the trace's pixels are drawn. */
async function lit(page: Page, canvas = '#trace'): Promise<number> {
  return page.locator(canvas).evaluate((element) => {
    const trace = element as HTMLCanvasElement;
    const copy = new OffscreenCanvas(trace.width, trace.height);
    const context = copy.getContext('2d', { willReadFrequently: true });
    context?.drawImage(trace, 0, 0);
    const image = context?.getImageData(0, 0, copy.width, copy.height);
    return image?.data.filter((v, i) => i % 4 === 3 && v > 128).length ?? 0;
  });
}

async function becomes(read: () => Promise<string>, value: string, equal: boolean): Promise<boolean> {
  for (let tries = 0; tries < 20; tries++) {
    if (((await read()) === value) === equal) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
}
