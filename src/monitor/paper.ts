/** The millimetre grid behind the trace: thin lines every mm, stronger ones every 5 mm. Drawn once per size. */
import type { Scale } from './scale.ts';

const MINOR = 'rgb(74 140 116 / 14%)';
const MAJOR = 'rgb(74 140 116 / 30%)';
const INK = '#8fb3a5';

export function sizeCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D {
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser has no 2D canvas');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** `originY` is a lane's baseline, so that 0 mV lies on a strong line. */
export function drawPaper(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  originY: number,
  scale: Scale,
): void {
  const context = sizeCanvas(canvas, width, height);
  for (const [stepMm, colour] of [
    [1, MINOR],
    [5, MAJOR],
  ] as const) {
    const step = stepMm * scale.pxPerMm;
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.beginPath();
    for (let x = step; x <= width; x += step) line(context, x, 0, x, height);
    for (let y = originY % step; y <= height; y += step) line(context, 0, y, width, y);
    context.stroke();
  }
}

/** The lead's name, and 1 mV in height at the left edge: the mark by which a strip is read. */
export function drawLane(
  canvas: HTMLCanvasElement,
  laneTop: number,
  baseline: number,
  name: string,
  scale: Scale,
): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const top = baseline - scale.pxPerMv;
  context.strokeStyle = INK;
  context.lineWidth = 1;
  context.beginPath();
  line(context, 4, baseline, 4, top);
  line(context, 1, baseline, 7, baseline);
  line(context, 1, top, 7, top);
  context.stroke();
  context.fillStyle = INK;
  context.font = '600 13px system-ui, sans-serif';
  context.fillText(name, 8, laneTop + 18);
}

function line(context: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number): void {
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
}
