/**
 * The recorder: every event of a session as it is told, and the waveform from 3 s before to 5 s after those that matter.
 *
 * A sample is written once, also where strips overlap. What is waited for is written every second, so that a kill costs at most
 * the last second of a strip. An advice that repeats the one before leaves its evidence out: 3 kB a second that say nothing new.
 */
import type { SessionEvent, SessionWave } from '../../core/session-events.ts';
import { STRIP_AFTER_S, STRIP_BEFORE_S, StripChooser } from '../../guidance/log.ts';
import type { LogRecord, RunHeader } from '../../guidance/log.ts';

/** Where records go. */
export interface LogSink {
  /** `atOnce`: must be on the disk before anything else happens. */
  append(record: LogRecord, atOnce: boolean): void;
  /** The sample clock goes on, in seconds. */
  tick(t: number): void;
  close(): void;
}

/** News of an event may come late: so much more than the strip's start is remembered. */
const LATE_S = 5;
const PIECE_S = 1;
/** About energy, faults and the link: on the disk before anything else. */
const AT_ONCE: readonly SessionEvent['type'][] = [
  'charged',
  'shock',
  'aborted',
  'disarmed',
  'refused',
  'fault',
  'pacing',
  'link',
  'mode',
];

export class Recorder {
  private readonly sink: LogSink;
  private readonly header: RunHeader;
  private readonly chooser = new StripChooser();
  private fs = 0;
  private names: readonly string[] = [];
  /** The last seconds of each lead, addressed by sample index modulo its length. */
  private ring: Float32Array[] = [];
  private end = 0;
  private written = 0;
  private wantedUntil = 0;
  private lastAdvice = '';

  constructor(sink: LogSink, header: RunHeader) {
    this.sink = sink;
    this.header = header;
    sink.append(header, true);
  }

  onEvent(event: SessionEvent): void {
    this.sink.append(this.shortened(event), AT_ONCE.includes(event.type));
    if (!this.chooser.wants(event) || this.fs === 0) return;
    const oldest = Math.max(0, this.end - this.capacity, event.sample - STRIP_BEFORE_S * this.fs);
    if (this.wantedUntil <= this.written) this.written = Math.max(this.written, oldest);
    this.wantedUntil = Math.max(this.wantedUntil, event.sample + STRIP_AFTER_S * this.fs);
    this.writePiece();
  }

  onWave(wave: SessionWave): void {
    if (wave.fs !== this.fs || wave.leadNames.join() !== this.names.join()) this.begin(wave);
    const { capacity } = this;
    this.ring.forEach((lead, k) => {
      for (let i = 0; i < wave.n; i++) lead[(wave.firstSample + i) % capacity] = wave.leads[k][i];
    });
    this.end = wave.firstSample + wave.n;
    const ready = Math.min(this.end, this.wantedUntil);
    if (ready - this.written >= PIECE_S * this.fs || (ready === this.wantedUntil && ready > this.written))
      this.writePiece();
    this.sink.tick(this.end / this.fs);
  }

  close(): void {
    this.writePiece();
    this.sink.append({ type: 'end', t: this.fs === 0 ? 0 : this.end / this.fs, sample: this.end }, true);
    this.sink.close();
  }

  private get capacity(): number {
    return this.ring[0]?.length ?? 0;
  }

  /** Another rate or other leads begin another sample clock: another run. */
  private begin({ fs, leadNames, firstSample }: SessionWave): void {
    if (this.fs !== 0) this.sink.append(this.header, true);
    this.fs = fs;
    this.names = leadNames;
    const length = Math.ceil((STRIP_BEFORE_S + LATE_S) * fs);
    this.ring = leadNames.map(() => new Float32Array(length).fill(NaN));
    this.end = this.written = this.wantedUntil = firstSample;
  }

  private writePiece(): void {
    const until = Math.min(this.end, this.wantedUntil);
    // A late piece may have left the ring: what is gone is gone.
    const from = Math.max(this.written, this.end - this.capacity);
    if (from >= until) return;
    const leads = this.names.map((name, k) => ({
      name,
      mv: Float32Array.from({ length: until - from }, (_, i) => this.ring[k][(from + i) % this.capacity]),
    }));
    this.sink.append({ type: 'wave', sample: from, fs: this.fs, leads }, false);
    this.written = until;
  }

  private shortened(event: SessionEvent): SessionEvent {
    if (event.type !== 'advice') return event;
    const advice = `${event.verdict} ${event.rhythm}`;
    if (advice !== this.lastAdvice) {
      this.lastAdvice = advice;
      return event;
    }
    return { ...event, evidence: [] };
  }
}
