/**
 * QRS detector: confirmed beats and synchroniser triggers from one pass over one lead.
 *
 *   samples -> EcgInput (pacing pulses and mains out) -> FrontEnd (slope energy)
 *     -> Candidates (humps) -> measure, Shapes -> features -> Network -> Beat
 *     -> SyncTrigger -> RWave
 *
 * Every hump of slope energy is a candidate. It is judged about 260 ms later, when its neighbours are known, on
 * twenty ratios to what is usual for this patient (features.ts) by a small network that was trained on recordings
 * (weights.ts tells on which). A gap longer than one and a half RR is searched again with a lower bar; such beats are
 * `late`. So are those of the first two seconds, which are judged when the levels are known.
 *
 * The work for a candidate is cut in steps, at most one per decimated sample, so that no sample costs much more than
 * another; the steps depend on the sample count only, never on how the input was cut. Allocates in the constructor only.
 */
import type { Beat, Queue, RWave } from '../core/beat.ts';
import { emptyBeat } from '../core/beat.ts';
import { assert } from '../core/errors.ts';
import { type Hertz, msToSamples, type SampleIndex, samplesToMs } from '../core/units.ts';
import { BeatClassifier } from './beat-class.ts';
import { BEAT, Candidates, NO_BEAT, OPEN, SLOT_MASK, SLOTS } from './candidates.ts';
import { EcgInput } from './ecg-input.ts';
import { QRS_FEATURES, qrsFeatures } from './features.ts';
import { rPeak } from './fiducial.ts';
import { FrontEnd, RING_MASK } from './front-end.ts';
import { FadingMean, RunningMedian } from './levels.ts';
import { measureEnergy, measureLeap, measureSignal } from './measure.ts';
import { Network, type Weights } from './network.ts';
import { adult, type DetectorProfile } from './profile.ts';
import { BeatQueue, RWaveQueue } from './queues.ts';
import { SAME, Shapes, SHAPES } from './shapes.ts';
import { SyncTrigger, type SyncTutor } from './sync-trigger.ts';
import { SYNC_WEIGHTS } from './sync-weights.ts';
import { QRS_WEIGHTS } from './weights.ts';

export interface QrsDetectorOptions {
  fs: Hertz;
  profile?: DetectorProfile;
  /** For training and teaching: sees each judgement, may overrule it. */
  tutor?: Tutor;
  /** For validation: the judge that was trained without the record at hand. */
  weights?: Weights;
  /** The same for the class of a beat: sees features and log-odds of V. */
  classTutor?: (sample: SampleIndex, features: Float64Array, score: number) => void;
  /** The two of the synchroniser; the sample is the one that a trigger would be decided on. */
  syncTutor?: Tutor;
  syncWeights?: Weights;
}
/** Candidate in the middle of `sample`, its features and log-odds; an answer overrules. */
export type Tutor = (sample: SampleIndex, features: Float64Array, score: number) => boolean | undefined;

/** Slowest and fastest rate that is promised (EC13 and the profiles ask for less). */
const LEARN_MS = 2000;
/** A candidate is judged this long after its middle: its neighbours up to 260 ms are known then, within the 400 ms promised. */
const LOOK_AHEAD_MS = 260;
/** Later than this is `late`. */
const PROMISED_MS = 400;
/** Less than this, peak to peak, is not a QRS (EC13: 0.15 mV must not be counted; 0.2 mV is). */
const FLOOR_MV = 0.17;
/** A gap of this many RR is searched again (Pan & Tompkins: 1.66; premature beats make it worth looking sooner). */
const GAP_RR = 1.5;
/** Log-odds that are enough in such a gap. */
const GAP_SCORE = -3;
/**
 * Below this share of the usual energy, leap and jump all three, a hump is faint: on mitdb and svdb two thirds of the humps
 * that are no beats, and 26 of 209 000 beats (measured). Its log-odds are a number that no search-back takes.
 */
const FAINT = 0.25;
const FAINT_SCORE = -9;
/** Log-odds that stand for the tutor's word. */
const SURE = 10;
/** What was refused is this much larger than the beat after it, so many beats in a row: the wrong waves are taken. */
const LARGER = 1.5;
const MANY_DOUBTS = 3;
/** No beat for so long: the levels are learnt afresh. */
const SILENCE_MS = 2500;
/**
 * Humps below this share of the usual energy are not looked at: on mitdb and svdb they are half of all humps and hold
 * 15 of 102 000 beats (measured). The floor is lifted when no beat came for `OPEN_AFTER_MS`.
 */
const FLOOR_SHARE = 0.1;
const OPEN_AFTER_MS = 1500;
/** How long after the R peak the trigger fires, in the median. */
const SYNC_DELAY_MS = 8;
/** A hump later than this after a beat is no T wave. */
const T_REACH_MS = 500;
/** At the end the last value goes on for so long, to close the last hump. */
const FLUSH_MS = 300;
/** A decimated index that does not come: whole numbers stay whole, so that nothing is allocated for them (49 days at 250 Hz). */
const NEVER = 2 ** 30;
/** Input samples taken at once, so that the rings never overrun. */
const BITE = 256;

export class QrsDetector {
  readonly fs: Hertz;
  readonly profile: DetectorProfile;
  /** What was taken out of the signal first: pacing pulses and mains. */
  readonly input: EcgInput;
  private readonly front: FrontEnd;
  private readonly candidates: Candidates;
  private readonly shapes: Shapes;
  private readonly trigger: SyncTrigger;
  private readonly classifier = new BeatClassifier();
  private readonly network: Network;
  private readonly beatQueue = new BeatQueue();
  private readonly syncQueue = new RWaveQueue();
  private readonly tutor: Tutor | undefined;
  private readonly classTutor: QrsDetectorOptions['classTutor'];
  private readonly usual = {
    energy: new RunningMedian(),
    steep: new RunningMedian(),
    span: new RunningMedian(),
    width: new RunningMedian(),
    leap: new RunningMedian(),
    jump: new RunningMedian(),
    tEnergy: new RunningMedian(),
    tTime: new RunningMedian(),
    rr: new RunningMedian(),
    noise: new FadingMean(),
  };
  private readonly f = new Float64Array(QRS_FEATURES);
  private readonly rr = new Float64Array(1);
  private readonly beat: Beat = emptyBeat();
  private readonly lookAhead: number;
  private readonly refractory: number;
  private readonly tReach: number;
  private readonly learn: number;
  private readonly silence: number;
  private readonly syncDelay: number;
  private readonly openAfter: number;

  /** Full-rate index of the first sample after reset. */
  private base = 0;
  private scanned = 0;
  /** Decimated index at which there is work to do. */
  private wakeAt = 0;
  private learnUntil = 0;
  private learning = true;
  private measuring = 0;
  private measureStep = 0;
  private deciding = 0;
  private decideStep = 0;
  private lastBeat = -1;
  private doubt = 0;
  /** Accepted and not yet in the queue, -1 when there is none. */
  private publishing = -1;
  private publishStep = 0;
  private shape = 0;
  private lastPeak = NaN;
  /** Decimated index at which the signal ended, once it has. */
  private ended = NEVER;
  /** Decimated index from which on the floor is lifted, when no beat comes before. */
  private openAt = NEVER;

  constructor({
    fs,
    profile = adult,
    tutor,
    classTutor,
    syncTutor,
    weights = QRS_WEIGHTS,
    syncWeights = SYNC_WEIGHTS,
  }: QrsDetectorOptions) {
    assert(fs >= 100 && fs <= 5000, `fs: expected 100..5000 Hz, found ${fs}`);
    this.fs = fs;
    this.profile = profile;
    this.tutor = tutor;
    this.network = new Network(weights);
    this.classTutor = classTutor;
    this.input = new EcgInput(fs, BITE);
    this.front = new FrontEnd(fs);
    const { fd } = this.front;
    this.candidates = new Candidates(fd);
    this.shapes = new Shapes(fd);
    this.trigger = new SyncTrigger(fd, profile, syncWeights, this.syncTutorFor(syncTutor));
    this.lookAhead = msToSamples(LOOK_AHEAD_MS, fd);
    this.refractory = msToSamples(profile.refractoryMs, fd);
    this.tReach = msToSamples(T_REACH_MS, fd);
    this.learn = msToSamples(LEARN_MS, fd);
    this.silence = msToSamples(SILENCE_MS, fd);
    this.openAfter = msToSamples(OPEN_AFTER_MS, fd);
    this.syncDelay = msToSamples(SYNC_DELAY_MS, fs);
    this.reset();
  }

  get beats(): Queue<Beat> {
    return this.beatQueue;
  }

  get syncs(): Queue<RWave> {
    return this.syncQueue;
  }

  /** Takes n samples in mV; NaN where nothing could be measured. */
  process(x: Float64Array, n: number): void {
    for (let from = 0; from < n; from += BITE) {
      const size = this.input.take(x, from, Math.min(n - from, BITE));
      this.front.process(this.input.out, 0, size);
      this.advance();
    }
  }

  /** The signal ends here: judges what is still open. Call `reset` before more samples. */
  flush(): void {
    this.front.process(this.input.out, 0, this.input.end());
    this.advance();
    this.ended = this.front.end;
    const still = new Float64Array(msToSamples(FLUSH_MS, this.fs)).fill(this.front.last);
    this.process(still, still.length);
    if (this.learning) this.learnUntil = Math.min(this.learnUntil, this.front.end);
    const until = this.front.end + this.lookAhead + 20 * SLOTS;
    for (let now = this.front.end; now < until; now++) this.work(now);
  }

  /** As new; the next sample gets index `nextSample`. After a gap in the stream. */
  reset(nextSample: SampleIndex = 0): void {
    this.base = nextSample;
    this.input.reset(nextSample);
    this.front.reset();
    this.candidates.reset();
    this.shapes.reset();
    this.trigger.reset();
    this.classifier.reset();
    this.beatQueue.clear();
    this.syncQueue.clear();
    for (const level of Object.values(this.usual)) level.reset();
    this.usual.rr.reset(0.8 * this.front.fd);
    this.usual.tTime.reset(0.3 * this.front.fd);
    this.usual.tEnergy.reset(0);
    this.scanned = this.wakeAt = 0;
    this.learnUntil = this.learn;
    this.learning = true;
    this.measuring = this.measureStep = this.deciding = this.decideStep = this.publishStep = 0;
    this.lastBeat = this.publishing = -1;
    this.lastPeak = NaN;
    this.openAt = NEVER;
    this.ended = NEVER;
    this.doubt = 0;
  }

  private advance(): void {
    const { front, candidates } = this;
    const { end } = front;
    while (this.scanned < end) {
      const known = candidates.count;
      const stop = Math.max(this.scanned + 1, Math.min(end, this.wakeAt));
      const from = this.scanned;
      this.scanned = candidates.scan(front.energy, RING_MASK, from, stop, front.delay);
      this.fire(from, this.scanned);
      if (candidates.count > known) this.wakeAt = this.scanned;
      if (this.scanned >= this.wakeAt) this.work(this.scanned);
    }
  }

  private fire(from: number, to: number): void {
    const { trigger, front } = this;
    for (let i = from; i < to;) {
      i = trigger.scan(front, i, to);
      if (trigger.fired < 0 || trigger.fired >= this.ended) continue;
      const decidedAt = this.decidedAt(trigger.fired);
      this.syncQueue.put(decidedAt - this.syncDelay, decidedAt, trigger.sure);
    }
  }

  /** One step of what is due at decimated index `now`; sets when to come again. */
  private work(now: number): void {
    this.wakeAt = now + 1;
    if (this.publishing >= 0) return this.publish(now);
    if (this.measureDue(now)) return this.measure();
    if (this.learning && now >= this.learnUntil) return this.learnLevels(now);
    if (now >= this.openAt) {
      this.candidates.floor = 0;
      this.openAt = NEVER;
    }
    if (this.decideDue(now)) return this.decide(now);
    this.wakeAt = this.nextWork(now);
  }

  private nextWork(now: number): number {
    const { candidates } = this;
    let next = Math.min(this.openAt, this.learning ? this.learnUntil : NEVER);
    if (this.measuring < candidates.count)
      next = Math.min(next, candidates.at[this.measuring & SLOT_MASK] + this.shapes.lookAhead);
    if (!this.learning && this.deciding < this.measuring)
      next = Math.min(next, candidates.at[this.deciding & SLOT_MASK] + this.lookAhead);
    return Math.max(next, now + 1);
  }

  private measureDue(now: number): boolean {
    const { candidates, measuring } = this;
    return (
      measuring < candidates.count && now >= candidates.at[measuring & SLOT_MASK] + this.shapes.lookAhead
    );
  }

  private decideDue(now: number): boolean {
    return (
      !this.learning &&
      this.deciding < this.measuring &&
      now >= this.candidates.at[this.deciding & SLOT_MASK] + this.lookAhead
    );
  }

  private measure(): void {
    const { candidates: c, shapes, front } = this;
    const k = this.measuring;
    const slot = k & SLOT_MASK;
    const step = this.measureStep++;
    if (step === 0) {
      measureSignal(c, k, front);
      measureLeap(c, k, front, this.trigger.leap);
      c.faint[slot] = this.isFaint(slot) ? 1 : 0;
      if (c.faint[slot] === 0) return;
      c.score[slot] = FAINT_SCORE;
    } else if (step === 1) {
      measureEnergy(c, k, front);
      shapes.look(front.x, RING_MASK, c.at[slot]);
      return;
    } else this.compare(slot);
    this.measuring++;
    this.measureStep = 0;
  }

  /** Too small in every respect to be looked at further, unless a beat is overdue. */
  private isFaint(slot: number): boolean {
    const { candidates: c, usual } = this;
    return (
      !this.learning &&
      c.energy[slot] < FAINT * usual.energy.value &&
      c.leap[slot] < FAINT * usual.leap.value &&
      c.jump[slot] < FAINT * usual.jump.value &&
      c.at[slot] - this.lastAt() < GAP_RR * usual.rr.value
    );
  }

  /** Which of the shapes the candidate is most like. */
  private compare(slot: number): void {
    const { candidates: c, shapes } = this;
    c.alikeBest[slot] = c.alikeRuling[slot] = -1;
    c.bestShape[slot] = c.bestLag[slot] = 0;
    const { ruling } = shapes;
    for (let shape = 0; shape < SHAPES; shape++) {
      shapes.compare(shape);
      if (shape === ruling) c.alikeRuling[slot] = shapes.alike;
      if (!(shapes.alike > c.alikeBest[slot])) continue;
      c.alikeBest[slot] = shapes.alike;
      c.bestShape[slot] = shape;
      c.bestLag[slot] = shapes.lag;
    }
    shapes.share(c.bestShape[slot], c.bestShare, slot);
    c.bestSpan[slot] = shapes.span[c.bestShape[slot]];
  }

  /** Levels from the candidates of the last two seconds; then everything since the last beat is judged with them. */
  private learnLevels(now: number): void {
    const { candidates: c, usual } = this;
    this.learning = false;
    const from = now - this.learn - this.lookAhead;
    let first = Math.max(0, c.count - SLOTS + 1);
    while (first < this.measuring && c.at[first & SLOT_MASK] < from) first++;
    let most = 0;
    for (let k = first; k < this.measuring; k++) most = Math.max(most, c.energy[k & SLOT_MASK]);
    if (most === 0) {
      this.learning = true;
      this.learnUntil = now + this.learn / 4;
      return;
    }
    usual.energy.reset();
    usual.steep.reset();
    usual.span.reset();
    usual.width.reset();
    usual.leap.reset();
    usual.jump.reset();
    usual.noise.reset();
    for (let k = first; k < this.measuring; k++) {
      const slot = k & SLOT_MASK;
      if (c.energy[slot] < 0.4 * most) usual.noise.put(c.energy, slot);
      else this.learnUsual(slot);
    }
    if (Number.isNaN(usual.noise.value)) usual.noise.reset(0.1 * most);
    this.learnRr(first, 0.4 * most);
    for (let k = first; k < this.measuring; k++)
      if (c.at[k & SLOT_MASK] > this.lastAt() + this.refractory) {
        this.deciding = Math.min(this.deciding, k);
        c.fate[k & SLOT_MASK] = OPEN;
      }
    this.decideStep = 0;
  }

  /** The usual RR from the large candidates: their median distance. */
  private learnRr(first: number, least: number): void {
    const { candidates: c, usual } = this;
    if (this.lastBeat >= 0) return;
    let before = -1;
    for (let k = first; k < this.measuring; k++) {
      const slot = k & SLOT_MASK;
      if (c.energy[slot] < least || (before >= 0 && c.at[slot] - before < this.refractory)) continue;
      this.rr[0] = c.at[slot] - before;
      if (before >= 0) usual.rr.put(this.rr, 0);
      before = c.at[slot];
    }
  }

  private learnUsual(slot: number): void {
    const { candidates: c, usual } = this;
    usual.energy.put(c.energy, slot);
    usual.steep.put(c.steep, slot);
    usual.span.put(c.span, slot);
    usual.width.put(c.width, slot);
    usual.leap.put(c.leap, slot);
    usual.jump.put(c.jump, slot);
  }

  /** What stood between the last beat and beat k: the largest hump that was none. */
  private learnBetween(k: number): void {
    const { candidates: c, usual, rr } = this;
    let most = -1;
    for (let j = Math.max(this.lastBeat + 1, c.count - SLOTS + 1); j < k; j++) {
      const slot = j & SLOT_MASK;
      if (c.at[slot] - this.lastAt() > this.tReach) break;
      if (most < 0 || c.energy[slot] > c.energy[most]) most = slot;
    }
    if (most < 0) return;
    rr[0] = c.at[most] - this.lastAt();
    usual.tTime.put(rr, 0);
    usual.tEnergy.put(c.energy, most);
  }

  private lastAt(): number {
    return this.lastBeat < 0 ? -NEVER : this.candidates.at[this.lastBeat & SLOT_MASK];
  }

  /** Features; then the network; then what comes of it. */
  private decide(now: number): void {
    const { candidates: c, f, network } = this;
    const k = this.deciding;
    const slot = k & SLOT_MASK;
    const step = this.decideStep++;
    if (step === 0) {
      // the refractory time answers for itself
      if (c.faint[slot] === 1) this.conclude(k, now, false);
      else if (this.tutor === undefined && c.at[slot] - this.lastAt() < this.refractory)
        this.conclude(k, now, false);
      else qrsFeatures(f, c, k, this.usual, this.lastBeat, this.front.fd);
    } else if (step === 1) network.score(f, c.score, slot);
    else this.conclude(k, now, this.isBeat(slot));
  }

  private conclude(k: number, now: number, isBeat: boolean): void {
    this.decideStep = 0;
    if (this.searchBack(k)) return; // the new beat changes what is usual: judge again
    if (isBeat) this.accept(k);
    else this.reject(k, now);
    this.deciding++;
  }

  private isBeat(slot: number): boolean {
    const { candidates: c } = this;
    const told = this.tutor?.(this.toSample(c.at[slot]), this.f, c.score[slot]);
    if (told !== undefined) c.score[slot] = told ? SURE : -SURE;
    if (c.at[slot] - this.lastAt() < this.refractory) return false;
    return c.score[slot] > 0 && c.span[slot] > FLOOR_MV;
  }

  /** Finds the best refused candidate in a long gap before candidate k; true when one became a beat. */
  private searchBack(k: number): boolean {
    const { candidates: c } = this;
    if (this.lastBeat < 0) return false;
    const gap = c.at[k & SLOT_MASK] - this.lastAt();
    if (gap < GAP_RR * this.usual.rr.value) return false;
    const until = c.at[k & SLOT_MASK] - this.refractory;
    let best = -1;
    for (let j = Math.max(this.lastBeat + 1, c.count - SLOTS + 1); j < k; j++) {
      const slot = j & SLOT_MASK;
      if (c.at[slot] - this.lastAt() < this.refractory || c.at[slot] > until) continue;
      if (c.span[slot] <= FLOOR_MV) continue;
      if (best < 0 || c.score[slot] > c.score[best & SLOT_MASK]) best = j;
    }
    if (best < 0 || c.score[best & SLOT_MASK] < GAP_SCORE) return false;
    this.accept(best);
    return true;
  }

  private reject(k: number, now: number): void {
    const { candidates: c, usual } = this;
    const slot = k & SLOT_MASK;
    c.fate[slot] = NO_BEAT;
    usual.noise.put(c.energy, slot);
    if (c.at[slot] - Math.max(this.lastAt(), this.learnUntil - this.learn) > this.silence) {
      this.learning = true;
      this.learnUntil = now;
    }
  }

  private accept(k: number): void {
    const { candidates: c, usual, front } = this;
    const slot = k & SLOT_MASK;
    c.fate[slot] = BEAT;
    const at = c.at[slot];
    this.learnBetween(k);
    this.rr[0] = at - this.lastAt();
    this.learnUsual(slot);
    if (this.rr[0] < 2 * front.fd) usual.rr.put(this.rr, 0);
    c.floor = (FLOOR_SHARE * usual.energy.value) | 0;
    this.openAt = at + this.openAfter;
    if (this.isLockedIn(k)) this.relearn();
    this.lastBeat = k;
    this.publishing = k;
  }

  /**
   * Taking the T waves for beats and refusing the QRS complexes confirms itself: each wrong beat is early for the next
   * right one. The sign of it is that what is refused is larger than what is taken, beat after beat.
   */
  private isLockedIn(k: number): boolean {
    const { candidates: c } = this;
    if (this.lastBeat < 0) return false;
    let refused = 0;
    for (let j = Math.max(this.lastBeat + 1, c.count - SLOTS + 1); j < k; j++)
      if (c.span[j & SLOT_MASK] > FLOOR_MV) refused = Math.max(refused, c.energy[j & SLOT_MASK]);
    this.doubt = refused > LARGER * c.energy[k & SLOT_MASK] ? this.doubt + 1 : this.doubt >> 1;
    return this.doubt >= MANY_DOUBTS;
  }

  private relearn(): void {
    this.doubt = 0;
    this.shapes.reset();
    this.classifier.reset();
    this.learning = true;
    this.learnUntil = 0;
  }

  /** Second half of accepting, in steps of their own: shape; class; R peak, and out it goes. */
  private publish(now: number): void {
    const { candidates: c, front, shapes, classifier } = this;
    const k = this.publishing;
    const slot = k & SLOT_MASK;
    const step = this.publishStep++;
    if (step === 0) {
      const same = c.alikeBest[slot] >= SAME;
      const at = c.at[slot] + (same ? c.bestLag[slot] : 0);
      this.shape = shapes.learn(c.bestShape[slot], same, front.x, RING_MASK, at, c.span, slot);
    } else if (step === 1) {
      if (shapes.count[this.shape] <= 1) classifier.forget(this.shape);
      classifier.measure(c, k, this.usual, this.rr, this.shape, shapes.count);
    } else {
      this.publishing = -1;
      this.publishStep = 0;
      this.putBeat(slot, now);
    }
  }

  private putBeat(slot: number, now: number): void {
    const { candidates: c, front, beat, classifier } = this;
    beat.sample = this.toSample(rPeak(front.x, c.at[slot], front.fd));
    beat.decidedAt = this.base + Math.min(now, this.ended) * front.decimation - 1;
    beat.rrMs = samplesToMs(beat.sample - this.lastPeak, this.fs);
    beat.widthMs = samplesToMs(c.width[slot], front.fd);
    beat.late = samplesToMs(beat.decidedAt - beat.sample, this.fs) > PROMISED_MS;
    beat.beatClass = classifier.judge();
    this.classTutor?.(beat.sample, classifier.f, classifier.score[0]);
    this.lastPeak = beat.sample;
    this.beatQueue.put(beat);
    this.trigger.learn(this.usual, c, slot);
  }

  /** The last input sample that low-rate sample i needs. */
  private decidedAt(i: number): SampleIndex {
    return this.base + (i + 1) * this.front.decimation - 1;
  }

  private syncTutorFor(tutor: Tutor | undefined): SyncTutor | undefined {
    return tutor && ((i, f, score) => tutor(this.decidedAt(i), f, score));
  }

  /** The input sample in the middle of decimated sample i. */
  private toSample(i: number): SampleIndex {
    const { decimation } = this.front;
    return this.base + i * decimation + (decimation >> 1);
  }
}
