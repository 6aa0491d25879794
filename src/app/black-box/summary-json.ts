/** The code summary as JSON: one object on one line; NaN is null, samples in mV to 5 uV. */
import type { CodeSummary } from '../../guidance/summary.ts';

export function summaryJson(summary: CodeSummary): string {
  const text = JSON.stringify(
    { about: 'simulated, not a medical device', ...summary },
    (_, value: unknown) => (value instanceof Float32Array ? [...value].map(short) : value),
  );
  return `${text}\n`;
}

function short(mv: number): number {
  return Number(mv.toFixed(3));
}
