/**
 * A strip on ECG paper as SVG: 25 mm/s, 10 mm/mV, lines every 1 mm, bold every 5 mm; one unit of the drawing is 1 mm.
 */
export interface Mark {
  /** Seconds from the start of the strip. */
  atS: number;
  text: string;
}

export interface Strip {
  samples: Float64Array;
  fs: number;
  title: string;
  /** Time of the first sample, for the labels under the strip. */
  startS: number;
  beats?: readonly Mark[];
  /** Stretches told under the trace: the reference, the window. */
  spans?: readonly { fromS: number; toS: number; text: string }[];
}

const MM_PER_S = 25;
const MM_PER_MV = 10;
const MOST_MM = 90;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

const mm = (x: number): string => x.toFixed(2);

function median(values: Float64Array): number {
  const sorted = values.filter((v) => !Number.isNaN(v)).sort();
  return sorted.length > 0 ? sorted[sorted.length >> 1] : 0;
}

function trace(samples: Float64Array, fs: number, zero: number, middle: number, half: number): string {
  let path = '';
  let pen = 'M';
  for (let i = 0; i < samples.length; i++) {
    if (Number.isNaN(samples[i])) {
      pen = 'M';
      continue;
    }
    const y = Math.max(-half, Math.min(half, (samples[i] - zero) * MM_PER_MV));
    path += `${pen}${mm((i / fs) * MM_PER_S)} ${mm(middle - y)}`;
    pen = 'L';
  }
  return path;
}

function grid(width: number, height: number, step: number, kind: string): string {
  let path = '';
  for (let x = 0; x <= width + 0.01; x += step) path += `M${mm(x)} 0V${mm(height)}`;
  for (let y = 0; y <= height + 0.01; y += step) path += `M0 ${mm(y)}H${mm(width)}`;
  return `<path class="${kind}" d="${path}"/>`;
}

export function stripSvg({ samples, fs, title, startS, beats = [], spans = [] }: Strip): string {
  const width = (samples.length / fs) * MM_PER_S;
  const zero = median(samples);
  let reach = 0.5;
  for (const v of samples) if (!Number.isNaN(v)) reach = Math.max(reach, Math.abs(v - zero));
  const half = Math.min(MOST_MM / 2, Math.ceil((reach * MM_PER_MV) / 5) * 5);
  const head = 5;
  const height = 2 * half;
  const foot = 5 + 5 * spans.length;
  const parts = [
    grid(width, height, 1, 'fine'),
    grid(width, height, 5, 'bold'),
    `<path class="trace" d="${trace(samples, fs, zero, half, half)}"/>`,
    ...beats.map((b) => {
      const x = mm(b.atS * MM_PER_S);
      return `<path class="beat" d="M${x} 0v2"/><text class="small" x="${x}" y="-0.8" text-anchor="middle">${escaped(b.text)}</text>`;
    }),
    // A label that began at the edge would be cut off.
    ...Array.from({ length: Math.ceil(width / MM_PER_S - 0.4) }, (_, s) => {
      return `<text class="small" x="${mm(s * MM_PER_S)}" y="${mm(height + 3.5)}">${(startS + s).toFixed(1)} s</text>`;
    }),
    ...spans.map((span, i) => {
      const x = mm(span.fromS * MM_PER_S);
      const w = mm((span.toS - span.fromS) * MM_PER_S);
      const y = height + 4.5 + 5 * i;
      return `<rect class="span" x="${x}" y="${mm(y)}" width="${w}" height="4.2"/><text class="small" x="${mm(span.fromS * MM_PER_S + 1)}" y="${mm(y + 3.2)}">${escaped(span.text)}</text>`;
    }),
  ];
  const box = `-1 ${-head} ${mm(width + 2)} ${mm(height + head + foot)}`;
  return `<svg role="img" aria-label="${escaped(title)}" width="${mm(width + 2)}mm" height="${mm(height + head + foot)}mm" viewBox="${box}">${parts.join('')}</svg>`;
}

export { escaped };
