/** The few words of DOM that every panel uses. A missing element is our bug: index.html and the panels belong together. */
import { assert } from '../core/errors.ts';

export function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const element = document.getElementById(id);
  assert(element instanceof kind, `index.html has no ${kind.name} #${id}`);
  return element;
}

/** Writes only what changed, so that nothing is announced or laid out twice. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function setData(element: HTMLElement, name: string, value: string): void {
  if (element.dataset[name] !== value) element.dataset[name] = value;
}

export function fillSelect(
  select: HTMLSelectElement,
  choices: readonly { id: string; label: string }[],
): void {
  select.replaceChildren(...choices.map(({ id, label }) => new Option(label, id)));
}

/** Follows the server's value. A list that is open shows its choice only when it closes: nothing moves under the hand. */
export function followSelect(select: HTMLSelectElement, value: string): void {
  if (select.value !== value) select.value = value;
}

/** 0:07, 12:34, 1:02:03 */
export function clockText(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(s / 3600);
  const minutes = Math.floor(s / 60) % 60;
  const two = (n: number) => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(s % 60)}` : `${two(minutes)}:${two(s % 60)}`;
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
