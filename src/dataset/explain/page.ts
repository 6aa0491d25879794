/** The explanation of one decision as one self-contained HTML page: no scripts, nothing loaded from elsewhere. */
import { featureNamed, modelFor, type ScoreTerm, stepOf } from '../../advisory/index.ts';
import type { Advice, Evidence, Verdict } from '../../core/advice.ts';
import type { RhythmSpan } from '../../score/advice-reference.ts';
import type { Captured } from './capture.ts';
import { escaped, stripSvg } from './paper.ts';

export interface PageInput {
  record: string;
  lead: number;
  leadName: string;
  captured: Captured;
  /** Empty where the record has no reference. */
  reference: readonly RhythmSpan[];
}

const WORDS: Readonly<Record<Verdict, string>> = {
  shock: 'Shock advised',
  noShock: 'No shock advised',
  inconclusive: 'Inconclusive',
};

const STYLE = `body{font:15px/1.45 system-ui,sans-serif;max-width:275mm;margin:2em auto;padding:0 1em;color:#1b1b1b;background:#fff}
h1{font-size:1.5em}h2{font-size:1.15em;margin-top:1.8em}svg{display:block;max-width:100%;height:auto}td svg{max-width:none}
.fine{stroke:#f6c9c4;stroke-width:.1;fill:none}.bold{stroke:#e79a92;stroke-width:.2;fill:none}
.trace{stroke:#111;stroke-width:.3;fill:none;stroke-linejoin:round}.beat{stroke:#0a4f9e;stroke-width:.4}
.small{font:2.6px sans-serif;fill:#222}.span{fill:#dfe9f6;stroke:#0a4f9e;stroke-width:.1}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25em .5em;border-bottom:1px solid #ddd;vertical-align:top}
td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}.shock{color:#a01414}.noShock{color:#14603a}.inconclusive{color:#5a4a00}
.up{fill:#a01414}.down{fill:#14603a}.axis{stroke:#666;stroke-width:.5}.step{fill:none;stroke:#333;stroke-width:1}
.verdict{font-size:1.6em;font-weight:700;margin:.2em 0}code{background:#f3f3f3;padding:0 .2em}`;

const number = (x: number): string =>
  Number.isNaN(x)
    ? 'none'
    : Math.abs(x) >= 100
      ? x.toFixed(0)
      : Math.abs(x) >= 10
        ? x.toFixed(1)
        : x.toFixed(3);

export function explanationPage(input: PageInput): string {
  const { record, lead, leadName, captured } = input;
  const { advice, decision, fs, windowS } = captured;
  const title = `${record}, ${(advice.to / fs).toFixed(1)} s: ${WORDS[advice.verdict].toLowerCase()}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body><main>
<h1>Why this advice? ${escaped(record)}, lead ${lead} (${escaped(leadName)})</h1>
<p>rwave is a simulator for learning and testing. It is not a medical device.</p>
<p class="verdict ${advice.verdict}">${WORDS[advice.verdict]}</p>
<p>Window of ${windowS} s, ${(advice.from / fs).toFixed(2)} s to ${(advice.to / fs).toFixed(2)} s. The analysis calls the rhythm
<b>${escaped(advice.rhythm)}</b>. ${scoreSentence(advice)} The vote of the last windows says: <b class="${decision.verdict}">${WORDS[decision.verdict].toLowerCase()}</b>.</p>
${referenceSentence(input)}
<h2>1. The signal as recorded</h2>
<p>25 mm/s, 10 mm/mV. N: a beat that the detector confirmed. The blue bars tell the window and the reference.</p>
${rawStrip(input)}
<h2>2. The signal as analysed</h2>
<p>At 250 Hz, 1-30 Hz (Butterworth, order 2 each), notches at 50 and 60 Hz; all filters look backwards only, so everything lies
about 25 ms later than above.</p>
${stripSvg({ samples: captured.filtered, fs: captured.filteredFs, title: 'Filtered window', startS: advice.from / fs })}
<h2>3. Gates</h2>
<p>Asked in this order. The first that closes decides; the score is asked only when all stay open.</p>
${gateTable(advice)}
<h2>4. Score</h2>
${scoreSection(captured)}
<h2>5. Vote</h2>
${voteTable(decision)}
<h2>6. For teaching, not in the decision</h2>
${teaching(captured)}
</main></body></html>
`;
}

function scoreSentence({ score, verdict }: Advice): string {
  if (Number.isNaN(score)) return 'A gate decided; the score was not asked.';
  const p = 1 / (1 + Math.exp(-score));
  return `The score is ${score.toFixed(2)} (${verdict === 'shock' ? 'over' : 'not over'} 0; as a share of certainty ${(100 * p).toFixed(0)} %).`;
}

function referenceSentence({ reference, captured }: PageInput): string {
  const { advice } = captured;
  const inside = reference.filter((s) => s.from < advice.to && s.to > advice.from).map((s) => s.rhythm);
  if (inside.length === 0) return '<p>The record has no reference annotation.</p>';
  return `<p>Reference annotation in the window: <b>${escaped(inside.join(', '))}</b>.</p>`;
}

function rawStrip({ captured, reference }: PageInput): string {
  const { raw, rawFrom, fs, advice, beats } = captured;
  const seconds = (sample: number): number => (Math.max(rawFrom, Math.min(advice.to, sample)) - rawFrom) / fs;
  const spans = [
    { fromS: seconds(advice.from), toS: seconds(advice.to), text: 'window of this decision' },
    ...reference
      .filter((s) => s.from < advice.to && s.to > rawFrom)
      .map((s) => ({ fromS: seconds(s.from), toS: seconds(s.to), text: `reference: ${s.rhythm}` })),
  ];
  const marks = beats.map((b) => ({ atS: seconds(b), text: 'N' }));
  return stripSvg({ samples: raw, fs, title: 'Recorded signal', startS: rawFrom / fs, beats: marks, spans });
}

const GATE_WORDS: Readonly<Partial<Record<string, string>>> = {
  'gate.leadsOff': 'share of the window without a measurement; over the limit: leads off, inconclusive',
  'gate.saturation':
    'share of the window that stands still; over the limit and far from zero: saturated, inconclusive',
  'gate.compressions':
    'contrast of a push and its release, without the beats; at the limit or over, with the share below it, two seconds running: chest compressions, inconclusive',
  'gate.compressionShare': 'share of the energy that this wave has',
  'gate.compressionRate': 'rate of this wave, also where it is too small to count',
  'gate.compressionChannel': 'a channel measures the chest; 1: compressions in the window, inconclusive',
  'gate.noise': 'energy over 30 Hz against the rest; over the limit: noise, inconclusive',
  'gate.asystole': 'peak to peak in 2.5-30 Hz; under the limit: asystole, no shock',
  'gate.narrow': 'median width of the beats; narrow and alike: not from the ventricles',
  'gate.fast': 'rate of the beats; at the limit or over, even and alike: VT, shock',
  'gate.explained': 'share of the signal that the average beat explains; at the limit or over, and ...',
  'gate.beatRate': '... rate of the beats; at the limit or under, and ...',
  'gate.waveRate': '... rate of the waves; at the limit or under: organised rhythm, no shock; or ...',
  'gate.beatEnergy':
    '... share of the energy near the beats; at the limit or over: organised rhythm, no shock',
  'gate.vtRate': 'rate of the repetition after a score over 0; under the limit: slow VT, no shock',
};

function gateTable({ evidence }: Advice): string {
  const rows = evidence
    .filter((e) => e.name.startsWith('gate.'))
    .map((e) => {
      return `<tr><td><code>${e.name}</code></td><td class="n">${number(e.value)} ${escaped(e.unit)}</td><td class="n">${number(e.limit ?? NaN)}</td><td>${escaped(GATE_WORDS[e.name] ?? '')}</td></tr>`;
    });
  return `<table><thead><tr><th>Gate</th><th class="n">Value</th><th class="n">Limit</th><th>Meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function scoreSection(captured: Captured): string {
  const { advice, windowS } = captured;
  const terms = advice.evidence.filter((e) => e.push !== undefined && e.name !== 'bias');
  if (terms.length === 0) {
    const rows = captured.values.map(({ name, value }) => featureRow(name, value));
    return `<p>Not asked. These are the numbers that it would have looked at.</p>
<table><thead><tr><th>Feature</th><th class="n">Value</th><th>Meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
  }
  const bias = advice.evidence.find((e) => e.name === 'bias')?.push ?? 0;
  const model = modelFor(windowS);
  const rows = [...terms]
    .sort((a, b) => Math.abs(b.push ?? 0) - Math.abs(a.push ?? 0))
    .map((e) =>
      termRow(
        e,
        model.terms.find((t) => t.feature === e.name),
      ),
    );
  return `<p>Every feature looks its push up in a table that was trained on recordings, which the
manifest beside the weights lists: this one may be among them (small drawing: push over the feature's
steps, the dot is this window). Red pushes towards a shock, green away from it. The start value is ${bias.toFixed(2)}; with all pushes
the sum is <b>${advice.score.toFixed(2)}</b>, and over 0 means shock.</p>
<table><thead><tr><th>Feature</th><th class="n">Value</th><th class="n">Push</th><th></th><th>Table</th><th>Meaning and source</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function featureRow(name: string, value: number): string {
  const f = featureNamed(name);
  return `<tr><td><code>${name}</code></td><td class="n">${number(value)} ${escaped(f.unit)}</td><td>${escaped(f.what)}. <i>${escaped(f.source)}</i></td></tr>`;
}

function termRow(e: Evidence, term: ScoreTerm | undefined): string {
  const f = featureNamed(e.name);
  const push = e.push ?? 0;
  const width = Math.min(45, Math.abs(push) * 30);
  const bar = `<svg width="92" height="12" aria-hidden="true"><rect class="${push > 0 ? 'up' : 'down'}" x="${push > 0 ? 46 : 46 - width}" y="1" width="${width.toFixed(1)}" height="10"/><path class="axis" d="M46 0V12"/></svg>`;
  return `<tr><td><code>${e.name}</code></td><td class="n">${number(e.value)} ${escaped(e.unit)}</td><td class="n">${push.toFixed(2)}</td><td>${bar}</td><td>${term === undefined ? '' : tableDrawing(term, e.value)}</td><td>${escaped(f.what)}. <i>${escaped(f.source)}</i></td></tr>`;
}

function tableDrawing(term: ScoreTerm, value: number): string {
  const pushes = term.pushes.slice(1);
  const most = Math.max(0.2, ...pushes.map(Math.abs));
  const w = 110 / pushes.length;
  const y = (p: number): string => (14 - (p / most) * 12).toFixed(1);
  const path = pushes
    .map((p, k) => `${k === 0 ? 'M' : 'L'}${(k * w).toFixed(1)} ${y(p)}H${((k + 1) * w).toFixed(1)}`)
    .join('');
  const step = stepOf(term.edges, value);
  const dot =
    step === 0
      ? ''
      : `<circle class="${term.pushes[step] > 0 ? 'up' : 'down'}" cx="${((step - 0.5) * w).toFixed(1)}" cy="${y(term.pushes[step])}" r="2.5"/>`;
  return `<svg width="110" height="28" aria-hidden="true"><path class="axis" d="M0 14H110"/><path class="step" d="${path}"/>${dot}</svg>`;
}

function voteTable({ evidence, score, verdict }: Advice): string {
  const rows = evidence
    .filter((e) => e.name.startsWith('vote.'))
    .map((e, i) => {
      const when = i === 0 ? 'this window' : `${i} window${i > 1 ? 's' : ''} before`;
      return `<tr><td>${when}</td><td class="n">${Number.isNaN(e.value) ? 'no opinion' : e.value.toFixed(2)}</td></tr>`;
    });
  return `<p>Windows that do not overlap; each score is held within 4; two that agree clearly (1.5) decide without the third. Mean
${Number.isNaN(score) ? 'none' : score.toFixed(2)}: ${WORDS[verdict].toLowerCase()}.${score > 0 && verdict === 'noShock' ? ' Every window says slow VT, under the rate limit: that goes before the mean.' : ''}</p>
<table><thead><tr><th>Window</th><th class="n">Ballot</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function teaching(captured: Captured): string {
  const entropy = captured.values.find((v) => v.name === 'sampleEntropy')?.value ?? NaN;
  return `<p>Sample entropy (m = 2, r = 0.2 SD): ${number(entropy)}. Dominant frequency: ${number(captured.dominantHz)} Hz.
Amplitude spectrum area, AMSA = 2 / f<sub>s</sub> &middot; &Sigma; |X(f)| f &Delta;f over 2-48 Hz: ${number(captured.amsa)} mV Hz (Tukey window, behind 1-30 Hz);
its scale depends on window and filters, so compare it with itself only: <code>rwave advise --trend</code>. None of these is advice.</p>`;
}
