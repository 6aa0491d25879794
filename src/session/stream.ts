/**
 * What the box measures: samples, slow waves, vital signs and the markers of its trigger, on one unbroken sample clock.
 *
 *   WAVE -> WaveIn -> screen, Pipeline (dsp, detect, advisory) -> decisions      VITALS -> alarms      CHANNEL -> screen
 */
import type { SessionWave, SlowWave } from '../core/session-events.ts';
import type { Microseconds, SampleIndex } from '../core/units.ts';
import type { MessageOf } from '../protocol/messages.ts';
import { chestIsCompressed } from './chest-in.ts';
import type { Ground } from './ground.ts';
import { Pipeline } from './pipeline.ts';
import { slowWave, vitalSigns } from './vitals-in.ts';
import type { Watch } from './watch.ts';
import { WaveIn } from './wave-in.ts';

/** Range of the simulated front ends; the wire does not tell it. */
const RANGE_MV = 10;

export class Stream {
  onWave: (wave: SessionWave) => void = () => undefined;
  onSlowWave: (wave: SlowWave) => void = () => undefined;
  private readonly ground: Ground;
  private readonly watch: Watch;
  private waveIn: WaveIn | undefined;
  private analysis: Pipeline | undefined;

  constructor(ground: Ground, watch: Watch) {
    this.ground = ground;
    this.watch = watch;
  }

  get pipeline(): Pipeline | undefined {
    return this.analysis;
  }

  /** Index of the next sample. */
  get end(): SampleIndex {
    return this.waveIn?.end ?? 0;
  }

  /** Of the sample that is being taken; without waves, what it would be. */
  get newest(): SampleIndex {
    if (this.analyses) return this.end;
    return Math.floor((this.ground.now() * (this.ground.device()?.fs ?? 0)) / 1e6);
  }

  /** The sample that is being taken about then. */
  sampleAt(now: Microseconds): SampleIndex {
    return this.waveIn?.sampleAt(now) ?? 0;
  }

  /** Our index of a sample that the box names; undefined where no stream runs. */
  toOurs(boxSample: SampleIndex): SampleIndex | undefined {
    return this.waveIn?.toOurs(boxSample);
  }

  /** A box answers: the same stream goes on where it was, another begins at 0. */
  start(fs: number, leadNames: readonly string[]): void {
    const before = this.waveIn;
    const same = before?.wave.fs === fs && before.wave.leadNames.join() === leadNames.join();
    const next = before?.end ?? 0;
    this.waveIn = new WaveIn(
      {
        fs,
        leadNames,
        rangeMv: RANGE_MV,
        onWave: (wave) => this.onWaveIn(wave),
        onGap: (lost) => this.ground.tell({ type: 'gap', lost }),
        ...(this.analyses ? {} : { capacity: 1 }),
      },
      same ? next : 0,
    );
    if (this.analyses && !(same && this.analysis !== undefined)) this.startAnalysis(fs);
  }

  wave(message: MessageOf<'wave'>): void {
    this.waveIn?.receive(message, this.ground.now());
  }

  vitals(message: MessageOf<'vitals'>): void {
    const signs = vitalSigns(message);
    this.watch.signs = signs;
    this.analysis?.chest(chestIsCompressed(message));
    this.ground.tellAt({ type: 'vitals', ...signs }, this.toOurs(message.sample) ?? 0);
  }

  channel(message: MessageOf<'channel'>): void {
    const wave = slowWave(message, this.toOurs(message.idx0) ?? 0);
    if (wave !== undefined) this.onSlowWave(wave);
  }

  /** The box's trigger itself: what the marker on the screen shows. */
  marker(event: MessageOf<'event'>): void {
    const { ground } = this;
    const sample = this.toOurs(event.sample);
    const device = ground.device();
    if (sample === undefined || device === undefined) return;
    ground.treatment.therapy.gate.marker(ground.now(), event.sync !== 0);
    const decidedAt = sample + Math.round(((event.tUs - event.tRUs) * device.fs) / 1e6);
    ground.tellAt({ type: 'sync', decidedAt, by: 'box' }, sample);
  }

  private get analyses(): boolean {
    return this.ground.options.analyse !== false;
  }

  private startAnalysis(fs: number): void {
    const { ground, watch } = this;
    watch.startStream(fs);
    this.analysis = new Pipeline({
      fs,
      range: { lowMv: -RANGE_MV, highMv: RANGE_MV },
      onTold: (event, sample) => {
        if (event.type === 'beat') watch.beat(sample);
        ground.tellAt(event, sample);
      },
      onDecision: (decision) => ground.treatment.decide(decision, ground.now()),
    });
  }

  private onWaveIn(wave: SessionWave): void {
    this.onWave(wave);
    const lead = wave.leads[this.ground.options.lead ?? 0] ?? wave.leads[0];
    this.analysis?.process(lead, wave.n, wave.firstSample);
  }
}
