/** What the analysis says, the numbers that weighed most, and in the "Why" window all of them with their meaning. */
import type { Evidence } from '../core/advice.ts';
import type { HelloMessage, StatusMessage } from '../protocol/screen.ts';
import { byId, setData, setText } from './dom.ts';
import { RHYTHM_WORDS, VERDICT_WORDS } from './words.ts';

const REASONS_SHOWN = 4;
const SIDE_WORDS = { gate: 'gate', shock: '\u2192 shock', noShock: '\u2192 no shock' } as const;

type Advice = NonNullable<StatusMessage['advice']>;

export class AdvicePanel {
  private readonly verdict = byId('verdict', HTMLElement);
  private readonly rhythm = byId('rhythm-word', HTMLElement);
  private readonly reasons = byId('reasons', HTMLElement);
  private readonly why = byId('why', HTMLDialogElement);
  private glossary: HelloMessage['glossary'] = {};
  private advice: Advice | null = null;
  private shown = '';

  constructor() {
    byId('why-open', HTMLButtonElement).addEventListener('click', () => {
      this.explain();
      this.why.showModal();
    });
    byId('why-close', HTMLButtonElement).addEventListener('click', () => this.why.close());
  }

  hello(message: HelloMessage): void {
    this.glossary = message.glossary;
  }

  /** AED: what the analysis waits for, and what to do about it. */
  wait(delay: StatusMessage['delay']): void {
    setText(byId('delay', HTMLElement), delay === null ? '' : `Analysis waits. ${delay.text}`);
  }

  update(advice: Advice | null): void {
    const text = JSON.stringify(advice);
    if (text === this.shown) return;
    this.shown = text;
    this.advice = advice;
    setText(this.verdict, advice === null ? 'Collecting ECG' : VERDICT_WORDS[advice.verdict]);
    setData(this.verdict, 'verdict', advice?.verdict ?? 'none');
    setData(this.verdict, 'rhythm', advice?.rhythm ?? 'unknown');
    setText(
      this.rhythm,
      advice === null ? 'The first decision needs a few seconds of signal.' : RHYTHM_WORDS[advice.rhythm],
    );
    this.reasons.replaceChildren(...(advice === null ? [] : mainReasons(advice).map((e) => this.item(e))));
  }

  private item(e: Evidence): HTMLLIElement {
    const item = document.createElement('li');
    item.dataset['side'] = sideOf(e);
    item.title = this.glossary[e.name] ?? '';
    item.append(
      span('reason-name', nameOf(e)),
      span('reason-value', valueOf(e)),
      span('reason-side', SIDE_WORDS[sideOf(e)]),
    );
    return item;
  }

  /** All numbers of this moment; the window stands still while it is open. */
  private explain(): void {
    const { advice } = this;
    setText(
      byId('why-title', HTMLElement),
      advice === null
        ? 'No decision yet'
        : `${VERDICT_WORDS[advice.verdict]}: ${RHYTHM_WORDS[advice.rhythm]}`,
    );
    const evidence = advice?.evidence ?? [];
    const votes = evidence.filter((e) => e.name.startsWith('vote.')).map((e) => short(e.value));
    const score = advice?.score ?? NaN;
    setText(
      byId('why-summary', HTMLElement),
      `Score ${short(score)}: above 0 speaks for a shock. The last windows voted ${votes.join(', ') || 'not yet'}.`,
    );
    byId('why-rows', HTMLElement).replaceChildren(
      ...evidence.filter((e) => !e.name.startsWith('vote.')).map((e) => this.row(e)),
    );
  }

  private row(e: Evidence): HTMLTableRowElement {
    const row = document.createElement('tr');
    const push = e.push === undefined ? 'gate' : `${e.push > 0 ? '+' : ''}${short(e.push)}`;
    const name = document.createElement('th');
    name.scope = 'row';
    name.textContent = nameOf(e);
    row.append(name);
    for (const text of [valueOf(e), push, this.glossary[e.name] ?? '']) {
      const cell = document.createElement('td');
      cell.textContent = text;
      row.append(cell);
    }
    return row;
  }
}

/** Terms of the score, the heaviest first; where a gate decided there are none: then the gates, the last asked first. */
function mainReasons({ evidence }: Advice): readonly Evidence[] {
  const weight = (e: Evidence) => Math.abs(e.push ?? 0);
  const terms = evidence.filter((e) => e.push !== undefined && e.name !== 'bias');
  const gates = evidence.filter((e) => e.name.startsWith('gate.')).reverse();
  const chosen = terms.length > 0 ? terms.sort((a, b) => weight(b) - weight(a)) : gates;
  return chosen.slice(0, REASONS_SHOWN);
}

function sideOf(e: Evidence): keyof typeof SIDE_WORDS {
  if (e.push === undefined) return 'gate';
  return e.push > 0 ? 'shock' : 'noShock';
}

function nameOf(e: Evidence): string {
  return e.name.replace(/^gate\./, '');
}

function valueOf(e: Evidence): string {
  const unit = e.unit === '' ? '' : ` ${e.unit}`;
  const limit = e.limit === undefined ? '' : ` (limit ${short(e.limit)}${unit})`;
  return `${short(e.value)}${unit}${limit}`;
}

function span(className: string, text: string): HTMLSpanElement {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
}

function short(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '\u2013';
  return Number(value.toPrecision(3)).toString();
}
