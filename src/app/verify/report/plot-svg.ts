/** A plot as inline SVG: axes with round steps, one colour a series, names beside the drawing. No scripts, no fonts to load. */
import type { Plot, Series } from '../finding.ts';
import { escaped } from './escape.ts';

const WIDTH = 860;
const HEIGHT = 270;
const BOX = { left: 62, right: 640, top: 14, bottom: 222 };
/** Told apart also without colour vision (Okabe and Ito, darkened for white paper). */
const COLOURS = ['#0b5fa5', '#b3470b', '#0a7a5c', '#8a2f7c', '#6b6b00', '#333333', '#b00020', '#3b6fd6'];
/** More points than pixels help nobody. */
const MOST_POINTS = 1200;

interface Axis {
  low: number;
  high: number;
  step: number;
}

export function plotSvg(plot: Plot): string {
  const xs = plot.series.flatMap((s) => [...s.x]).concat((plot.lines ?? []).flatMap((l) => l.x ?? []));
  const ys = plot.series.flatMap((s) => [...s.y]).concat((plot.lines ?? []).flatMap((l) => l.y ?? []));
  const xAxis = axisOf(xs);
  const yAxis = axisOf([...ys, 0]);
  const at = {
    x: (v: number): number =>
      BOX.left + ((v - xAxis.low) / (xAxis.high - xAxis.low)) * (BOX.right - BOX.left),
    y: (v: number): number =>
      BOX.bottom - ((v - yAxis.low) / (yAxis.high - yAxis.low)) * (BOX.bottom - BOX.top),
  };
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(plot.title)}">
${grid(xAxis, yAxis, at)}
${limitLines(plot, at)}
${plot.series.map((s, k) => drawing(s, COLOURS[k % COLOURS.length], at)).join('\n')}
${names(plot.series)}
<text class="axis" x="${(BOX.left + BOX.right) / 2}" y="${HEIGHT - 12}" text-anchor="middle">${escaped(plot.xLabel)}</text>
<text class="axis" x="14" y="${(BOX.top + BOX.bottom) / 2}" text-anchor="middle" transform="rotate(-90 14 ${(BOX.top + BOX.bottom) / 2})">${escaped(plot.yLabel)}</text>
</svg>`;
}

interface Scale {
  x: (v: number) => number;
  y: (v: number) => number;
}

/** Ends on round numbers, about six steps. */
function axisOf(values: readonly number[]): Axis {
  let [low, high] = [Infinity, -Infinity];
  for (const v of values) {
    if (!Number.isFinite(v)) continue;
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  if (low > high) [low, high] = [0, 1];
  if (low === high) high = low + 1;
  const step = roundStep((high - low) / 6);
  return { low: Math.floor(low / step) * step, high: Math.ceil(high / step) * step, step };
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 2.5, 5].find((k) => k * power >= rough) ?? 10) * power;
}

function grid(xAxis: Axis, yAxis: Axis, at: Scale): string {
  const parts: string[] = [];
  for (const v of ticks(yAxis)) {
    const y = at.y(v).toFixed(1);
    parts.push(`<path class="${v === 0 ? 'zero' : 'grid'}" d="M${BOX.left} ${y}H${BOX.right}"/>`);
    parts.push(
      `<text class="tick" x="${BOX.left - 7}" y="${(at.y(v) + 4).toFixed(1)}" text-anchor="end">${tickText(v)}</text>`,
    );
  }
  for (const v of ticks(xAxis)) {
    const x = at.x(v).toFixed(1);
    parts.push(`<path class="grid" d="M${x} ${BOX.top}V${BOX.bottom}"/>`);
    parts.push(
      `<text class="tick" x="${x}" y="${BOX.bottom + 17}" text-anchor="middle">${tickText(v)}</text>`,
    );
  }
  return parts.join('');
}

function ticks({ low, high, step }: Axis): number[] {
  const n = Math.round((high - low) / step);
  return Array.from({ length: n + 1 }, (_, k) => low + k * step);
}

function tickText(value: number): string {
  return String(Number(value.toPrecision(6))).replace('-', '\u2212');
}

function limitLines({ lines = [] }: Plot, at: Scale): string {
  return lines
    .map(({ x, y, label }) => {
      if (x !== undefined) {
        const px = at.x(x);
        const isRight = px > (BOX.left + BOX.right) / 2;
        return `<path class="limit" d="M${px.toFixed(1)} ${BOX.top}V${BOX.bottom}"/><text class="limit-text" x="${(px + (isRight ? -5 : 5)).toFixed(1)}" y="${BOX.top + 12}" text-anchor="${isRight ? 'end' : 'start'}">${escaped(label)}</text>`;
      }
      const py = at.y(y ?? 0).toFixed(1);
      return `<path class="limit" d="M${BOX.left} ${py}H${BOX.right}"/><text class="limit-text" x="${BOX.right - 5}" y="${Number(py) - 5}" text-anchor="end">${escaped(label)}</text>`;
    })
    .join('');
}

function drawing({ x, y, kind }: Series, colour: string, at: Scale): string {
  const every = Math.max(1, Math.ceil(x.length / MOST_POINTS));
  const keep = [...x.keys()].filter(
    (i) => (i % every === 0 || i === x.length - 1) && Number.isFinite(y[i]) && Number.isFinite(x[i]),
  );
  if (kind === 'dots') {
    return keep
      .map(
        (i) => `<circle cx="${at.x(x[i]).toFixed(1)}" cy="${at.y(y[i]).toFixed(1)}" r="4" fill="${colour}"/>`,
      )
      .join('');
  }
  const d = keep
    .map((i, k) => `${k === 0 ? 'M' : 'L'}${at.x(x[i]).toFixed(1)} ${at.y(y[i]).toFixed(1)}`)
    .join('');
  return `<path class="curve" stroke="${colour}" d="${d}"/>`;
}

function names(series: readonly Series[]): string {
  return series
    .map(({ name }, k) => {
      const y = BOX.top + 10 + 20 * k;
      return `<rect x="${BOX.right + 18}" y="${y - 8}" width="16" height="4" fill="${COLOURS[k % COLOURS.length]}"/><text class="name" x="${BOX.right + 40}" y="${y}">${escaped(name)}</text>`;
    })
    .join('');
}
