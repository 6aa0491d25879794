/** The report on the terminal: a line a check, and every failure with its value and its limit. */
import type { CheckReport } from '../finding.ts';
import { worst } from '../finding.ts';
import type { Report } from '../runner.ts';
import { sentence } from './junit.ts';
import { notice } from './words.ts';

export function headText({ device, seed, profile }: Pick<Report, 'device' | 'seed' | 'profile'>): string {
  const who = [device.model, device.serial, device.firmware].filter(Boolean).join(', ');
  return `${notice(device)}\n${device.address}: ${who}; profile ${profile}; seed ${seed}\n`;
}

export function checkText({ name, title, findings }: CheckReport): string {
  const ran = findings.filter((f) => f.verdict !== 'not run');
  const passed = ran.filter((f) => f.verdict === 'PASS').length;
  const verdict = worst(findings);
  const tail = verdict === 'not run' ? (findings[0]?.note ?? '') : `${passed} of ${ran.length}`;
  const lines = [`${verdict.padEnd(8)} ${name.padEnd(14)} ${title}: ${tail}`];
  for (const f of findings) {
    if (f.verdict === 'FAIL')
      lines.push(`           FAIL     ${f.limit === undefined ? f.what : `${f.what}: ${sentence(f)}`}`);
    else if (f.verdict === 'not run' && verdict !== 'not run') {
      lines.push(`           not run  ${f.what}: ${f.note ?? ''}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

export function tailText({ verdict, counts, safetyBroken, linkLost }: Report): string {
  const more = [safetyBroken && 'a safety rule was broken', linkLost && 'the link was lost'].filter(Boolean);
  const sum = `${counts.PASS} passed, ${counts.FAIL} failed, ${counts['not run']} not run`;
  return `${[`${verdict}: ${sum}`, ...more].join('; ')}\n`;
}
