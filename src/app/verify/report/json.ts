/** The report for programs. What is no number in JSON (an endless limit, a value that never came) is null. */
import type { Report } from '../runner.ts';
import { exitCodeOf } from '../runner.ts';
import { MARKS, notice } from './words.ts';

export function jsonReport(report: Report): string {
  const { checks, ...head } = report;
  const whole = {
    notice: notice(report.device),
    ...head,
    exitCode: exitCodeOf(report),
    marks: MARKS,
    checks: checks.map(({ name, title, method, findings, matrices }) => ({
      name,
      title,
      method,
      findings,
      matrices,
    })),
  };
  return `${JSON.stringify(whole, finite, 2)}\n`;
}

function finite(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
