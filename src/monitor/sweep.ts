/**
 * The sweeping trace: the pen moves right, an erase bar runs ahead of it, at the edge it starts again on the left.
 *
 * Only what is new is drawn in a paint (0.1 ms in software rendering for three leads at 1 kHz); `redraw` puts the whole
 * page back after a resize. Every sample is a line end: no sample is left out, whatever the rate.
 */
import type { Scale } from './scale.ts';
import type { Waves } from './waves.ts';
import { sizeCanvas } from './paper.ts';

export interface Marker {
  sample: number;
  kind: 'sync' | 'shock' | 'pace';
}

export interface Lane {
  lead: number;
  colour: string;
}

const ERASE_MM = 8;
const MARKER_COLOUR = { sync: '#7fd0ff', shock: '#ff8a80', pace: '#c9a9ff' } as const;
const MARKER_HALF_PX = 6;
/** How far a marker looks around its sample for the height of the R. */
const MARKER_LOOK_S = 0.03;

export class Sweep {
  private readonly canvas: HTMLCanvasElement;
  private readonly waves: Waves;
  private readonly scale: Scale;
  private context: CanvasRenderingContext2D;
  private width = 1;
  private height = 1;
  private lanes: readonly Lane[] = [];
  private markers: Marker[] = [];
  /** Samples before this one are on the screen. */
  private drawn = NaN;

  constructor(canvas: HTMLCanvasElement, waves: Waves, scale: Scale) {
    this.canvas = canvas;
    this.waves = waves;
    this.scale = scale;
    this.context = sizeCanvas(canvas, 1, 1);
  }

  resize(width: number, height: number, lanes: readonly Lane[]): void {
    this.width = width;
    this.height = height;
    this.lanes = lanes;
    this.context = sizeCanvas(this.canvas, width, height);
    this.redraw();
  }

  /** Forgets everything: the stream began anew. */
  clear(): void {
    this.context.clearRect(0, 0, this.width, this.height);
    this.markers = [];
    this.drawn = NaN;
  }

  /** Baselines are whole 5-mm squares apart, so that each of them lies on a strong line of the paper. */
  baselineOf(lane: number): number {
    const laneHeight = this.height / Math.max(1, this.lanes.length);
    const square = 5 * this.scale.pxPerMm;
    return laneHeight / 2 + Math.round((lane * laneHeight) / square) * square;
  }

  topOf(lane: number): number {
    return (this.height * lane) / Math.max(1, this.lanes.length);
  }

  /** Draws up to `until` (not included). */
  drawTo(until: number): void {
    if (Number.isNaN(this.drawn)) this.drawn = until;
    const from = Math.max(this.drawn, until - this.pageSamples());
    if (until <= from) return;
    this.erase(from, until);
    this.lanes.forEach((lane, k) => this.stroke(lane, k, from, until));
    this.drawn = until;
    const lag = this.markerLag();
    for (const marker of this.markers) {
      if (marker.sample >= from - lag && marker.sample < until - lag) this.drawMarker(marker);
    }
  }

  mark(marker: Marker): void {
    this.markers.push(marker);
    const oldest = this.drawn - this.visibleSamples();
    this.markers = this.markers.filter((m) => m.sample >= oldest);
    if (marker.sample < this.drawn - this.markerLag() && marker.sample >= oldest) this.drawMarker(marker);
  }

  private redraw(): void {
    if (Number.isNaN(this.drawn)) return;
    const until = this.drawn;
    const from = Math.max(0, Math.ceil(until - this.visibleSamples()));
    this.lanes.forEach((lane, k) => this.stroke(lane, k, from, until));
    for (const m of this.markers) if (m.sample >= from && m.sample < until) this.drawMarker(m);
  }

  private pageSamples(): number {
    return (this.width / this.scale.pxPerS) * this.waves.fs;
  }

  private visibleSamples(): number {
    return this.pageSamples() - (ERASE_MM / this.scale.mmPerS) * this.waves.fs;
  }

  /** A marker waits until the pen is clear of it: the erase bar would eat its right half. */
  private markerLag(): number {
    return ((MARKER_HALF_PX + 2) / this.scale.pxPerS) * this.waves.fs;
  }

  private xOf(sample: number): number {
    const page = this.pageSamples();
    return ((sample % page) / page) * this.width;
  }

  private erase(from: number, until: number): void {
    const start = this.xOf(from);
    const length = ((until - from) / this.waves.fs) * this.scale.pxPerS + ERASE_MM * this.scale.pxPerMm;
    this.context.clearRect(start + 1, 0, length, this.height);
    const beyond = start + 1 + length - this.width;
    if (beyond > 0) this.context.clearRect(0, 0, beyond, this.height);
  }

  private stroke(lane: Lane, index: number, from: number, until: number): void {
    const { context, waves } = this;
    const middle = this.baselineOf(index);
    const half = this.height / this.lanes.length / 2 - 4;
    const pxPerMv = this.scale.pxPerMv;
    context.strokeStyle = lane.colour;
    context.lineWidth = 1.7;
    context.lineJoin = 'round';
    context.lineCap = 'round';
    context.beginPath();
    let penDown = false;
    let lastX = Infinity;
    for (let sample = Math.max(0, from - 1); sample < until; sample++) {
      const mv = waves.at(lane.lead, sample);
      const x = this.xOf(sample);
      if (Number.isNaN(mv)) penDown = false;
      else {
        const y = middle - Math.max(-half, Math.min(half, mv * pxPerMv));
        if (penDown && x > lastX) context.lineTo(x, y);
        else context.moveTo(x, y);
        penDown = true;
      }
      lastX = x;
    }
    context.stroke();
  }

  /** A triangle that points at the R from above (sync), a line through the page (shock), or a short one on top (pace). */
  private drawMarker(marker: Marker): void {
    const { context } = this;
    const x = this.xOf(marker.sample);
    context.fillStyle = MARKER_COLOUR[marker.kind];
    if (marker.kind === 'pace') {
      context.fillRect(x - 0.75, this.topOf(0) + 24, 1.5, 14);
      return;
    }
    if (marker.kind === 'shock') {
      context.fillRect(x - 0.75, 0, 1.5, this.height);
      return;
    }
    const tip = Math.max(12, this.baselineOf(0) - this.peakNear(marker.sample) * this.scale.pxPerMv - 5);
    context.beginPath();
    context.moveTo(x, tip);
    context.lineTo(x - MARKER_HALF_PX, tip - 10);
    context.lineTo(x + MARKER_HALF_PX, tip - 10);
    context.closePath();
    context.fill();
  }

  private peakNear(sample: number): number {
    const look = Math.round(MARKER_LOOK_S * this.waves.fs);
    let peak = 0;
    for (let i = sample - look; i <= sample + look; i++) {
      const mv = this.waves.at(this.lanes[0]?.lead ?? 0, i);
      if (mv > peak) peak = mv;
    }
    return peak;
  }
}
