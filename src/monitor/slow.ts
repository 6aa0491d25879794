/**
 * Pleth and CO2 under the ECG, sweeping at half its speed: filled curves on a scale of their own, drawn up to where the pen of
 * the ECG is. What is not measured stays dark; nothing old is left behind the erase bar.
 */
import type { ScreenSlowWave } from '../protocol/screen.ts';
import { byId } from './dom.ts';
import { sizeCanvas } from './paper.ts';

interface Lane {
  name: ScreenSlowWave['name'];
  colour: string;
  low: number;
  high: number;
}

const LANES: readonly Lane[] = [
  { name: 'pleth', colour: '#5fd3ff', low: -0.1, high: 1.3 },
  { name: 'co2', colour: '#ffd75e', low: 0, high: 55 },
];
const PAGE_S = 16;
const ERASE_S = 0.5;
const MOST_LAG_S = 1.2;
/** Values kept of a wave: 41 s at 25 a second. */
const KEPT = 1024;

interface Kept {
  samples: number[];
  values: number[];
}

export class SlowScreen {
  private readonly box = byId('slow-screen', HTMLElement);
  private readonly canvas = byId('slow-trace', HTMLCanvasElement);
  private readonly kept = new Map<string, Kept>(LANES.map(({ name }) => [name, { samples: [], values: [] }]));
  private context: CanvasRenderingContext2D;
  private width = 1;
  private height = 1;
  private fs = 0;
  private drawn = NaN;

  constructor() {
    this.context = sizeCanvas(this.canvas, 1, 1);
    new ResizeObserver(() => this.layout()).observe(this.box);
    this.layout();
  }

  push(wave: ScreenSlowWave): void {
    const kept = this.kept.get(wave.name);
    if (kept === undefined) return;
    if (wave.fs !== this.fs || wave.firstSample < (kept.samples.at(-1) ?? -1)) this.restart(wave.fs);
    wave.values.forEach((value, i) => {
      kept.samples.push(wave.firstSample + i * wave.everySamples);
      kept.values.push(value);
    });
    const over = kept.samples.length - KEPT;
    if (over > 0) for (const list of [kept.samples, kept.values]) list.splice(0, over);
  }

  /** The pen of the ECG is here. Values come ten at a time: this pen waits for them, but not for a sensor that is silent. */
  drawTo(pen: number): void {
    if (this.fs === 0) return;
    const newest = Math.min(...[...this.kept.values()].map(({ samples }) => samples.at(-1) ?? 0));
    const sample = Math.max(pen - MOST_LAG_S * this.fs, Math.min(pen, newest));
    if (Number.isNaN(this.drawn) || sample < this.drawn - this.fs) this.drawn = sample;
    this.draw(sample);
  }

  private draw(sample: number): void {
    const from = Math.max(this.drawn, sample - (PAGE_S - ERASE_S) * this.fs);
    if (sample <= from) return;
    this.erase(from, sample);
    LANES.forEach((lane, k) => this.stroke(lane, k, from, sample));
    this.drawn = sample;
  }

  private restart(fs: number): void {
    this.fs = fs;
    this.drawn = NaN;
    for (const name of this.kept.keys()) this.kept.set(name, { samples: [], values: [] });
    this.context.clearRect(0, 0, this.width, this.height);
  }

  private layout(): void {
    const { clientWidth, clientHeight } = this.box;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.width = clientWidth;
    this.height = clientHeight;
    this.context = sizeCanvas(this.canvas, clientWidth, clientHeight);
    if (Number.isNaN(this.drawn)) return;
    const until = this.drawn;
    this.drawn = Math.max(0, until - (PAGE_S - ERASE_S) * this.fs);
    this.draw(until);
  }

  private xOf(sample: number): number {
    const page = PAGE_S * this.fs;
    return ((sample % page) / page) * this.width;
  }

  private topOf(lane: number): number {
    return (lane * this.height) / LANES.length;
  }

  private erase(from: number, until: number): void {
    const start = this.xOf(from);
    const length = ((until - from) / this.fs + ERASE_S) * (this.width / PAGE_S);
    this.context.clearRect(start, 0, length, this.height);
    const beyond = start + length - this.width;
    if (beyond > 0) this.context.clearRect(0, 0, beyond, this.height);
  }

  private stroke({ name, colour, low, high }: Lane, index: number, from: number, until: number): void {
    const { context } = this;
    const kept = this.kept.get(name);
    if (kept === undefined) return;
    const laneHeight = this.height / LANES.length - 6;
    const bottom = this.topOf(index) + laneHeight + 3;
    const yOf = (v: number) => bottom - Math.max(0, Math.min(1, (v - low) / (high - low))) * laneHeight;
    context.strokeStyle = colour;
    context.lineWidth = 1.7;
    context.lineJoin = 'round';
    context.beginPath();
    for (let i = 1; i < kept.samples.length; i++) {
      const [a, b] = [kept.samples[i - 1], kept.samples[i]];
      if (b <= from || a >= until) continue;
      const [va, vb] = [kept.values[i - 1], kept.values[i]];
      if (Number.isNaN(va) || Number.isNaN(vb)) continue;
      const at = (s: number) => yOf(va + ((vb - va) * (s - a)) / (b - a));
      const [s0, s1] = [Math.max(a, from), Math.min(b, until)];
      if (this.xOf(s1) < this.xOf(s0)) continue;
      context.moveTo(this.xOf(s0), at(s0));
      context.lineTo(this.xOf(s1), at(s1));
    }
    context.stroke();
  }
}
