/**
 * Bytes on their way out. WAVE is droppable, everything else is not: when the line is slower than what is to be said,
 * the oldest waves go first, and are counted. Without a line rate everything leaves at once.
 */
import type { Microseconds } from '../src/core/units.ts';
import { US_PER_SECOND } from '../src/core/units.ts';

/** Waves that may wait: at 25 packets a second more than a second. */
const MOST_WAVES = 32;

export class Transmitter {
  droppedWaves = 0;
  private urgent: Uint8Array[] = [];
  private waves: Uint8Array[] = [];
  private ready: Uint8Array[] = [];
  private readyBytes = 0;
  /** 0: the line takes everything at once (the link paces itself). */
  private bytesPerSecond = 0;
  private freeAtUs: Microseconds = 0;

  /** Bytes a second that the line takes; 0 = no limit here: what waits leaves, but for the waves, which are old. */
  setRate(bytesPerSecond: number): void {
    this.bytesPerSecond = bytesPerSecond;
    if (bytesPerSecond > 0) return;
    for (const bytes of this.urgent) this.emit(bytes);
    this.droppedWaves += this.waves.length;
    this.urgent = [];
    this.waves = [];
    this.freeAtUs = 0;
  }

  /** When the line takes the next packet; Infinity when nothing waits. */
  get nextUs(): Microseconds {
    return this.urgent.length + this.waves.length > 0 ? this.freeAtUs : Infinity;
  }

  send(bytes: Uint8Array, us: Microseconds): void {
    if (this.bytesPerSecond === 0) return this.emit(bytes);
    this.urgent.push(bytes);
    this.run(us);
  }

  sendWave(bytes: Uint8Array, us: Microseconds): void {
    if (this.bytesPerSecond === 0) return this.emit(bytes);
    this.waves.push(bytes);
    if (this.waves.length > MOST_WAVES) {
      this.waves.shift();
      this.droppedWaves++;
    }
    this.run(us);
  }

  /** Gives the line what it can take by now. */
  run(us: Microseconds): void {
    while (this.freeAtUs <= us) {
      const bytes = this.urgent.shift() ?? this.waves.shift();
      if (bytes === undefined) return;
      this.freeAtUs =
        Math.max(this.freeAtUs, us) + Math.ceil((bytes.length * US_PER_SECOND) / this.bytesPerSecond);
      this.emit(bytes);
    }
  }

  /** Everything that left since the last call, in one piece of its own. */
  take(): Uint8Array {
    const { ready } = this;
    if (ready.length === 0) return EMPTY;
    const first = ready[0];
    if (ready.length === 1) {
      this.clear();
      return first;
    }
    const all = new Uint8Array(this.readyBytes);
    let at = 0;
    for (const bytes of ready) {
      all.set(bytes, at);
      at += bytes.length;
    }
    this.clear();
    return all;
  }

  private clear(): void {
    this.ready.length = 0;
    this.readyBytes = 0;
  }

  private emit(bytes: Uint8Array): void {
    this.ready.push(bytes);
    this.readyBytes += bytes.length;
  }
}

const EMPTY = new Uint8Array(0);
