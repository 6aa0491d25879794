/**
 * A PDF of drawings and text in millimetres, written by hand: vectors and the two Helveticas that every reader has (ISO 32000-1;
 * Adobe PDF Reference 1.4). No date, no random id: the same summary is the same bytes.
 *
 * Text is WinAnsi (Latin-1 is a part of it); what it lacks is written as "?", so say "ohm". Pages are deflated: a strip is 12 kB.
 */
import { deflateSync } from 'node:zlib';
import type { Drawing, Points, Shape } from '../core/drawing.ts';

export const PAGE_MM = { width: 297, height: 210 } as const;
const PT_PER_MM = 72 / 25.4;
/** Widths of Helvetica's ASCII in thousandths of the size (Adobe AFM), from the space on; Bold is some 6 % wider. */
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
  500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
  556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const BOLD = 1.06;
/** Of characters that WinAnsi has outside Latin-1. */
const WIN_ANSI: Readonly<Partial<Record<string, number>>> = {
  '\u2013': 150,
  '\u2014': 151,
  '\u2019': 146,
  '\u20ac': 128,
};

/** Width of a text in mm. */
export function textWidth(text: string, sizeMm: number, bold = false): number {
  let units = 0;
  for (const c of text) units += WIDTHS[c.charCodeAt(0) - 32] ?? 556;
  return (units * sizeMm * (bold ? BOLD : 1)) / 1000;
}

export class Pdf {
  private readonly pages: string[][] = [];

  addPage(): void {
    this.pages.push([]);
  }

  get pageCount(): number {
    return this.pages.length;
  }

  /** Onto the newest page, its corner at x, y. */
  draw({ shapes }: Drawing, x: number, y: number): void {
    this.pages.at(-1)?.push(`q 1 0 0 1 ${mm(x)} ${mm(y)} cm`, ...shapes.map(operators), 'Q');
  }

  text(text: string, x: number, y: number, sizeMm: number, bold = false, page = this.pages.length - 1): void {
    this.pages[page].push(
      operators({ kind: 'text', x, y, sizeMm, text, colour: '#16191c', ...(bold ? { bold } : {}) }),
    );
  }

  bytes(title: string): Uint8Array {
    const first = 5;
    const kids = this.pages.map((_, k) => `${first + 2 * k} 0 R`).join(' ');
    const font = (name: string): Buffer =>
      latin(`<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`);
    const objects: Buffer[] = [
      latin('<< /Type /Catalog /Pages 2 0 R >>'),
      latin(`<< /Type /Pages /Kids [${kids}] /Count ${this.pages.length} >>`),
      font('Helvetica'),
      font('Helvetica-Bold'),
    ];
    this.pages.forEach((page, k) => objects.push(pageObject(first + 2 * k + 1), contentObject(page)));
    objects.push(Buffer.concat([latin('<< /Title '), winAnsi(title), latin(' /Producer (rwave) >>')]));
    return assemble(objects);
  }
}

function pageObject(content: number): Buffer {
  const box = [PAGE_MM.width, PAGE_MM.height].map((side) => (side * PT_PER_MM).toFixed(2)).join(' ');
  return latin(
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${box}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${content} 0 R >>`,
  );
}

/** Millimetres, y downwards, from here on. */
function contentObject(page: readonly string[]): Buffer {
  const scale = PT_PER_MM.toFixed(6);
  const top = (PAGE_MM.height * PT_PER_MM).toFixed(2);
  const content = deflateSync(latin(`${scale} 0 0 -${scale} 0 ${top} cm 1 j\n${page.join('\n')}`));
  const head = latin(`<< /Length ${content.length} /Filter /FlateDecode >>\nstream\n`);
  return Buffer.concat([head, content, latin('\nendstream')]);
}

function assemble(objects: readonly Buffer[]): Uint8Array {
  const parts: Buffer[] = [latin('%PDF-1.4\n')];
  const offsets: number[] = [];
  let at = parts[0].length;
  objects.forEach((body, k) => {
    const object = Buffer.concat([latin(`${k + 1} 0 obj\n`), body, latin('\nendobj\n')]);
    offsets.push(at);
    at += object.length;
    parts.push(object);
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  parts.push(
    latin(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

function operators(shape: Shape): string {
  switch (shape.kind) {
    case 'lines':
      return `${rgb(shape.colour)} RG ${shape.widthMm} w ${shape.lines.map(pathOf).join(' ')} S`;
    case 'area':
      return `${rgb(shape.colour)} rg ${pathOf(shape.points)} f`;
    case 'text': {
      const { x, y, sizeMm, text, colour, bold } = shape;
      return `${rgb(colour)} rg BT /F${bold === true ? 2 : 1} ${sizeMm} Tf 1 0 0 -1 ${mm(x)} ${mm(y)} Tm ${winAnsi(text).toString('latin1')} Tj ET`;
    }
  }
}

function pathOf(points: Points): string {
  let path = '';
  for (let i = 0; i + 1 < points.length; i += 2) {
    path += `${mm(points[i])} ${mm(points[i + 1])} ${i === 0 ? 'm' : 'l'} `;
  }
  return path;
}

function rgb(colour: string): string {
  return [1, 3, 5].map((k) => (parseInt(colour.slice(k, k + 2), 16) / 255).toFixed(3)).join(' ');
}

function mm(x: number): string {
  return x.toFixed(2);
}

function latin(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** A string of PDF: in parentheses, with its own marks escaped. */
function winAnsi(text: string): Buffer {
  const bytes = Array.from(text, byteOf);
  return Buffer.concat([
    latin('('),
    Buffer.from(bytes.flatMap((b) => (b === 40 || b === 41 || b === 92 ? [92, b] : b < 32 ? [32] : [b]))),
    latin(')'),
  ]);
}

function byteOf(c: string): number {
  const code = c.codePointAt(0) ?? 63;
  return WIN_ANSI[c] ?? (code < 256 ? code : 63);
}
