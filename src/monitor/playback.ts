/**
 * Where the pen is: a sample index that moves with the screen's clock, a little behind the newest sample, so that packets
 * that come in bursts draw as a steady line.
 *
 * The pen runs at most 10 % faster or slower to keep its distance; more than a second off, it jumps.
 */
/** Two packets of 40 ms and a late paint. */
const DELAY_S = 0.12;
const MAX_TRIM = 0.1;
const JUMP_S = 1;

export class Playback {
  position = NaN;

  reset(): void {
    this.position = NaN;
  }

  /** Moves the pen by `dtS` seconds towards `end`; returns the index up to which to draw (not included). */
  advance(dtS: number, end: number, fs: number): number {
    const target = end - DELAY_S * fs;
    const errorS = (target - this.position) / fs;
    if (!(Math.abs(errorS) < JUMP_S)) this.position = target;
    else {
      const trim = Math.max(-MAX_TRIM, Math.min(MAX_TRIM, errorS));
      this.position += dtS * fs * (1 + trim);
    }
    // Behind a stopped stream the pen stops too.
    this.position = Math.min(this.position, end);
    return Math.floor(this.position);
  }
}
