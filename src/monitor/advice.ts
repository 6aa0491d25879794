/** What the analysis says, and the numbers that weighed most. */
import type { Evidence } from '../core/advice.ts';
import type { StatusMessage } from '../protocol/screen.ts';
import { byId, setData, setText } from './dom.ts';
import { RHYTHM_WORDS, VERDICT_WORDS } from './words.ts';

const REASONS_SHOWN = 4;

export class AdvicePanel {
  private readonly verdict = byId('verdict', HTMLElement);
  private readonly rhythm = byId('rhythm-word', HTMLElement);
  private readonly reasons = byId('reasons', HTMLElement);
  private shown = '';

  update(advice: StatusMessage['advice']): void {
    const text = JSON.stringify(advice);
    if (text === this.shown) return;
    this.shown = text;
    setText(this.verdict, advice === null ? 'Collecting ECG' : VERDICT_WORDS[advice.verdict]);
    setData(this.verdict, 'verdict', advice?.verdict ?? 'none');
    setText(
      this.rhythm,
      advice === null ? 'The first decision needs a few seconds of signal.' : RHYTHM_WORDS[advice.rhythm],
    );
    this.reasons.replaceChildren(...(advice === null ? [] : mainReasons(advice.evidence).map(reasonItem)));
  }
}

/** A gate that decided comes first; then the terms of the score, the heaviest first. */
function mainReasons(evidence: readonly Evidence[]): readonly Evidence[] {
  const weight = (e: Evidence) => (e.push === undefined ? 0 : Math.abs(e.push));
  // The score's constant is no reason.
  const terms = evidence
    .filter((e) => e.push !== undefined && e.name !== 'bias')
    .sort((a, b) => weight(b) - weight(a));
  const gates = evidence.filter((e) => e.push === undefined);
  return (terms.length > 0 ? [...terms, ...gates] : gates).slice(0, REASONS_SHOWN);
}

function reasonItem(e: Evidence): HTMLLIElement {
  const item = document.createElement('li');
  const side = e.push === undefined ? 'gate' : e.push > 0 ? 'shock' : 'noShock';
  item.dataset['side'] = side;
  const name = document.createElement('span');
  name.className = 'reason-name';
  name.textContent = e.name.replace(/^gate\./, '');
  const value = document.createElement('span');
  value.className = 'reason-value';
  const unit = e.unit === '' ? '' : ` ${e.unit}`;
  const limit = e.limit === undefined ? '' : ` (limit ${short(e.limit)}${unit})`;
  value.textContent = `${short(e.value)}${unit}${limit}`;
  const arrow = document.createElement('span');
  arrow.className = 'reason-side';
  arrow.textContent = { gate: 'gate', shock: '\u2192 shock', noShock: '\u2192 no shock' }[side];
  item.append(name, value, arrow);
  return item;
}

function short(value: number): string {
  if (!Number.isFinite(value)) return '\u2013';
  return Number(value.toPrecision(3)).toString();
}
