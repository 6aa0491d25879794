/**
 * Lines of the bench channel, checked against its table: a wrong request gets an answer that says what was expected.
 */
import { BENCH_MESSAGES } from './bench-messages.ts';
import type { BenchRequest, BenchSpec, BenchType } from './bench-messages.ts';

export interface BenchLine {
  id: number;
  request: BenchRequest;
}
export interface BenchError {
  id: number | undefined;
  error: string;
}

function describe(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

/** What is wrong with the fields of a request, or undefined. */
function fieldProblem(name: string, given: Readonly<Record<string, unknown>>): string | undefined {
  const { fields }: BenchSpec = BENCH_MESSAGES[name as BenchType];
  for (const [field, kind] of Object.entries(fields)) {
    const value = given[field];
    const isMissing = value === undefined;
    if (isMissing && kind.endsWith('?')) continue;
    const expected = kind.replace('?', '');
    const isFine = expected === 'json' ? !isMissing : typeof value === expected;
    if (!isFine) return `${name}: expected "${field}" to be a ${expected}, found ${describe(value)}`;
  }
  const stray = Object.keys(given).find((key) => key !== 'id' && key !== 'do' && !Object.hasOwn(fields, key));
  if (stray !== undefined) return `${name}: has no field "${stray}"`;
  return undefined;
}

/** One line from whoever holds the bench channel. Never throws. */
export function parseBenchRequest(line: string): BenchLine | BenchError {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return { id: undefined, error: 'expected one JSON object a line' };
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return { id: undefined, error: `expected a JSON object, found ${describe(parsed)}` };
  }
  const given = parsed as Readonly<Record<string, unknown>>;
  const { id, do: name } = given;
  if (typeof id !== 'number') {
    return { id: undefined, error: `expected "id" to be a number, found ${describe(id)}` };
  }
  if (typeof name !== 'string' || !Object.hasOwn(BENCH_MESSAGES, name)) {
    const known = Object.keys(BENCH_MESSAGES).join(', ');
    return { id, error: `expected "do" to be one of ${known}; found ${describe(name)}` };
  }
  const error = fieldProblem(name, given);
  return error === undefined ? { id, request: given as unknown as BenchRequest } : { id, error };
}

export function formatBenchRequest(id: number, request: BenchRequest): string {
  return `${JSON.stringify({ id, ...request })}\n`;
}

export function formatBenchAnswer(id: number | undefined, answer: object): string {
  return `${JSON.stringify({ id: id ?? null, ok: true, ...answer })}\n`;
}

export function formatBenchError({ id, error }: BenchError): string {
  return `${JSON.stringify({ id: id ?? null, ok: false, error })}\n`;
}

/** News of the box, without id: `{"news": "shock", ...}`. */
export function formatBenchNews(news: string, details: object): string {
  return `${JSON.stringify({ news, ...details })}\n`;
}
