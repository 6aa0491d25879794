/**
 * Results as text that people can read and approve: `test/golden/NAME.txt` is what the code gives, and a difference is an
 * error until somebody has looked at it. `UPDATE_GOLDEN=1 npx vitest run FILE` writes the new text; the diff is the review.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

export function expectApproved(name: string, text: string): void {
  const file = join(import.meta.dirname, `${name}.txt`);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

/** `{type: 'charge', energyJ: 200}` as `charge energyJ 200`. */
export function plain(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toPrecision(6);
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(plain).join('; ');
  if (typeof value !== 'object' || value === null) return String(value);
  const { type, ...rest } = value as Record<string, unknown>;
  const words = Object.entries(rest).map(([key, v]) => `${key} ${plain(v)}`);
  return [type === undefined ? '' : plain(type), ...words].filter((w) => w !== '').join(' ');
}
