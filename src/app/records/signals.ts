/** Signals as people name them: by number from 0, or by description. */
import { UsageError } from '../../core/errors.ts';
import type { RecordHeader } from '../../core/record.ts';

export function signalIndex(text: string, header: RecordHeader, option: string): number {
  const byNumber = /^\d+$/.test(text) && Number(text) < header.signals.length ? Number(text) : -1;
  const index = byNumber >= 0 ? byNumber : header.signals.findIndex((s) => s.description === text);
  if (index >= 0) return index;
  const names = header.signals.map((s, i) => `${i} (${s.description})`).join(', ');
  throw new UsageError(`${option}: expected a signal of ${header.name}: ${names}; found "${text}"`);
}
