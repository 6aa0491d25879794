/** The millimetre grid behind the trace: thin lines every mm, stronger ones every 5 mm. Drawn once per size. */
import type { Scale } from './scale.ts';

const MINOR = '#14231f';
const MAJOR = '#20382f';

export function sizeCanvas(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
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
    for (let x = 0; x <= width; x += step) line(context, crisp(x), 0, crisp(x), height);
    for (let y = originY % step; y <= height; y += step) line(context, 0, crisp(y), width, crisp(y));
    context.stroke();
  }
}

function crisp(v: number): number {
  return Math.round(v) + 0.5;
}

function line(context: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number): void {
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
}
