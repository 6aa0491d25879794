/** The code summary of the run on the screen, as `/summary.html`, `.pdf`, `.txt` and `.json`: made when it is asked for. */
import { codeSummary } from '../../guidance/summary.ts';
import { DOCUMENTS } from '../black-box/documents.ts';
import type { MemorySink } from '../black-box/memory-sink.ts';
import type { StaticFile } from './static-files.ts';

/** The page brings its own style and nothing else: no script, nothing loaded. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function summaryPage(path: string, { header, all }: MemorySink): StaticFile | undefined {
  const form = path.startsWith('/summary.') ? DOCUMENTS.get(path.slice('/summary'.length)) : undefined;
  if (form === undefined || header === undefined) return undefined;
  const bytes = Buffer.from(form.write(codeSummary(header, all)));
  return { type: form.type, bytes, policy: POLICY };
}
