/** The report for build servers: a suite a check, a test case a finding; "not run" is skipped, never passed. */
import type { CheckReport, Finding } from '../finding.ts';
import { limitText, valueText } from '../finding.ts';
import type { Report } from '../runner.ts';
import { escaped } from './escape.ts';
import { notice } from './words.ts';

export function junitReport(report: Report): string {
  const { device, counts, checks } = report;
  const name = attribute(`${notice(device)}: rwave verify, ${device.model}`);
  const total = counts.PASS + counts.FAIL + counts['not run'];
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name=${name} tests="${total}" failures="${counts.FAIL}" skipped="${counts['not run']}">
${checks.map(suite).join('\n')}
</testsuites>
`;
}

function suite({ name, findings }: CheckReport): string {
  const of = (verdict: Finding['verdict']): number => findings.filter((f) => f.verdict === verdict).length;
  const head = `name=${attribute(name)} tests="${findings.length}" failures="${of('FAIL')}" skipped="${of('not run')}"`;
  return `  <testsuite ${head}>\n${findings.map((f) => testCase(name, f)).join('\n')}\n  </testsuite>`;
}

function testCase(check: string, finding: Finding): string {
  const { what, verdict } = finding;
  const head = `    <testcase classname=${attribute(`verify.${check}`)} name=${attribute(what)}`;
  if (verdict === 'FAIL') return `${head}><failure message=${attribute(sentence(finding))}/></testcase>`;
  if (verdict === 'not run') return `${head}><skipped message=${attribute(finding.note ?? '')}/></testcase>`;
  return `${head}><system-out>${escaped(sentence(finding))}</system-out></testcase>`;
}

/** `12.3 s, at most 15 s [2] source; note` */
export function sentence(finding: Finding): string {
  const { limit, note, what, value } = finding;
  if (limit === undefined || value === undefined) return note ?? what;
  const parts = [`${valueText(finding)}, ${limitText(limit)} [${limit.mark}] ${limit.source}`, note];
  return parts.filter(Boolean).join('; ');
}

function attribute(text: string): string {
  return `"${escaped(text)}"`;
}
