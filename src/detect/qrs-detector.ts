/**
 * QRS detector: confirmed beats and synchroniser triggers from one pass over one lead.
 *
 *   samples -> EcgInput (pacing pulses and mains out) -> FrontEnd (slope energy)
 *     -> Candidates (humps) -> measure, Shapes -> features -> Network -> Beat
 *     -> SyncTrigger -> RWave
 *
 * Every hump of slope energy is a candidate. It is judged about 260 ms later, when its neighbours are known, on
 * twenty-eight ratios to what is usual for this patient (features.ts) by a small network that was trained on recordings
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
import { BEAT, Candidates, NO_BEAT, OPEN, SLOT_MASK, SLOTS } from './candidates.ts';
import { EcgInput } from './ecg-input.ts';
import { QRS_FEATURES, qrsFeatures } from './features.ts';
import { FrontEnd, RING_MASK } from './front-end.ts';
import { Measurer } from './measurer.ts';
import { Network, type Weights } from './network.ts';
import { adult, type DetectorProfile } from './profile.ts';
import { Publisher } from './publisher.ts';
import { BeatQueue, RWaveQueue } from './queues.ts';
import { Shapes } from './shapes.ts';
import { SyncTrigger, type SyncTutor } from './sync-trigger.ts';
import { SYNC_WEIGHTS } from './sync-weights.ts';
import { EverySecond } from './every-second.ts';
import { Usual } from './usual.ts';
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
/** While levels are learnt: what has this share of the largest energy is taken for a beat. */
const LARGE = 0.4;
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
/** Steps in which the network is worked out. */
const HALVES = 2;
/** And in the first two seconds, where what is usual is hardly known. */
const FIRST_SCORE = -0.5;
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
  private readonly usual: Usual;
  private readonly everySecond: EverySecond;
  private readonly measurer: Measurer;
  private readonly publisher: Publisher;
  private readonly network: Network;
  private readonly beatQueue = new BeatQueue();
  private readonly syncQueue = new RWaveQueue();
  private readonly tutor: Tutor | undefined;
  private readonly classTutor: QrsDetectorOptions['classTutor'];
  private readonly f = new Float64Array(QRS_FEATURES);
  private readonly beat: Beat = emptyBeat();
  private readonly lookAhead: number;
  private readonly refractory: number;
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
  private deciding = 0;
  private decideStep = 0;
  private lastBeat = -1;
  private doubt = 0;
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
    this.usual = new Usual(fd);
    this.measurer = new Measurer(this.candidates, this.shapes, this.front, this.usual, this.trigger.leap);
    this.publisher = new Publisher(this.candidates, this.shapes, this.front, this.usual);
    this.lookAhead = msToSamples(LOOK_AHEAD_MS, fd);
    this.refractory = msToSamples(profile.refractoryMs, fd);
    this.everySecond = new EverySecond(this.refractory);
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
    this.measurer.reset();
    this.publisher.reset();
    this.usual.reset();
    this.everySecond.reset();
    this.beatQueue.clear();
    this.syncQueue.clear();
    this.scanned = this.wakeAt = 0;
    this.learnUntil = this.learn;
    this.learning = true;
    this.deciding = this.decideStep = 0;
    this.lastBeat = -1;
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
    if (this.publisher.pending >= 0) return this.publish(now);
    if (now >= this.measurer.dueAt(NEVER)) return this.measurer.run(this.overdueAt());
    if (this.learning && now >= this.learnUntil) return this.learnLevels(now);
    if (now >= this.openAt) {
      this.candidates.floor = 0;
      this.openAt = NEVER;
    }
    if (this.decideDue(now)) return this.decide(now);
    this.wakeAt = this.nextWork(now);
  }

  private nextWork(now: number): number {
    const { candidates, measurer } = this;
    let next = Math.min(this.openAt, this.learning ? this.learnUntil : NEVER, measurer.dueAt(NEVER));
    if (!this.learning && this.deciding < measurer.next)
      next = Math.min(next, candidates.at[this.deciding & SLOT_MASK] + this.lookAhead);
    return Math.max(next, now + 1);
  }

  /** Decimated index from which on a beat is overdue; 0 while that is not known. */
  private overdueAt(): number {
    if (this.learning || this.lastBeat < 0) return 0;
    return this.lastAt() + Math.ceil(GAP_RR * this.usual.rr.value);
  }

  private decideDue(now: number): boolean {
    return (
      !this.learning &&
      this.deciding < this.measurer.next &&
      now >= this.candidates.at[this.deciding & SLOT_MASK] + this.lookAhead
    );
  }

  /** Levels from the candidates of the last two seconds; then everything since the last beat is judged with them. */
  private learnLevels(now: number): void {
    const { candidates: c, usual } = this;
    this.learning = false;
    const from = now - this.learn - this.lookAhead;
    const end = this.measurer.next;
    let first = Math.max(0, c.count - SLOTS + 1);
    while (first < end && c.at[first & SLOT_MASK] < from) first++;
    let most = 0;
    for (let k = first; k < end; k++) most = Math.max(most, c.energy[k & SLOT_MASK]);
    if (most === 0) {
      this.learning = true;
      this.learnUntil = now + this.learn / 4;
      return;
    }
    const least = LARGE * most;
    usual.relearn(c, first, end, least);
    if (this.lastBeat < 0) usual.learnRr(c, first, end, least, this.refractory);
    for (let k = first; k < end; k++)
      if (c.at[k & SLOT_MASK] > this.lastAt() + this.refractory) {
        this.deciding = Math.min(this.deciding, k);
        c.fate[k & SLOT_MASK] = OPEN;
      }
    this.decideStep = 0;
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
    } else if (step <= HALVES) network.share(f, step - 1, HALVES, c.score, slot);
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
    const bar = c.at[slot] < this.learn ? FIRST_SCORE : 0;
    return c.score[slot] > bar && c.span[slot] > FLOOR_MV;
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
    const { candidates: c } = this;
    const slot = k & SLOT_MASK;
    c.fate[slot] = BEAT;
    this.usual.learnBetween(c, this.lastBeat, k);
    this.publisher.start(k, c.at[slot] - this.lastAt());
    this.openAt = c.at[slot] + this.openAfter;
    if (this.isLockedIn(k)) this.relearn();
    const rr = this.everySecond.trueRr(c, this.lastBeat, k);
    if (rr > 0) this.usual.believe(rr);
    this.lastBeat = k;
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
    this.publisher.forgetClasses();
    this.learning = true;
    this.learnUntil = 0;
  }

  /** A step for the beat that was accepted; out it goes after the last. */
  private publish(now: number): void {
    const { candidates: c, publisher, usual } = this;
    const slot = publisher.pending & SLOT_MASK;
    if (!publisher.run()) return;
    c.floor = (FLOOR_SHARE * usual.energy.value) | 0;
    this.putBeat(slot, now);
    this.trigger.learn(usual, c, slot, publisher.peak);
  }

  private putBeat(slot: number, now: number): void {
    const { candidates: c, front, beat, publisher } = this;
    beat.sample = this.toSample(publisher.peak);
    beat.decidedAt = this.base + Math.min(now, this.ended) * front.decimation - 1;
    beat.rrMs = samplesToMs(beat.sample - this.lastPeak, this.fs);
    beat.widthMs = samplesToMs(c.width[slot], front.fd);
    beat.late = samplesToMs(beat.decidedAt - beat.sample, this.fs) > PROMISED_MS;
    beat.beatClass = publisher.beatClass;
    this.classTutor?.(beat.sample, publisher.classifier.f, publisher.classifier.score[0]);
    this.lastPeak = beat.sample;
    this.beatQueue.put(beat);
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
