/**
 * The synchroniser's own path: fires on the rising edge of a QRS, with no look-ahead.
 *
 * Fires when the slope energy of a short window exceeds noise + share x (QRS - noise). Until the T guard ends the share
 * is higher: a T wave is less steep than the QRS before it. One trigger per refractory time. The levels come from the
 * confirmed beats, which run behind; before the first beat is confirmed nothing fires.
 */
import { type Hertz, msToSamples } from '../core/units.ts';
import type { Usual } from './features.ts';
import { type FrontEnd, RING_MASK } from './front-end.ts';
import type { DetectorProfile } from './profile.ts';

const WINDOW_MS = 45;
const SHARE = 0.35;
const T_SHARE = 0.6;

export class SyncTrigger {
  private readonly width: number;
  private readonly refractory: number;
  private readonly guard: number;
  private level = Infinity;
  private guarded = Infinity;
  private sum = 0;
  /** Where the last `scan` fired, -1 when it did not. */
  fired = -1;
  private firedAt = -1e9;

  constructor(fd: Hertz, profile: DetectorProfile) {
    this.width = Math.max(2, msToSamples(WINDOW_MS, fd));
    this.refractory = msToSamples(profile.refractoryMs, fd);
    this.guard = msToSamples(profile.tGuardMs, fd);
  }

  /** Takes the levels of the confirmed beats. */
  learn(usual: Usual): void {
    const noise = Math.min(usual.noise.value, 0.5 * usual.energy.value) * 0.6;
    const qrs = usual.energy.value * 0.75;
    this.level = noise + SHARE * (qrs - noise);
    this.guarded = noise + T_SHARE * (qrs - noise);
  }

  /** Looks at the steepness from..to-1; stops after the sample on which it fires. Returns where it stopped. */
  scan(front: FrontEnd, from: number, to: number): number {
    const { slope } = front;
    const { width, refractory, guard } = this;
    let { sum } = this;
    const { firedAt, level, guarded } = this;
    let i = from;
    this.fired = -1;
    while (i < to) {
      sum += slope[i & RING_MASK] - slope[(i - width) & RING_MASK];
      if (sum > level && i - firedAt >= refractory && (i - firedAt >= guard || sum > guarded)) {
        this.fired = this.firedAt = i++;
        break;
      }
      i++;
    }
    this.sum = sum;
    return i;
  }

  reset(): void {
    this.level = this.guarded = Infinity;
    this.sum = 0;
    this.firedAt = -1e9;
  }
}
