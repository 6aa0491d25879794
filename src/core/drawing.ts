/**
 * A drawing in millimetres as data, y downwards: one description becomes SVG on a page and PDF on paper.
 */

/** x0, y0, x1, y1, ... */
export type Points = readonly number[];

export type Shape =
  | { kind: 'lines'; lines: readonly Points[]; colour: string; widthMm: number }
  | { kind: 'area'; points: Points; colour: string }
  | { kind: 'text'; x: number; y: number; sizeMm: number; text: string; colour: string; bold?: true };

export interface Drawing {
  widthMm: number;
  heightMm: number;
  shapes: readonly Shape[];
}

const mm = (x: number): string => x.toFixed(2);

function pathOf(points: Points): string {
  let path = '';
  for (let i = 0; i + 1 < points.length; i += 2) {
    path += `${i === 0 ? 'M' : 'L'}${mm(points[i])} ${mm(points[i + 1])}`;
  }
  return path;
}

function elementOf(shape: Shape): string {
  switch (shape.kind) {
    case 'lines':
      return `<path d="${shape.lines.map(pathOf).join('')}" fill="none" stroke="${shape.colour}" stroke-width="${shape.widthMm}" stroke-linejoin="round"/>`;
    case 'area':
      return `<path d="${pathOf(shape.points)}z" fill="${shape.colour}"/>`;
    case 'text': {
      const weight = shape.bold === true ? ' font-weight="700"' : '';
      return `<text x="${mm(shape.x)}" y="${mm(shape.y)}" font-family="Helvetica,Arial,sans-serif" font-size="${shape.sizeMm}"${weight} fill="${shape.colour}">${escaped(shape.text)}</text>`;
    }
  }
}

/** For text between tags and in attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** In true millimetres; `label` is what a screen reader says. */
export function toSvg({ widthMm, heightMm, shapes }: Drawing, label: string): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthMm}mm" height="${heightMm}mm" viewBox="0 0 ${widthMm} ${heightMm}" role="img" aria-label="${escaped(label)}">`,
    ...shapes.map(elementOf),
    '</svg>',
  ].join('');
}
