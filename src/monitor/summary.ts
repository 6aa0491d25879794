/** The code summary: everything that was listed, as text for people or as JSON lines, to keep. */
import type { SessionEvent } from '../core/session-events.ts';
import type { HelloMessage } from '../protocol/screen.ts';
import { clockText } from './dom.ts';
import { lineOf } from './words.ts';

/** Lines of `rwave treat --json` have the same shape. */
export function summaryJson(events: readonly SessionEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}

export function summaryText(hello: HelloMessage | undefined, events: readonly SessionEvent[]): string {
  const shocks = events.filter((e) => e.type === 'shock');
  const joules = shocks.reduce((sum, e) => sum + e.deliveredJ, 0);
  const head = [
    'rwave code summary (SIMULATED, not a medical device)',
    hello === undefined
      ? ''
      : `version ${hello.version}, ${hello.source.kind} ${hello.source.name}, seed ${hello.seed}`,
    `shocks ${shocks.length}, delivered ${joules.toFixed(0)} J in all`,
    '',
  ];
  const lines = events.flatMap((event) => {
    const line = lineOf(event);
    return line === undefined ? [] : [`${clockText(event.t).padStart(8)}  ${line.text}`];
  });
  return `${[...head, ...lines].join('\n')}\n`;
}

/** Gives the browser a file to save. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(url);
}
