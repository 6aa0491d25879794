/** What is going on, on standard error: one line that is written over on a terminal, nothing where nobody looks. */
const EVERY_MS = 100;

export class Progress {
  private readonly isTerminal = process.stderr.isTTY;
  private shownMs = -Infinity;
  private isShown = false;

  show(text: string): void {
    if (!this.isTerminal) return;
    const now = performance.now();
    if (now - this.shownMs < EVERY_MS) return;
    this.shownMs = now;
    this.isShown = true;
    process.stderr.write(`\r\u001b[K${text}`);
  }

  clear(): void {
    if (!this.isShown) return;
    this.isShown = false;
    process.stderr.write('\r\u001b[K');
  }
}
