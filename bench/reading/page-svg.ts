/**
 * One page of rows as SVG, in pixels: 100 px a second, small squares of 20 px (0.2 s by one division), eight rows at most.
 *
 * Says nothing of the record, the place in it, or what any program thought of it: number of the page, signal, labels.
 */
import { escaped } from '../../src/core/drawing.ts';
import { type OpenStretch, ROW_S } from './open-time.ts';
import { rhythmWord } from './rhythm-words.ts';
import { DIVISIONS, type Scale } from './trace.ts';

export interface PageRow {
  samples: Float64Array;
  /** All labels, in seconds from the start of the row. */
  labels: readonly OpenStretch[];
  /** What P2 counts. */
  open: readonly OpenStretch[];
}

export interface Page {
  number: number;
  fs: number;
  scale: Scale;
  rows: readonly PageRow[];
}

export const ROWS = 8;
const PX_PER_S = 100;
const SQUARE = 20;
const LEFT = 38;
const HEAD = 34;
const LANE = DIVISIONS * SQUARE;
const BAR = 12;
const ROW = LANE + BAR + 13;
export const WIDTH = LEFT + ROW_S * PX_PER_S + 1;
export const HEIGHT = HEAD + ROWS * ROW + 2;

const FINE = '#e2e7eb';
const COARSE = '#bcc7ce';
const ZERO = '#9fb4c0';
const INK = '#101418';
const STYLE = `font-family="DejaVu Sans,Liberation Sans,Arial,sans-serif"`;

const text = (x: number, y: number, size: number, words: string, more = ''): string =>
  `<text x="${x}" y="${y}" font-size="${size}" ${more}>${escaped(words)}</text>`;
const rect = (x: number, y: number, w: number, h: number, colour: string, more = ''): string =>
  `<rect x="${x.toFixed(1)}" y="${y}" width="${w.toFixed(1)}" height="${h}" fill="${colour}" ${more}/>`;
const path = (d: string, colour: string, width: number): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linejoin="round"/>`;
const upright = (x: number, top: number): string => `M${x + 0.5} ${top}V${top + LANE}`;

export function pageSvg(page: Page): string {
  const rows = page.rows.map((row, k) => rowSvg(page, row, k, HEAD + k * ROW));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" ${STYLE} fill="${INK}">`,
    rect(0, 0, WIDTH, HEIGHT, '#ffffff'),
    headSvg(page),
    ...rows,
    '</svg>',
  ].join('');
}

const LEGEND: readonly (readonly [rhythm: string, word: string, x: number])[] = [
  ['VF', 'VF, VFL', 985],
  ['VT', 'VT', 1075],
  ['N', 'sinus', 1130],
  ['AFIB', 'other organised', 1205],
  ['ASYS', 'asystole', 1345],
];

function headSvg({ number, scale }: Page): string {
  const said = [
    '100 px = 1 s',
    `small square 0.2 s × ${scale.mvPerDivision} mV`,
    `bar at the left ${barMv(scale)} mV`,
    '0.5-40 Hz',
    'pale label: not asked about',
  ];
  const legend = LEGEND.map(
    ([rhythm, word, x]) => rect(x, 10, 14, 12, rhythmWord(rhythm).colour) + text(x + 19, 20, 12, word),
  );
  return [
    text(4, 23, 19, `Page ${number}`, 'font-weight="700"'),
    text(124, 21, 13, said.join('   ·   ')),
    ...legend,
  ].join('');
}

/** 1 mV where a lane holds it. */
function barMv({ mvPerDivision }: Scale): number {
  return [1, 0.5, 0.2, 0.1, 0.05, 0.02].find((mv) => (mv / mvPerDivision) * SQUARE <= LANE) ?? 0.01;
}

function rowSvg(page: Page, row: PageRow, k: number, top: number): string {
  return [
    gridSvg(page.scale, top),
    leftSvg(page.scale, k, top),
    path(tracePath(page, row.samples, top), INK, 1.15),
    ...row.labels.map((l) => labelSvg(l, row.open, top + LANE + 1)),
    ticksSvg(top + LANE + BAR + 10),
  ].join('');
}

function gridSvg({ mvPerDivision, lowMv }: Scale, top: number): string {
  const right = LEFT + ROW_S * PX_PER_S;
  const level = (k: number): string => `M${LEFT} ${top + k * SQUARE + 0.5}H${right}`;
  const fine: string[] = [];
  const coarse: string[] = [];
  for (let k = 0; k <= (ROW_S * PX_PER_S) / SQUARE; k++)
    (k % 5 === 0 ? coarse : fine).push(upright(LEFT + k * SQUARE, top));
  for (let k = 0; k <= DIVISIONS; k++) fine.push(level(k));
  const zero = DIVISIONS + Math.round(lowMv / mvPerDivision);
  return [path(fine.join(''), FINE, 1), path(coarse.join(''), COARSE, 1), path(level(zero), ZERO, 1)].join(
    '',
  );
}

/** Number of the row, and a bar of the scale. */
function leftSvg(scale: Scale, k: number, top: number): string {
  const height = (barMv(scale) / scale.mvPerDivision) * SQUARE;
  const from = top + (LANE + height) / 2;
  return [
    text(5, top + LANE / 2 + 8, 22, `${k + 1}`, 'font-weight="700"'),
    path(`M25 ${from}H33M29 ${from}V${from - height}M25 ${from - height}H33`, '#607080', 1.5),
  ].join('');
}

/** What leaves the lane is held at its edge. */
function tracePath({ fs, scale }: Page, samples: Float64Array, top: number): string {
  let d = '';
  samples.forEach((mv, i) => {
    const y = LANE - ((mv - scale.lowMv) / scale.mvPerDivision) * SQUARE;
    d += `${i === 0 ? 'M' : 'L'}${(LEFT + (i * PX_PER_S) / fs).toFixed(2)} ${(top + Math.min(LANE, Math.max(0, y))).toFixed(2)}`;
  });
  return d;
}

/** The whole label pale, what is asked about full. */
function labelSvg(label: OpenStretch, open: readonly OpenStretch[], top: number): string {
  const { word, colour } = rhythmWord(label.rhythm);
  const px = (s: number): number => LEFT + s * PX_PER_S;
  const inside = open.filter((o) => o.from < label.to && o.to > label.from);
  const full = inside.map((o) => {
    const [from, to] = [Math.max(o.from, label.from), Math.min(o.to, label.to)];
    return (
      rect(px(from), top, px(to) - px(from) - 1, BAR, colour) +
      wordSvg(word, px(from), px(to), top, '#ffffff')
    );
  });
  const width = px(label.to) - px(label.from) - 1;
  const pale = rect(px(label.from), top, width, BAR, colour, 'fill-opacity="0.16"');
  const name = inside.length === 0 ? wordSvg(word, px(label.from), px(label.to), top, colour) : '';
  return [pale, name, ...full].join('');
}

const WORD_PX = 6.3;
const EVERY_PX = 500;

/** Said every five seconds, and not at all where it does not fit. */
function wordSvg(word: string, from: number, to: number, top: number, colour: string): string {
  let found = '';
  for (let x = from; x + 6 + word.length * WORD_PX <= to; x += EVERY_PX)
    found += text(x + 4, top + 9.5, 10, word, `font-weight="700" fill="${colour}"`);
  return found;
}

function ticksSvg(y: number): string {
  return Array.from({ length: ROW_S + 1 }, (_, s) => {
    const anchor = s === 0 ? 'start' : s === ROW_S ? 'end' : 'middle';
    return text(LEFT + s * PX_PER_S, y, 10, `${s}`, `text-anchor="${anchor}" fill="#455560"`);
  }).join('');
}
