/**
 * A strip of ECG on paper, in true millimetres: lines every 1 mm, bold every 5 mm; at 25 mm/s ten seconds are 250 mm (A4
 * landscape has 297).
 *
 * Samples are lines to a hundredth of a millimetre; a hole in the stream lifts the pen; what leaves the lane is held at its edge.
 */
import type { Drawing, Points, Shape } from './drawing.ts';

export interface StripLead {
  name: string;
  /** mV; NaN where nothing was measured. */
  values: ArrayLike<number>;
}

export type StripMark = 'sync' | 'shock' | 'pace' | 'event';

export interface Strip {
  fs: number;
  leads: readonly StripLead[];
  /** Lines over the strip. */
  heading: readonly string[];
  mmPerS: number;
  mmPerMv: number;
  /** R markers, shocks, and what the strip is about, in samples from the start. */
  marks: readonly { at: number; kind: StripMark }[];
}

const LEAD_MM = 40;
const LINE_MM = 4.5;
/** Under the heading: room for the marks. */
const HEAD_FOOT_MM = 3;
const INK = '#111111';
const PAPER = '#ffffff';
const GRID = [
  { step: 1, colour: '#f6d5d5', widthMm: 0.1 },
  { step: 5, colour: '#e9a8a8', widthMm: 0.2 },
] as const;
const SHOCK = '#cc0000';
const SYNC = '#0066cc';

export function stripHeightMm({ heading, leads }: Pick<Strip, 'heading' | 'leads'>): number {
  return LINE_MM * heading.length + HEAD_FOOT_MM + LEAD_MM * leads.length;
}

export function stripDrawing(strip: Strip): Drawing {
  const samples = Math.max(1, ...strip.leads.map((l) => l.values.length));
  const mmPerSample = strip.mmPerS / strip.fs;
  const widthMm = Math.ceil((samples * mmPerSample) / 5) * 5;
  const head = LINE_MM * strip.heading.length + HEAD_FOOT_MM;
  const heightMm = stripHeightMm(strip);
  const shapes: Shape[] = [
    { kind: 'area', points: [0, 0, widthMm, 0, widthMm, heightMm, 0, heightMm], colour: PAPER },
    ...GRID.map((grid) => gridShape(grid, head, widthMm, heightMm)),
    ...strip.heading.map((text, k) => label(0.5, LINE_MM * (k + 1), text)),
    ...strip.marks.map((m) => mark(m.at * mmPerSample, m.kind, head, heightMm)),
  ];
  strip.leads.forEach((lead, k) => {
    const top = head + LEAD_MM * k;
    shapes.push(label(1, top + 4, lead.name));
    const lines = penLines(lead.values, mmPerSample, top + LEAD_MM / 2, strip.mmPerMv);
    shapes.push({ kind: 'lines', lines, colour: INK, widthMm: 0.25 });
  });
  return { widthMm, heightMm, shapes };
}

function penLines(values: ArrayLike<number>, mmPerSample: number, middle: number, mmPerMv: number): Points[] {
  const lines: number[][] = [];
  const half = LEAD_MM / 2;
  let down = false;
  for (let i = 0; i < values.length; i++) {
    const mv = values[i];
    if (Number.isNaN(mv)) {
      down = false;
      continue;
    }
    if (!down) lines.push([]);
    down = true;
    lines[lines.length - 1].push(i * mmPerSample, middle - Math.max(-half, Math.min(half, mv * mmPerMv)));
  }
  return lines;
}

function gridShape(grid: (typeof GRID)[number], top: number, width: number, bottom: number): Shape {
  const { step, colour, widthMm } = grid;
  const lines: Points[] = [];
  for (let x = 0; x <= width; x += step) lines.push([x, top, x, bottom]);
  for (let y = top; y <= bottom; y += step) lines.push([0, y, width, y]);
  return { kind: 'lines', lines, colour, widthMm };
}

function mark(x: number, kind: StripMark, top: number, height: number): Shape {
  if (kind === 'shock') return { kind: 'lines', lines: [[x, top, x, height]], colour: SHOCK, widthMm: 0.5 };
  if (kind === 'pace') return { kind: 'lines', lines: [[x, top, x, top + 4]], colour: INK, widthMm: 0.35 };
  if (kind === 'event')
    return { kind: 'area', points: [x, top, x - 1, top - 1.8, x + 1, top - 1.8], colour: INK };
  const y = top + 4;
  return { kind: 'area', points: [x, y, x - 1.2, y - 2.4, x + 1.2, y - 2.4], colour: SYNC };
}

function label(x: number, y: number, text: string): Shape {
  return { kind: 'text', x, y, sizeMm: 3.4, text, colour: INK };
}
