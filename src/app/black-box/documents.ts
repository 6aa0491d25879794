/** The forms in which a code summary is handed out, by the ending of the file. */
import type { CodeSummary } from '../../guidance/summary.ts';
import { summaryHtml } from '../../guidance/summary-html.ts';
import { summaryPdf } from '../../guidance/summary-pdf.ts';
import { summaryText } from '../../guidance/summary-text.ts';
import { summaryJson } from './summary-json.ts';

export interface DocumentForm {
  type: string;
  write: (summary: CodeSummary) => string | Uint8Array;
}

export const DOCUMENTS: ReadonlyMap<string, DocumentForm> = new Map([
  ['.html', { type: 'text/html; charset=utf-8', write: summaryHtml }],
  ['.pdf', { type: 'application/pdf', write: summaryPdf }],
  ['.txt', { type: 'text/plain; charset=utf-8', write: summaryText }],
  ['.json', { type: 'application/json', write: summaryJson }],
]);
