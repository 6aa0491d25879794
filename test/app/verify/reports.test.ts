/** The three reports say the same, say first that it is simulated, and are the same bytes for the same seed. */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { htmlReport } from '../../../src/app/verify/report/html.ts';
import { jsonReport } from '../../../src/app/verify/report/json.ts';
import { junitReport } from '../../../src/app/verify/report/junit.ts';
import { checkText, headText, tailText } from '../../../src/app/verify/report/text.ts';
import { writeReports } from '../../../src/app/verify/report/write.ts';
import type { Report } from '../../../src/app/verify/runner.ts';
import { verifyIt } from './kit.ts';

const CHECKS = 'energy,charge-time,link-loss,r-to-shock';
const NOTICE = 'SIMULATED, not a medical device';
let report: Report;
beforeAll(async () => {
  report = await verifyIt(CHECKS, { faults: ['shortPulse'] });
});

test('the same seed is the same report, byte for byte; another seed is not', async () => {
  const again = await verifyIt(CHECKS, { faults: ['shortPulse'] });
  const other = await verifyIt(CHECKS, { faults: ['shortPulse'], seed: 2 });
  for (const make of [jsonReport, junitReport, htmlReport]) expect(make(again)).toBe(make(report));
  expect(jsonReport(other)).not.toBe(jsonReport(report));
});

test('every report begins with what it is', () => {
  expect(jsonReport(report)).toMatch(new RegExp(`^\\{\\s+"notice": "${NOTICE}"`));
  expect(junitReport(report)).toContain(`<testsuites name="${NOTICE}: rwave verify`);
  const body = /<body>([\s\S]*)/
    .exec(htmlReport(report))?.[1]
    .replaceAll(/<[^>]*>/g, '')
    .trim();
  expect(body?.startsWith(NOTICE)).toBe(true);
  expect(headText({ device: report.device, seed: 1, profile: 'als' }).startsWith(NOTICE)).toBe(true);
  const real = { ...report, device: { ...report.device, simulated: false } };
  expect(jsonReport(real)).toMatch(/^\{\s+"notice": "REAL HARDWARE/);
});

describe('JSON', () => {
  const read = () => JSON.parse(jsonReport(report)) as Report & { exitCode: number };

  test('has every value with its limit and source, and the exit code', () => {
    const { checks, exitCode, seed, faults } = read();
    expect({ exitCode, seed, faults }).toEqual({ exitCode: 1, seed: 1, faults: ['shortPulse'] });
    const shot = checks[0].findings.find((f) => f.what === '200 J into 50 ohm');
    expect(shot).toMatchObject({ verdict: 'FAIL', limit: { low: 170, high: 230, unit: 'J', mark: '2' } });
    expect(shot?.value).toBeCloseTo(160, 0);
    const small = checks[0].findings.find((f) => f.what === '1 J into 50 ohm');
    expect(small).toMatchObject({ verdict: 'PASS', limit: { low: 0, high: 4 } });
  });
});

describe('JUnit', () => {
  test('counts what the report counts, and is one case a finding', () => {
    const xml = junitReport(report);
    const { PASS, FAIL } = report.counts;
    expect(xml).toContain(`tests="${PASS + FAIL}" failures="${FAIL}" skipped="0"`);
    expect(xml.match(/<testcase /g)).toHaveLength(PASS + FAIL);
    expect(xml.match(/<failure /g)).toHaveLength(FAIL);
    expect(xml.match(/<(\w+)[^>]*[^/]>/g)?.length).toBeGreaterThan(10);
  });

  test('what a device says cannot break out of it', async () => {
    const evil = structuredClone(report);
    evil.device.model = '"><script>alert(1)</script>';
    expect(junitReport(evil)).not.toContain('<script>');
    expect(htmlReport(evil)).not.toContain('<script>');
    await Promise.resolve();
  });

  test('not run is skipped, never passed', async () => {
    const aed = await verifyIt('r-to-shock', { profile: 'aed' });
    expect(junitReport(aed)).toContain('failures="0" skipped="1"');
  });
});

describe('HTML', () => {
  test('needs nothing from elsewhere and draws the pulse at four loads', () => {
    const html = htmlReport(report);
    expect(html).not.toMatch(/<script|src=|<link|@import|url\(/);
    for (const ohm of [25, 50, 100, 175]) expect(html).toContain(`${ohm} ohm, 160`);
    expect(html.match(/<svg /g)?.length).toBeGreaterThanOrEqual(5);
    expect(html).not.toContain('NaN');
  });
});

test('on the terminal every failure stands with its value and limit', () => {
  const text = report.checks.map(checkText).join('') + tailText(report);
  expect(text).toContain('FAIL     energy');
  expect(text).toMatch(/200 J into 50 ohm: 160 J, 170 .. 230 J \[2\] IEC 60601-2-4/);
  expect(text).toMatch(/^FAIL: \d+ passed, \d+ failed, 0 not run\n$/m);
});

test('nobody finds half a report: no temporary name stays behind', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'rwave-verify-')), 'new');
  writeReports(folder, report);
  expect(readdirSync(folder)).toEqual(['verify.html', 'verify.json', 'verify.xml']);
  expect(readFileSync(join(folder, 'verify.json'), 'utf8')).toBe(jsonReport(report));
});
