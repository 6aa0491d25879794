/** The event list, newest first, and the voice for screen readers. */
import type { SessionEvent } from '../core/session-events.ts';
import type { HelloMessage } from '../protocol/screen.ts';
import { byId, clockText } from './dom.ts';
import { saveFile, summaryJson, summaryText } from './summary.ts';
import { lineOf } from './words.ts';

const LINES_KEPT = 300;
/** For the summary: hours of a lively session. */
const EVENTS_KEPT = 20_000;

export class EventList {
  private readonly list = byId('events', HTMLOListElement);
  private readonly voice = byId('announce', HTMLElement);
  private readonly kept: SessionEvent[] = [];
  private about: HelloMessage | undefined;
  private lastAdvice = '';

  constructor() {
    byId('save-text', HTMLButtonElement).addEventListener('click', () =>
      saveFile('rwave-summary.txt', 'text/plain', summaryText(this.about, this.kept)),
    );
    byId('save-json', HTMLButtonElement).addEventListener('click', () =>
      saveFile('rwave-events.jsonl', 'application/x-ndjson', summaryJson(this.kept)),
    );
  }

  /** A server greets: its past follows. */
  begin(hello: HelloMessage): void {
    this.about = hello;
    this.kept.length = 0;
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
    this.kept.push(event);
    if (this.kept.length > EVENTS_KEPT) this.kept.shift();
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
