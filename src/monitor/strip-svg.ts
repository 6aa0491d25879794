/**
 * A strip of ECG on paper, as SVG in true millimetres: 25 mm/s, 10 mm/mV, 250 mm for ten seconds (A4 landscape has 297).
 *
 * Samples are lines to a hundredth of a millimetre; a hole in the stream lifts the pen.
 */
export interface StripLead {
  name: string;
  /** mV; NaN where nothing was measured. */
  values: readonly number[];
}

export interface Strip {
  fs: number;
  leads: readonly StripLead[];
  /** Lines over the strip. */
  heading: readonly string[];
  mmPerS: number;
  mmPerMv: number;
  /** R markers and shocks, in samples from the start. */
  marks: readonly { at: number; kind: 'sync' | 'shock' }[];
}

const LEAD_MM = 40;
const HEAD_MM = 12;
const LINE_MM = 4.5;

export function stripSvg(strip: Strip): string {
  const samples = Math.max(1, ...strip.leads.map((l) => l.values.length));
  const mmPerSample = strip.mmPerS / strip.fs;
  const width = Math.ceil((samples * mmPerSample) / 5) * 5;
  const height = HEAD_MM + LEAD_MM * strip.leads.length;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}" role="img" aria-label="ECG strip">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    grid(width, HEAD_MM, height, 1, '#f6d5d5', 0.1),
    grid(width, HEAD_MM, height, 5, '#e9a8a8', 0.2),
    ...strip.heading.map((text, k) => label(0.5, LINE_MM * (k + 0.8), text)),
    ...strip.marks.map((m) => mark(m.at * mmPerSample, m.kind, height)),
  ];
  strip.leads.forEach((lead, k) => {
    const top = HEAD_MM + LEAD_MM * k;
    parts.push(label(1, top + 4, lead.name));
    parts.push(
      `<path d="${penPath(lead.values, mmPerSample, top + LEAD_MM / 2, strip.mmPerMv)}" fill="none" stroke="#111" stroke-width="0.25" stroke-linejoin="round"/>`,
    );
  });
  return [...parts, '</svg>'].join('');
}

function penPath(values: readonly number[], mmPerSample: number, middle: number, mmPerMv: number): string {
  let path = '';
  let down = false;
  values.forEach((mv, i) => {
    if (Number.isNaN(mv)) {
      down = false;
      return;
    }
    const half = LEAD_MM / 2;
    const y = middle - Math.max(-half, Math.min(half, mv * mmPerMv));
    path += `${down ? 'L' : 'M'}${(i * mmPerSample).toFixed(2)} ${y.toFixed(2)}`;
    down = true;
  });
  return path;
}

function grid(
  width: number,
  top: number,
  bottom: number,
  step: number,
  colour: string,
  stroke: number,
): string {
  let path = '';
  for (let x = 0; x <= width; x += step) path += `M${x} ${top}V${bottom}`;
  for (let y = top; y <= bottom; y += step) path += `M0 ${y}H${width}`;
  return `<path d="${path}" stroke="${colour}" stroke-width="${stroke}"/>`;
}

function mark(x: number, kind: 'sync' | 'shock', height: number): string {
  const at = x.toFixed(2);
  if (kind === 'shock') return `<path d="M${at} ${HEAD_MM}V${height}" stroke="#c00" stroke-width="0.5"/>`;
  return `<path d="M${at} ${HEAD_MM + 4}l-1.2 -2.4h2.4z" fill="#06c"/>`;
}

function label(x: number, y: number, text: string): string {
  return `<text x="${x}" y="${y}" font-family="sans-serif" font-size="3.4" fill="#111">${escape(text)}</text>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
