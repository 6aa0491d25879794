/** The code summary as one self-contained page: no scripts, nothing loaded from elsewhere; it prints as it looks. */
import { escaped, toSvg } from '../core/drawing.ts';
import { stripDrawing } from '../core/ecg-strip.ts';
import type { Strip } from '../core/ecg-strip.ts';
import type { CodeSummary, StripEntry } from './summary.ts';
import { clock, facts, shockTable, timelineTable, TITLE, vitalsTable, WARNING } from './tables.ts';
import type { Table } from './tables.ts';

const STYLE = `:root{color-scheme:light}
body{font:15px/1.45 'Helvetica Neue',Arial,'Liberation Sans',sans-serif;color:#16191c;background:#fff;margin:0}
main{max-width:272mm;margin:0 auto;padding:8mm 6mm 16mm}
header{display:flex;justify-content:space-between;align-items:baseline;gap:1em;border-bottom:2px solid #16191c;padding-bottom:.4em}
h1{font-size:1.5em;margin:0}h2{font-size:1.15em;margin:1.8em 0 .3em}h3{font-size:1em;margin:0 0 .3em;font-weight:600}
.warning{margin:0;padding:.15em .8em;border-radius:1em;background:#ffe8ad;color:#4a3200;font-weight:600;font-size:.87em;text-align:right}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25em 1.2em;margin:1em 0}dt{color:#55606a}dd{margin:0}
.note{margin:0 0 .5em;color:#55606a;font-size:.87em}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.87em;width:100%}
th,td{padding:.3em .6em;text-align:left;border-bottom:1px solid #d9dfe4;vertical-align:top}
th{color:#55606a;font-weight:600}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tr.shock td{background:#fde9e7;font-weight:600}
section.strip{margin:0 0 6mm;break-inside:avoid;overflow-x:auto}section.strip svg{display:block}
.at{color:#55606a;font-weight:400}
@media print{@page{size:A4 landscape;margin:10mm}main{padding:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}}`;

export function summaryHtml(summary: CodeSummary): string {
  const title = `${TITLE}: ${summary.run.source}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body><main>
<header><h1>${escaped(TITLE)}</h1><p class="warning">${escaped(WARNING)}</p></header>
<dl>${facts(summary)
    .map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`)
    .join('')}</dl>
${tableHtml(shockTable(summary))}
${stripsHtml(summary.strips)}
${tableHtml(vitalsTable(summary))}
${tableHtml(timelineTable(summary))}
</main></body></html>
`;
}

function tableHtml({ title, note, head, numeric, rows }: Table): string {
  const heading = `<h2>${escaped(title)}</h2>${note === '' ? '' : `<p class="note">${escaped(note)}</p>`}`;
  if (rows.length === 0) return `${heading}<p>None.</p>`;
  const cell = (tag: 'td' | 'th', text: string, k: number): string =>
    `<${tag}${tag === 'th' ? ' scope="col"' : ''}${numeric[k] ? ' class="n"' : ''}>${escaped(text)}</${tag}>`;
  const row = (cells: readonly string[]): string =>
    `<tr${cells[1] === 'SHOCK' ? ' class="shock"' : ''}>${cells.map((text, k) => cell('td', text, k)).join('')}</tr>`;
  return `${heading}<div class="wide" tabindex="0" role="group" aria-label="${escaped(title)}"><table><thead><tr>${head.map((text, k) => cell('th', text, k)).join('')}</tr></thead><tbody>${rows.map(row).join('')}</tbody></table></div>`;
}

function stripsHtml(strips: readonly StripEntry[]): string {
  if (strips.length === 0) return '<h2>Strips</h2><p>None.</p>';
  const sections = strips.map((entry) => {
    const heading = `<h3>${escaped(entry.title)} <span class="at">at ${clock(entry.t)}</span></h3>`;
    return `<section class="strip" tabindex="0" aria-label="Strip at ${clock(entry.t)}">${heading}${toSvg(stripDrawing(stripOf(entry)), `ECG at ${clock(entry.t)}: ${entry.title}`)}</section>`;
  });
  return `<h2>Strips</h2><p class="note">3 s before to 5 s after; the signal as received, around its median. Black mark: the event; red line: shock; blue mark: R marker of the defibrillator.</p>${sections.join('\n')}`;
}

/** At the scale of paper. */
export function stripOf({ strip, note }: StripEntry): Strip {
  const { fromS, toS, ...data } = strip;
  const heading = `${clock(fromS)} to ${clock(toS)} \u00b7 25 mm/s \u00b7 ${strip.mmPerMv} mm/mV \u00b7 ${note} \u00b7 SIMULATED`;
  return { ...data, heading: [heading], mmPerS: 25 };
}
