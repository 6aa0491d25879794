/** The ECG window: paper, sweep, scale controls and the message over the trace. */
import { byId, fillSelect, setData, setText } from './dom.ts';
import { drawLane, drawPaper } from './paper.ts';
import { Playback } from './playback.ts';
import { GAINS_MM_PER_MV, Scale, SPEEDS_MM_PER_S } from './scale.ts';
import { Sweep } from './sweep.ts';
import type { Lane, Marker } from './sweep.ts';
import { Waves } from './waves.ts';
import type { ScreenWave } from '../protocol/screen.ts';

const TRACE_COLOUR = '#5cf08f';
const SECOND_COLOUR = '#8fd8c8';
/** A narrow page has room for one trace; more can be chosen. */
const TWO_TRACES_PX = 600;
const MARKERS_KEPT = 100;

export class EcgScreen {
  readonly waves = new Waves();
  readonly scale = new Scale();
  private readonly box = byId('screen', HTMLElement);
  private readonly paper = byId('paper', HTMLCanvasElement);
  private readonly overlay = byId('overlay', HTMLElement);
  private readonly first = byId('lead-1', HTMLSelectElement);
  private readonly second = byId('lead-2', HTMLSelectElement);
  private readonly playback = new Playback();
  private readonly sweep = new Sweep(byId('trace', HTMLCanvasElement), this.waves, this.scale);
  private lanes: readonly Lane[] = [{ lead: 0, colour: TRACE_COLOUR }];
  private leadNames: readonly string[] = [];
  private readonly markers: Marker[] = [];
  private frozen = false;
  private lastPaintMs = 0;
  /** Called at every paint with where the pen is. */
  onPaint: (sample: number) => void = () => undefined;

  constructor() {
    this.chooser('speed', SPEEDS_MM_PER_S, 'mm/s', this.scale.mmPerS, (v) => (this.scale.mmPerS = v));
    this.chooser('gain', GAINS_MM_PER_MV, 'mm/mV', this.scale.mmPerMv, (v) => (this.scale.mmPerMv = v));
    for (const select of [this.first, this.second]) {
      select.addEventListener('change', () => this.chooseLanes());
    }
    this.freezer();
    this.calibration();
    new ResizeObserver(() => this.layout()).observe(this.box);
    this.layout();
    requestAnimationFrame((now) => this.paint(now));
  }

  setLeads(names: readonly string[]): void {
    if (names.join() === this.leadNames.join()) return;
    this.leadNames = names;
    const choices = names.map((label, k) => ({ id: String(k), label }));
    fillSelect(this.first, choices);
    fillSelect(this.second, [{ id: '', label: 'off' }, ...choices]);
    // Lead II beside the pads, where both are there; else the next signal of a recording.
    const beside = names.includes('II') ? names.indexOf('II') : names.length - 1;
    const room = this.box.clientWidth >= TWO_TRACES_PX && beside > 0;
    this.second.value = room ? String(beside) : '';
    this.chooseLanes();
  }

  private chooseLanes(): void {
    const lanes = [{ lead: Number(this.first.value), colour: TRACE_COLOUR }];
    if (this.second.value !== '') lanes.push({ lead: Number(this.second.value), colour: SECOND_COLOUR });
    this.lanes = lanes;
    this.layout();
  }

  push(wave: ScreenWave): void {
    if (this.waves.push(wave)) {
      this.playback.reset();
      this.sweep.clear();
    }
  }

  /** Where the pen is: the newest sample that is drawn. */
  get position(): number {
    return Number.isNaN(this.playback.position) ? 0 : Math.floor(this.playback.position);
  }

  shownLeads(): { lead: number; name: string }[] {
    return this.lanes.map(({ lead }) => ({ lead, name: this.leadNames[lead] ?? '' }));
  }

  markersIn(from: number, until: number): readonly Marker[] {
    return this.markers.filter((m) => m.sample >= from && m.sample < until);
  }

  mark(marker: Marker): void {
    this.markers.push(marker);
    if (this.markers.length > MARKERS_KEPT) this.markers.shift();
    this.sweep.mark(marker);
  }

  /** The message over the trace; '' takes it away. */
  say(text: string, tone: 'alarm' | 'quiet' = 'quiet'): void {
    setText(this.overlay, text);
    setData(this.overlay, 'tone', tone);
  }

  private paint(nowMs: number): void {
    const dtS = Math.min(1, (nowMs - this.lastPaintMs) / 1000);
    this.lastPaintMs = nowMs;
    if (this.waves.fs > 0 && !this.frozen)
      this.sweep.drawTo(this.playback.advance(dtS, this.waves.end, this.waves.fs));
    if (!this.frozen) this.onPaint(this.position);
    requestAnimationFrame((now) => this.paint(now));
  }

  private layout(): void {
    const { clientWidth, clientHeight } = this.box;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.sweep.resize(clientWidth, clientHeight, this.lanes);
    drawPaper(this.paper, clientWidth, clientHeight, this.sweep.baselineOf(0), this.scale);
    this.lanes.forEach((lane, k) => {
      drawLane(
        this.paper,
        this.sweep.topOf(k),
        this.sweep.baselineOf(k),
        this.leadNames[lane.lead] ?? '',
        this.scale,
      );
    });
    setText(byId('scale-note', HTMLElement), this.scale.note);
    byId('ruler', HTMLElement).style.width = `${50 * this.scale.pxPerMm}px`;
  }

  private chooser(
    id: string,
    values: readonly number[],
    unit: string,
    now: number,
    set: (v: number) => void,
  ): void {
    const select = byId(id, HTMLSelectElement);
    fillSelect(
      select,
      values.map((v) => ({ id: String(v), label: `${v} ${unit}` })),
    );
    select.value = String(now);
    select.addEventListener('change', () => {
      set(Number(select.value));
      this.layout();
    });
  }

  /** The pen stops; what comes is kept, and after the thaw the trace goes on with the present. */
  private freezer(): void {
    const button = byId('freeze', HTMLButtonElement);
    button.addEventListener('click', () => {
      this.frozen = !this.frozen;
      button.setAttribute('aria-pressed', String(this.frozen));
      setText(button, this.frozen ? 'Frozen' : 'Freeze');
    });
  }

  private calibration(): void {
    const slider = byId('calibration', HTMLInputElement);
    const show = () => {
      slider.value = String(Math.round(this.scale.calibration * 100));
      setText(byId('calibration-value', HTMLElement), `${slider.value} %`);
      this.layout();
    };
    slider.addEventListener('input', () => {
      this.scale.calibrate(Number(slider.value) / 100);
      show();
    });
    byId('calibration-reset', HTMLButtonElement).addEventListener('click', () => {
      this.scale.calibrate(1);
      show();
    });
    show();
  }
}
