/**
 * What comes before the QRS detection: pacing pulses out, mains out where mains is.
 *
 *   x -> PacingSpikes -> (MainsMeter chooses) notch 50, 60 or none -> `out`
 *
 * The first half second is held back until it is known whether there is mains on it, for the first beats count too; then
 * nothing is delayed, and a signal without pulses and mains comes out bit for bit as it went in. The notch starts as if the
 * mains that was measured had always been there, so switching rings little. Cost: 2.3 ns a sample with nothing to do (measured).
 */
import { type Mains, MainsMeter } from '../dsp/mains-meter.ts';
import { LiveNotch } from '../dsp/live-notch.ts';
import { PacingSpikes } from '../dsp/pacing-spikes.ts';
import { type Hertz, msToSamples, type SampleIndex } from '../core/units.ts';

/** Mains that the notch is shown before it starts: five of its time constants at 50 Hz and Q 10. */
const RUN_IN_MS = 320;

export class EcgInput {
  /** What `take` made of its samples, from out[0] on. */
  readonly out: Float64Array;
  /** Pulses that were taken out. */
  readonly spikes: PacingSpikes;
  private readonly meter: MainsMeter;
  private readonly notches: Readonly<Record<50 | 60, LiveNotch>>;
  private readonly runIn: Float64Array;
  /** Samples held back at the start. */
  private readonly look: number;
  private held = 0;
  private hasEnded = false;
  /** Index of out[0], and where the choice of mains changed last. */
  private next: SampleIndex = 0;
  private changedAt: SampleIndex = 0;

  /** `most`: samples that `take` gets at a time at most. */
  constructor(fs: Hertz, most: number) {
    this.spikes = new PacingSpikes(fs);
    this.meter = new MainsMeter(fs);
    this.look = this.meter.canSee ? this.meter.look : 0;
    this.out = new Float64Array(this.look + most);
    // where fs cannot show 60 Hz the meter never finds it
    const notch = (mains: 50 | 60): LiveNotch => new LiveNotch({ fs, mains: Math.min(mains, 0.49 * fs) });
    this.notches = { 50: notch(50), 60: notch(60) };
    this.runIn = new Float64Array(msToSamples(RUN_IN_MS, fs));
  }

  /** The mains that is being taken out; 0: none. */
  get mains(): Mains {
    return this.meter.hz;
  }

  /** The sample with which that was found. */
  get mainsSince(): SampleIndex {
    return this.changedAt;
  }

  /** Takes x[from] .. x[from + n - 1]; returns how many samples are in `out`. */
  take(x: Float64Array, from: number, n: number): number {
    if (this.held < this.look && !this.hasEnded) return this.hold(x, from, n);
    this.spikes.run(x, from, n, this.out, 0);
    if (!this.hasEnded) this.clean(0, n);
    this.next += n;
    return n;
  }

  /** No more signal: what comes now passes as it is. Returns how many samples are in `out` that were still held back. */
  end(): number {
    this.hasEnded = true;
    return this.held < this.look ? this.held : 0;
  }

  reset(nextSample: SampleIndex = 0): void {
    this.spikes.reset(nextSample);
    this.meter.reset();
    this.next = this.changedAt = nextSample;
    this.held = 0;
    this.hasEnded = false;
  }

  private hold(x: Float64Array, from: number, n: number): number {
    const { out, look } = this;
    const more = Math.min(n, look - this.held);
    this.spikes.run(x, from, more, out, this.held);
    this.held += more;
    if (this.held < look) return 0;
    this.firstLook();
    this.spikes.run(x, from + more, n - more, out, look);
    this.clean(look, look + n - more);
    this.next += look + n - more;
    return look + n - more;
  }

  private firstLook(): void {
    const { out, look, meter } = this;
    meter.scan(out, 0, look);
    if (meter.hz === 0) return;
    this.changedAt = this.next + look - 1;
    let first = 0;
    while (first < look && out[first] - out[first] !== 0) first++;
    this.start(first, look - 1 - first, false);
    this.notches[meter.hz].run(out, first, look);
  }

  /** Takes the mains out of out[from] .. out[to - 1]. */
  private clean(from: number, to: number): void {
    const { out, meter } = this;
    for (let at = from; at < to;) {
      const { hz } = meter;
      const stop = meter.scan(out, at, to);
      if (meter.hz !== hz) {
        this.changedAt = this.next + stop - 1;
        this.start(stop - 1, 0, true);
      }
      if (hz !== 0) this.notches[hz].run(out, at, stop);
      at = stop;
    }
  }

  /**
   * Makes the notch as it is after mains for ever on the level of out[at], which lies `before` samples before the end of the
   * look; `over`: that sample has passed already.
   */
  private start(at: number, before: number, over: boolean): void {
    const { meter, runIn, out } = this;
    if (meter.hz === 0) return;
    const notch = this.notches[meter.hz];
    meter.lineBefore(before, runIn);
    const level = out[at] - runIn[runIn.length - 1];
    notch.rest(level);
    for (let i = 0; i < runIn.length; i++) runIn[i] += level;
    notch.run(runIn, 0, over ? runIn.length : runIn.length - 1);
  }
}
