/** The lines of `rwave treat`: one JSON object an event, or a line for people. NaN becomes null. */
import type { SessionEvent } from '../core/session-events.ts';
import { eventLine } from '../guidance/event-line.ts';

export function jsonLine(event: SessionEvent): string {
  return JSON.stringify(event);
}

function clockTime(t: number): string {
  const minutes = Math.floor(t / 60);
  return `${String(minutes).padStart(3)}:${(t - 60 * minutes).toFixed(2).padStart(5, '0')}`;
}

/** Readable lines; an advice is shown when it differs from the one before. */
export class TextLog {
  private lastAdvice = '';

  line(event: SessionEvent): string | undefined {
    if (event.type === 'advice') {
      const advice = `${event.verdict} ${event.rhythm}`;
      if (advice === this.lastAdvice) return undefined;
      this.lastAdvice = advice;
    }
    const line = eventLine(event);
    return line === undefined ? undefined : `${clockTime(event.t)}  ${line.kind.padEnd(8)} ${line.text}`;
  }
}
