/**
 * What the box measures: samples, slow waves, vital signs and the markers of its trigger, on one unbroken sample clock.
 *
 *   WAVE -> WaveIn -> screen, Pipeline (dsp, detect, advisory) -> decisions      VITALS -> alarms      CHANNEL -> screen
 */
import type { Told } from '../control/told.ts';
import type { Advice } from '../core/advice.ts';
import { WHY } from '../control/refusals.ts';
import type { PatientType, RateSource, SessionWave, SlowWave } from '../core/session-events.ts';
import type { Microseconds, SampleIndex } from '../core/units.ts';
import type { MessageOf } from '../protocol/messages.ts';
import { adult, child } from '../detect/index.ts';
import { chestIsCompressed } from './chest-in.ts';
import type { Ground } from './ground.ts';
import { PaceBlank } from './pace-blank.ts';
import { Pipeline } from './pipeline.ts';
import { slowWave, vitalSigns } from './vitals-in.ts';
import type { Watch } from './watch.ts';
import { WaveIn } from './wave-in.ts';

const PROFILES = { adult, child } as const;
/** The lead that monitors show first. */
const ECG_LEAD = 'II';
/** Range of the simulated front ends; the wire does not tell it. */
const RANGE_MV = 10;

export class Stream {
  onWave: (wave: SessionWave) => void = () => undefined;
  onSlowWave: (wave: SlowWave) => void = () => undefined;
  private readonly ground: Ground;
  private readonly watch: Watch;
  private waveIn: WaveIn | undefined;
  private analysis: Pipeline | undefined;
  private blank: PaceBlank | undefined;
  private leadIndex: number;
  private chosenSource: RateSource;

  constructor(ground: Ground, watch: Watch) {
    this.ground = ground;
    this.watch = watch;
    this.leadIndex = ground.options.lead ?? 0;
    this.chosenSource = this.leadIndex === 0 ? 'pads' : 'ecg';
  }

  get pipeline(): Pipeline | undefined {
    return this.analysis;
  }

  /** Index of the lead that is analysed. */
  get lead(): number {
    return this.leadIndex;
  }

  get source(): RateSource {
    return this.chosenSource;
  }

  /** Beats a minute of the chosen source; NaN: not known. A pulse that is not measured is not replaced by another number. */
  bpm(now: Microseconds): number {
    if (this.chosenSource !== 'spo2') return this.analysis?.bpm ?? NaN;
    return this.watch.signsAt(now)?.pulsePerMin ?? NaN;
  }

  /** Why another source cannot be had. */
  whyNot(source: RateSource): string | undefined {
    const { treatment, now } = this.ground;
    if (treatment.therapy.state === 'awaitingR') return WHY.sourceBusy;
    if (source === 'ecg' && this.ecgLead === 0) return WHY.noEcgLeads;
    if (source !== 'spo2') return treatment.mode === 'aed' && source !== 'pads' ? WHY.aedSource : undefined;
    return Number.isFinite(this.watch.signsAt(now())?.spo2Pct ?? NaN) ? undefined : WHY.noSpo2;
  }

  /** The lead follows; a pulse triggers nothing, hence the lead stays with SpO2. Returns true when the lead has changed. */
  choose(source: RateSource): boolean {
    if (source === this.chosenSource) return false;
    this.chosenSource = source;
    const before = this.leadIndex;
    if (source !== 'spo2') this.leadIndex = source === 'ecg' ? this.ecgLead : 0;
    this.ground.tell({ type: 'source', source });
    if (before === this.leadIndex) return false;
    this.restart();
    return true;
  }

  /** Another patient: how soon his heart can beat again is another thing, hence the analysis begins anew. */
  patientChanged(): void {
    this.restart();
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
    this.watch.hear(signs, this.ground.now());
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

  /** The box has given a pacing pulse. */
  pace(event: MessageOf<'event'>): void {
    const sample = this.toOurs(event.sample);
    if (sample === undefined || !this.analyses) return;
    this.blank?.pulse(sample, this.ground.treatment.pacing.settings.widthMs);
    this.watch.pulse(sample);
    this.ground.tellAt({ type: 'pacePulse', sizeMv: NaN }, sample);
  }

  private get ecgLead(): number {
    const names = this.ground.device()?.leadNames ?? [];
    return Math.max(0, names.indexOf(ECG_LEAD));
  }

  private get analyses(): boolean {
    return this.ground.options.analyse !== false;
  }

  private startAnalysis(fs: number): void {
    this.blank = new PaceBlank(fs);
    this.watch.startStream(fs);
    this.analysis = this.makePipeline(fs, 0);
  }

  /** The same stream goes on; what was learnt of its beats does not. */
  private restart(): void {
    const fs = this.ground.device()?.fs;
    if (this.analysis !== undefined && fs !== undefined) this.analysis = this.makePipeline(fs, this.end);
  }

  private makePipeline(fs: number, nextSample: SampleIndex): Pipeline {
    const { ground, watch } = this;
    const profile: PatientType = ground.treatment.patient;
    const options = {
      fs,
      profile: PROFILES[profile],
      hides: (sample: SampleIndex) => this.blank?.hides(sample) ?? false,
      range: { lowMv: -RANGE_MV, highMv: RANGE_MV },
      onTold: (event: Told, sample: SampleIndex) => {
        if (event.type === 'beat') watch.beat(sample);
        ground.tellAt(event, sample);
      },
      onDecision: (decision: Advice) =>
        ground.treatment.decide(decision, ground.now(), this.analysis?.moves ?? false),
    };
    return new Pipeline(options, nextSample);
  }

  private onWaveIn(wave: SessionWave): void {
    this.onWave(wave);
    const lead = wave.leads[this.leadIndex] ?? wave.leads[0];
    const { n, firstSample } = wave;
    this.analysis?.process(this.blank?.apply(lead, n, firstSample) ?? lead, n, firstSample);
  }
}
