/**
 * What one job prints, held back until its turn: text and problems come in the order of the jobs, however many run at once.
 *
 * A job may run ahead of its turn by 64 MB of text, then it waits. The one whose turn it is waits for nobody but the
 * reader of standard output, so that all of them end.
 */
import type { JobOutput, Outcome } from './job.ts';

const AHEAD_MAX = 64 * 2 ** 20;

export interface Printer extends JobOutput {
  outcome(outcome: Outcome): void;
}

export class Turn implements JobOutput {
  /** Printed to the end: the turn of the next. */
  readonly over: Promise<void>;
  private readonly printer: Printer;
  /** All that was handed in up to now is printed. */
  private printed: Promise<void>;
  private isNow = false;
  private held = 0;
  private endTurn: () => void = () => undefined;

  constructor(before: Promise<void>, printer: Printer) {
    this.printer = printer;
    this.printed = before.then(() => void (this.isNow = true));
    this.over = new Promise((resolve) => (this.endTurn = resolve));
  }

  async text(text: string): Promise<void> {
    this.held += text.length;
    this.printed = this.printed.then(async () => {
      await this.printer.text(text);
      this.held -= text.length;
    });
    if (this.isNow || this.held > AHEAD_MAX) await this.printed;
  }

  progress(signalS: number): void {
    this.printer.progress(signalS);
  }

  end(outcome: Outcome): void {
    void this.printed.then(() => {
      this.printer.outcome(outcome);
      this.endTurn();
    });
  }
}
