/**
 * How far a long run is, on stderr: one line that redraws itself on a terminal, a line every ten seconds elsewhere.
 * Short runs say nothing.
 */
const QUIET_MS = 2000;
const REDRAW_MS = 250;
const LINE_MS = 10_000;
const CLEAR = '\r\x1b[K';

export class Progress {
  private readonly jobs: number;
  private readonly isTerminal: boolean;
  private readonly began = performance.now();
  private nextMs: number;
  private done = 0;
  private signalS = 0;
  private isDrawn = false;

  constructor(jobs: number) {
    this.jobs = jobs;
    this.isTerminal = process.stderr.isTTY;
    this.nextMs = this.isTerminal ? QUIET_MS : LINE_MS;
  }

  add(signalS: number): void {
    this.signalS += signalS;
    const ms = performance.now() - this.began;
    if (ms < this.nextMs) return;
    this.nextMs = ms + (this.isTerminal ? REDRAW_MS : LINE_MS);
    const text = `rwave: ${this.done} of ${this.jobs} records, ${(this.signalS / 3600).toFixed(1)} h of signal in ${(ms / 1000).toFixed(0)} s`;
    process.stderr.write(this.isTerminal ? CLEAR + text : `${text}\n`);
    this.isDrawn = this.isTerminal;
  }

  jobDone(): void {
    this.done++;
  }

  /** Makes room for other text. */
  clear(): void {
    if (this.isDrawn) process.stderr.write(CLEAR);
    this.isDrawn = false;
  }
}
