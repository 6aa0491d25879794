/** The event list, newest first, and the voice for screen readers. */
import type { SessionEvent } from '../core/session-events.ts';
import { byId, clockText } from './dom.ts';
import { lineOf } from './words.ts';

const LINES_KEPT = 300;

export class EventList {
  private readonly list = byId('events', HTMLOListElement);
  private readonly voice = byId('announce', HTMLElement);
  private lastAdvice = '';

  /** A server greets: its past follows. */
  begin(): void {
    this.list.replaceChildren();
    this.lastAdvice = '';
  }

  /** `live` is false for what happened before this page came: listed, not spoken. */
  add(event: SessionEvent, live: boolean): void {
    const line = lineOf(event);
    if (line === undefined) return;
    if (event.type === 'advice') {
      if (line.text === this.lastAdvice) return; // one a second: only a change is news
      this.lastAdvice = line.text;
    }
    const item = document.createElement('li');
    item.dataset['tone'] = line.tone;
    const time = document.createElement('time');
    time.textContent = clockText(event.t);
    time.title = `sample ${event.sample}`;
    const text = document.createElement('span');
    text.textContent = line.text;
    item.append(time, text);
    this.list.prepend(item);
    while (this.list.children.length > LINES_KEPT) this.list.lastElementChild?.remove();
    if (live && line.announce) this.voice.textContent = line.text;
  }
}
