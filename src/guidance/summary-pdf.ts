/** The code summary on paper: A4 landscape, so that 3 s + 5 s of ECG stand at 25 mm/s beside a margin. */
import { stripDrawing, stripHeightMm } from '../core/ecg-strip.ts';
import { PAGE_MM, Pdf, textWidth } from './pdf.ts';
import { stripOf } from './summary-html.ts';
import type { CodeSummary, StripEntry } from './summary.ts';
import { clock, facts, shockTable, timelineTable, TITLE, vitalsTable, WARNING } from './tables.ts';
import type { Table } from './tables.ts';

const MARGIN = 12;
const TOP = 22;
const BOTTOM = PAGE_MM.height - 14;
const WIDTH = PAGE_MM.width - 2 * MARGIN;
const SIZE = 3.3;
const LINE = 4.8;
const GAP = 5;

export function summaryPdf(summary: CodeSummary): Uint8Array {
  const paper = new Paper();
  paper.facts(facts(summary));
  paper.table(shockTable(summary));
  if (summary.strips.length > 0) paper.heading('Strips', LINE + stripHeight(summary.strips[0]));
  for (const entry of summary.strips) paper.strip(entry);
  paper.table(vitalsTable(summary));
  paper.table(timelineTable(summary));
  return paper.finish(`${TITLE}: ${summary.run.source}`);
}

/** Fills pages from the top; begins a new one when there is no room. */
class Paper {
  private readonly pdf = new Pdf();
  private y = 0;

  constructor() {
    this.newPage();
  }

  facts(rows: readonly [string, string][]): void {
    const left = Math.max(...rows.map(([name]) => textWidth(name, SIZE, true))) + 4;
    for (const [name, value] of rows) {
      const lines = wrapped(value, WIDTH - left);
      this.room(lines.length * LINE);
      this.pdf.text(name, MARGIN, this.y, SIZE, true);
      lines.forEach((line, k) => this.pdf.text(line, MARGIN + left, this.y + k * LINE, SIZE));
      this.y += lines.length * LINE;
    }
  }

  /** Stays with so many mm of what follows. */
  heading(title: string, withMm = 3 * LINE): void {
    this.room(GAP + LINE + withMm);
    if (this.y > TOP + 1) this.y += GAP;
    this.pdf.text(title, MARGIN, this.y, 4.2, true);
    this.y += 6;
  }

  table(table: Table): void {
    this.heading(table.title);
    if (table.note !== '') this.line(table.note);
    if (table.rows.length === 0) return this.line('None.');
    const widths = columnWidths(table);
    this.row(table.head, widths, table.numeric, true);
    for (const cells of table.rows) this.row(cells, widths, table.numeric, cells[1] === 'SHOCK');
  }

  strip(entry: StripEntry): void {
    const drawing = stripDrawing(stripOf(entry));
    this.room(stripHeight(entry) - 4);
    const [title] = wrapped(`${clock(entry.t)}  ${entry.title}`, WIDTH, true);
    this.pdf.text(title, MARGIN, this.y, SIZE, true);
    this.pdf.draw(drawing, MARGIN, this.y + 1);
    this.y += stripHeight(entry);
  }

  finish(title: string): Uint8Array {
    for (let k = 0; k < this.pdf.pageCount; k++) {
      this.pdf.text(
        `${title}, page ${k + 1} of ${this.pdf.pageCount}`,
        MARGIN,
        PAGE_MM.height - 7,
        2.8,
        false,
        k,
      );
    }
    return this.pdf.bytes(title);
  }

  private line(text: string): void {
    for (const part of wrapped(text, WIDTH)) {
      this.room(LINE);
      this.pdf.text(part, MARGIN, this.y, SIZE);
      this.y += LINE;
    }
  }

  private row(
    cells: readonly string[],
    widths: readonly number[],
    numeric: readonly boolean[],
    bold: boolean,
  ): void {
    const texts = cells.map((cell, k) => wrapped(cell, widths[k], bold));
    const lines = Math.max(...texts.map((t) => t.length));
    this.room(lines * LINE);
    let x = MARGIN;
    texts.forEach((parts, k) => {
      parts.forEach((part, i) => {
        const shift = numeric[k] ? widths[k] - textWidth(part, SIZE, bold) : 0;
        this.pdf.text(part, x + shift, this.y + i * LINE, SIZE, bold);
      });
      x += widths[k] + 3;
    });
    this.y += lines * LINE;
  }

  private room(heightMm: number): void {
    if (this.y + heightMm - LINE > BOTTOM) this.newPage();
  }

  private newPage(): void {
    this.pdf.addPage();
    this.pdf.text(TITLE, MARGIN, 12, 5, true);
    this.pdf.text(WARNING, PAGE_MM.width - MARGIN - textWidth(WARNING, SIZE, true), 12, SIZE, true);
    this.y = TOP;
  }
}

function stripHeight(entry: StripEntry): number {
  return LINE + stripHeightMm(stripOf(entry)) + 3;
}

/** As wide as the widest word or number needs; the last column takes what is left. */
function columnWidths({ head, rows }: Table): number[] {
  const all = [head, ...rows];
  const widths = head.map((_, k) => {
    const longest = Math.max(...rows.map((row) => textWidth(row[k], SIZE, true)));
    const word = Math.max(...head[k].split(' ').map((w) => textWidth(w, SIZE, true)));
    return Math.max(longest, word) + 0.5;
  });
  const last = all[0].length - 1;
  const before = widths.slice(0, last).reduce((sum, w) => sum + w + 3, 0);
  widths[last] = Math.min(widths[last], WIDTH - before);
  return widths;
}

function wrapped(text: string, width: number, bold = false): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, SIZE, bold) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
