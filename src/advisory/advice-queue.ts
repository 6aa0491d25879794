/** Advice that nobody has taken yet, oldest first. Holds 64; when nobody takes them the oldest go. */
import type { Advice } from '../core/advice.ts';

const MOST = 64;

export class AdviceQueue {
  private readonly waiting: Advice[] = [];

  get length(): number {
    return this.waiting.length;
  }

  put(advice: Advice): void {
    if (this.waiting.length === MOST) this.waiting.shift();
    this.waiting.push(advice);
  }

  take(): Advice | undefined {
    return this.waiting.shift();
  }

  clear(): void {
    this.waiting.length = 0;
  }
}
