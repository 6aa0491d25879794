/**
 * Runs a box in real time at the end of a cable: the driver around the pure `step(nowUs, bytesIn)`.
 *
 * It sleeps until the box wants to wake or bytes come. Time is the monotonic clock, taken anew at each step, so that
 * nothing adds up. Where this computer stood still for longer than half a second, the box's time stood still with it:
 * a real box would not have stopped, and must not dump its charge because the simulating computer was busy.
 */
import type { Box } from '../../../firmware-sim/box.ts';
import type { Microseconds } from '../../core/units.ts';
import type { TimedLink } from '../../link/faulty.ts';
import type { Link } from '../../link/link.ts';

const MOST_CATCH_UP_US = 500_000;
/** Node's timers are as good as a millisecond; a day is longer than any box sleeps. */
const MOST_SLEEP_MS = 86_400_000;
const NOTHING = new Uint8Array(0);

export interface DeviceCounters {
  /** Bytes that the cable did not take: a UART would have lost them too. */
  droppedBytes: number;
  /** Time in which this computer stood still. */
  slippedUs: Microseconds;
  steps: number;
}

export class DeviceHost {
  readonly counters: DeviceCounters = { droppedBytes: 0, slippedUs: 0, steps: 0 };
  /** After every step, with the box's time. */
  onStep: (nowUs: Microseconds) => void = () => undefined;
  /** What passes the box's own door, at the box's time: enough to run it again in memory. */
  onTraffic: (nowUs: Microseconds, from: 'host' | 'device', bytes: Uint8Array) => void = () => undefined;
  private box: Box;
  private cable: Link | undefined;
  private timed: TimedLink | undefined;
  private timer: NodeJS.Timeout | undefined;
  private soon: NodeJS.Immediate | undefined;
  private arrived: Uint8Array[] = [];
  private boxWakeUs: Microseconds = 0;
  private time: Microseconds = 0;
  private stepUs: Microseconds = 0;
  private baud: number | undefined;
  private lastMs = performance.now();
  private stepping = false;
  private stopped = false;

  constructor(box: Box) {
    this.box = box;
    box.step(0, NOTHING);
    this.wakeIn(0);
  }

  /** The box's time: that of its last step. */
  get now(): Microseconds {
    return this.stepUs;
  }

  /** Plugs a cable in; the one before is forgotten. A timed cable is told the time. */
  attach(cable: Link, timed?: TimedLink): void {
    this.cable = cable;
    this.timed = timed;
    this.arrived = [];
    this.baud = undefined;
    cable.onBytes = (bytes) => {
      if (this.cable !== cable) return;
      this.arrived.push(bytes.slice());
      this.wakeIn(0);
    };
  }

  detach(cable: Link): void {
    if (this.cable !== cable) return;
    this.cable = undefined;
    this.timed = undefined;
    this.arrived = [];
  }

  /** Another box (another patient) from now on; it starts anew. */
  replace(box: Box): void {
    this.box = box;
    box.step(this.stepUs, NOTHING);
    this.poke();
  }

  /** The bench changed something: the box may have something to say. */
  poke(): void {
    this.boxWakeUs = 0;
    this.wakeIn(0);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    clearImmediate(this.soon);
  }

  private readClock(): void {
    const ms = performance.now();
    const passedUs = Math.round((ms - this.lastMs) * 1000);
    // Rounded parts must not add up to a drift.
    this.lastMs += passedUs / 1000;
    const takenUs = Math.min(passedUs, MOST_CATCH_UP_US);
    this.counters.slippedUs += passedUs - takenUs;
    this.time += takenUs;
  }

  private wakeIn(ms: number): void {
    if (this.stopped || this.stepping || this.soon !== undefined) return;
    clearTimeout(this.timer);
    // A timer takes a millisecond at least; an answer need not wait for it.
    if (ms === 0) this.soon = setImmediate(() => this.run());
    else this.timer = setTimeout(() => this.run(), Math.min(MOST_SLEEP_MS, ms));
  }

  private run(): void {
    this.soon = undefined;
    this.stepping = true;
    this.readClock();
    const cableWakeUs = this.timed?.poll(this.time) ?? Infinity;
    if (this.arrived.length > 0 || this.time >= this.boxWakeUs) this.step();
    const nextUs = Math.min(this.boxWakeUs, cableWakeUs, this.timed?.poll(this.time) ?? Infinity);
    this.stepping = false;
    const sleepMs = Math.max(0, (nextUs - this.time) / 1000);
    this.wakeIn(this.arrived.length > 0 ? 0 : Math.max(1, sleepMs));
  }

  private step(): void {
    const bytesIn = this.arrived.length === 0 ? NOTHING : Buffer.concat(this.arrived);
    this.arrived = [];
    this.stepUs = this.time;
    this.onTraffic(this.time, 'host', bytesIn);
    const { bytesOut, nextWakeUs } = this.box.step(this.time, bytesIn);
    this.onTraffic(this.time, 'device', bytesOut);
    this.boxWakeUs = nextWakeUs;
    this.counters.steps++;
    if (bytesOut.length > 0 && this.cable?.write(bytesOut) !== true) {
      this.counters.droppedBytes += bytesOut.length;
    }
    if (this.box.lineBaud !== this.baud) {
      this.baud = this.box.lineBaud;
      this.cable?.setBaud?.(this.baud);
    }
    this.onStep(this.time);
  }
}
