/** The report for people: one self-contained page. No scripts, nothing loaded from elsewhere, prints on paper. */
import type { CheckReport, Finding, Matrix, Verdict } from '../finding.ts';
import { limitText, valueText, worst } from '../finding.ts';
import type { Report } from '../runner.ts';
import { escaped } from './escape.ts';
import { plotSvg } from './plot-svg.ts';
import { STYLE } from './style.ts';
import { MARKS, notice } from './words.ts';

/** A check with more findings than this shows its matrix, and of the findings only what is not a PASS. */
const MOST_ROWS = 40;
const MOST_FAILED = 12;

export function htmlReport(report: Report): string {
  const { device, checks } = report;
  const title = `Verification of ${device.model || device.address}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${title}: ${report.verdict}`)}</title><style>${STYLE}</style></head><body>
<p class="notice ${device.simulated ? '' : 'real'}">${escaped(notice(device))}</p>
<main>
<header><div><h1>${escaped(title)}</h1>${facts(report)}</div>${seal(report)}</header>
${summary(checks)}
${checks.map(section).join('\n')}
<footer><p>${escaped(MARKS)}</p><p>Made by rwave ${escaped(report.version)}, seed ${report.seed}.</p></footer>
</main></body></html>
`;
}

function seal({ verdict, counts, safetyBroken, linkLost }: Report): string {
  const more = safetyBroken
    ? '<b>A safety rule was broken.</b>'
    : linkLost
      ? '<b>The link was lost.</b>'
      : '';
  return `<div class="seal ${cssOf(verdict)}"><strong>${verdict}</strong><span>${counts.PASS} passed</span><span>${counts.FAIL} failed</span><span>${counts['not run']} not run</span>${more}</div>`;
}

function facts({ device, profile, startedAt, bench, faults }: Report): string {
  const rows: [string, string][] = [
    [
      'Device',
      `${device.address}: ${[device.model, device.serial, device.firmware].filter(Boolean).join(', ')}`,
    ],
    [
      'Speaks',
      [device.session && 'DSP/1', device.ident !== '' && 'lines of text'].filter(Boolean).join(' and '),
    ],
    ['Signals', device.session ? `${device.leads} at ${device.fs} Hz` : 'none'],
    ['Measured against', `profile ${profile}`],
    [
      'Bench channel',
      bench
        ? 'yes: load, patient, battery and faults are set by the run'
        : 'none: what has to be set is not run',
    ],
  ];
  if (faults.length > 0) rows.push(['Broken on purpose', faults.join(', ')]);
  if (startedAt !== undefined) rows.push(['Started', startedAt]);
  return `<dl>${rows.map(([name, text]) => `<dt>${name}</dt><dd>${escaped(text)}</dd>`).join('')}</dl>`;
}

function summary(checks: readonly CheckReport[]): string {
  const rows = checks.map(({ name, title, findings }) => {
    const verdict = worst(findings);
    return `<tr><td><a href="#${name}">${escaped(title)}</a></td><td>${badge(verdict)}</td><td class="n">${countOf(findings)}</td><td>${escaped(tellingOf(findings))}</td></tr>`;
  });
  return `<h2>Summary</h2><table class="summary"><thead><tr><th>Check</th><th>Verdict</th><th class="n">Passed</th><th>The closest to its limit, or why not</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function countOf(findings: readonly Finding[]): string {
  const ran = findings.filter((f) => f.verdict !== 'not run');
  return ran.length === 0 ? '' : `${ran.filter((f) => f.verdict === 'PASS').length} of ${ran.length}`;
}

/** The first failure; else the value that uses most of its limit; else why nothing ran. */
function tellingOf(findings: readonly Finding[]): string {
  const failed = findings.find((f) => f.verdict === 'FAIL');
  if (failed !== undefined)
    return `${failed.what}${failed.limit === undefined ? '' : `: ${valueText(failed)}, ${limitText(failed.limit)}`}`;
  const measured = findings.filter(
    (f) => f.verdict === 'PASS' && f.limit !== undefined && f.limit.low !== f.limit.high,
  );
  if (measured.length > 0) {
    const closest = measured.reduce((a, b) => (shareOf(b) > shareOf(a) ? b : a));
    return `${closest.what}: ${valueText(closest)}${closest.limit === undefined ? '' : `, ${limitText(closest.limit)}`}`;
  }
  return findings.some((f) => f.verdict === 'PASS') ? '' : (findings[0]?.note ?? '');
}

/** 0 in the middle of the limits, 1 at one of them. */
function shareOf({ value = 0, limit }: Finding): number {
  if (limit === undefined) return 0;
  const { low, high } = limit;
  if (low === 0 || low === -Infinity) return high === 0 ? 0 : value / high;
  if (high === Infinity) return value === 0 ? 0 : low / value;
  return Math.abs(value - (low + high) / 2) / ((high - low) / 2);
}

function section(check: CheckReport): string {
  const { name, title, method, findings, matrices = [], plots = [] } = check;
  const figures = plots.map(
    (p) => `<figure><figcaption>${escaped(p.title)}</figcaption>${plotSvg(p)}</figure>`,
  );
  return `<section id="${name}"><h2>${escaped(title)} ${badge(worst(findings))}</h2>
<p class="method">${escaped(method)}</p>
${matrices.map((m) => matrixTable(m)).join('\n')}
${findingTable(findings)}
${figures.join('\n')}</section>`;
}

function findingTable(findings: readonly Finding[]): string {
  const isLong = findings.length > MOST_ROWS;
  const last = findings.length - 2;
  let failed = 0;
  const shown = findings.filter(
    (f, k) => !isLong || k >= last || (f.verdict !== 'PASS' && ++failed <= MOST_FAILED),
  );
  const rows = shown.map((f) => {
    const { limit, note = '' } = f;
    const source = limit === undefined ? '' : `<b class="mark">${limit.mark}</b> ${escaped(limit.source)}`;
    return `<tr><td>${escaped(f.what)}${note === '' ? '' : `<span class="note">${escaped(note)}</span>`}</td><td>${badge(f.verdict)}</td><td class="n">${escaped(valueText(f))}</td><td>${limit === undefined ? '' : escaped(limitText(limit))}</td><td class="source">${source}</td></tr>`;
  });
  const left = findings.length - shown.length;
  const more =
    left === 0 ? '' : `<p class="method">${left} more stand in the table above and in verify.json.</p>`;
  return `<table class="findings"><thead><tr><th>What</th><th>Verdict</th><th class="n">Value</th><th>Limit</th><th>Where the limit comes from</th></tr></thead><tbody>${rows.join('')}</tbody></table>${more}`;
}

function matrixTable({ title, rowLabel, columnLabel, rows, columns, cells }: Matrix): string {
  const head = columns.map((c) => `<th class="n">${escaped(c)}</th>`).join('');
  const body = rows.map((row, r) => {
    const values = cells[r]
      .map(
        ({ text, verdict }) =>
          `<td class="n ${verdict === undefined ? '' : cssOf(verdict)}">${escaped(text)}</td>`,
      )
      .join('');
    return `<tr><th class="n">${escaped(row)}</th>${values}</tr>`;
  });
  return `<table class="matrix"><caption>${escaped(title)}</caption><thead><tr><th class="n">${escaped([rowLabel, columnLabel].filter(Boolean).join(' \\ '))}</th>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}

function badge(verdict: Verdict): string {
  return `<span class="badge ${cssOf(verdict)}">${verdict}</span>`;
}

function cssOf(verdict: Verdict): string {
  return verdict === 'not run' ? 'none' : verdict.toLowerCase();
}
