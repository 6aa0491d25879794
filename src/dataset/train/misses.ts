/**
 * Every stretch that P0 counts as wrong, by record, with what was decisive and what the annotation has to say about it.
 *
 *   what was decisive: the gate that closed, or the features that pushed hardest the wrong way (the fold's own model)
 *   about it: within 5 s of a marked change, called unusable by readers, an override of P2, NOISE, no rhythm label
 *
 * Windows that follow each other are one stretch; it is told by the window in its middle.
 */
import { FEATURES, pushOf } from '../../advisory/index.ts';
import { judge, type Reference } from '../../score/advice-protocol.ts';
import type { Validated } from './cross-validate.ts';
import { verdictOf } from './evaluate.ts';
import type { RecordWindows, WindowRow } from './record-windows.ts';

interface Miss {
  shockable: boolean;
  rhythm: string;
  /** Places of the first and last row. */
  first: number;
  last: number;
}

const placeOf = new Map(FEATURES.map((f, i) => [f.name, i]));

function missesOf(r: RecordWindows, scores: Float64Array): Miss[] {
  const found: Miss[] = [];
  r.rows.forEach((row, k) => {
    const label = row.labels.P0;
    if (label === undefined || (verdictOf(r, k, scores[k]) === 'shock') === label.shockable) return;
    const { shockable, rhythm } = label;
    const last = found.at(-1);
    if (last?.last === k - 1 && last.rhythm === rhythm && last.shockable === shockable) last.last = k;
    else found.push({ shockable, rhythm, first: k, last: k });
  });
  return found;
}

/** Why a stricter protocol would not count this window; empty where nothing is known against it. */
function against(reference: Reference, row: WindowRow): string {
  const said = new Set<string>();
  for (const p of ['P1', 'P1X', 'P2'] as const) {
    const left = judge(p, reference, row.from, row.to);
    if (typeof left === 'string') said.add(WORDS[left] ?? left);
  }
  const { fs, overrides } = reference;
  for (const o of overrides) if (o.fromS * fs < row.to && o.toS * fs > row.from) said.add(o.what);
  return [...said].join(', ');
}

const WORDS: Readonly<Partial<Record<string, string>>> = {
  mixed: 'two rhythms in the window',
  transition: 'within 5 s of a change',
  unusable: 'readers called it unusable',
  noise: 'labelled noise',
  asystole: 'asystole',
  unlabelled: 'no rhythm label',
};

function decisive(v: Validated, r: RecordWindows, k: number, shockable: boolean, score: number): string {
  const row = r.rows[k];
  if (row.gate !== 'open') return `gate: ${row.gateRhythm}`;
  const sign = shockable ? -1 : 1;
  const pushes = (v.models.get(r)?.terms ?? [])
    .map((t) => {
      const value = row.features[placeOf.get(t.feature) ?? -1];
      return { name: t.feature, value, push: pushOf(t, value) };
    })
    .sort((a, b) => sign * (b.push - a.push))
    .slice(0, 3)
    .map(({ name, value, push }) => `${name} ${value.toPrecision(3)} (${push.toFixed(1)})`);
  return `score ${score.toFixed(1)}: ${pushes.join(', ')}`;
}

export function missesReport(v: Validated, windowS: number): string {
  const lines: string[] = [];
  const sums = new Map<string, number>();
  for (const [r, scores] of v.scores) {
    for (const m of missesOf(r, scores)) {
      const middle = (m.first + m.last) >> 1;
      const row = r.rows[middle];
      const { fs } = r.reference;
      const about = against(r.reference, row);
      const kind = m.shockable ? 'missed' : 'false ';
      const key = `${kind} ${m.rhythm.padEnd(11)} ${about || '-'}`;
      sums.set(key, (sums.get(key) ?? 0) + m.last - m.first + 1);
      const span = `${(r.rows[m.first].from / fs).toFixed(0)}-${(r.rows[m.last].to / fs).toFixed(0)} s`;
      lines.push(
        [
          r.record.padEnd(11),
          span.padStart(13),
          `${m.last - m.first + 1}`.padStart(5),
          kind,
          m.rhythm.padEnd(10),
          `${decisive(v, r, middle, m.shockable, scores[middle])}${about ? ` | ${about}` : ''}`,
        ].join(' '),
      );
    }
  }
  const rows = [...sums].sort(([, a], [, b]) => b - a).map(([key, n]) => `${`${n}`.padStart(6)}  ${key}`);
  return [
    `P0, one ${windowS}-s window, every second, leave-records-out: all that is wrong, with what was decisive in the middle of each`,
    'stretch (gate, or the three features that pushed hardest the wrong way) and what speaks against the window or its label.',
    '',
    'windows  kind, rhythm, what speaks against it (-: nothing)',
    ...rows,
    '',
    'record         from-to     n kind   rhythm     decisive | what speaks against it',
    ...lines,
    '',
  ].join('\n');
}
