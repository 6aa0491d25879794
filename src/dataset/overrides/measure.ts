/**
 * Runs the written rules (rules.ts) over one lead of a recording and gives its overrides, in order of time.
 *
 * Stretches of one kind that touch become one; it keeps the reason of the first. Cost: about 1 s for half an hour.
 */
import { AnalysisFront, ANALYSIS_FS } from '../../advisory/front.ts';
import { featureNamed } from '../../advisory/index.ts';
import { AnalysisWindow } from '../../advisory/window.ts';
import type { RecordReader } from '../../core/record.ts';
import type { Override } from '../../score/advice-override.ts';
import type { RhythmSpan } from '../../score/advice-reference.ts';
import { readMv } from '../advise.ts';
import { RAPID_VT, RULE_HOP_S, RULE_WINDOW_S, SATURATED_S, WINDOW_RULES } from './rules.ts';

const acLag = featureNamed('acLag');

/** One value held: where it began, and for how many samples. */
class HeldRuns {
  readonly found: { from: number; to: number }[] = [];
  private last = NaN;
  private from = 0;
  private at = 0;
  private readonly least: number;

  constructor(fs: number) {
    this.least = SATURATED_S * fs;
  }

  process(x: Float64Array, n: number): void {
    for (let i = 0; i < n; i++, this.at++) {
      if (x[i] === this.last) continue;
      this.end();
      this.last = x[i];
      this.from = this.at;
    }
  }

  end(): void {
    if (this.at - this.from >= this.least) this.found.push({ from: this.from, to: this.at });
  }
}

/** Calls `look` for every 4 s of filtered signal, 2 s apart; times in seconds. */
class RuleWindows {
  private readonly front: AnalysisFront;
  private readonly window = new AnalysisWindow(ANALYSIS_FS, RULE_WINDOW_S);
  private readonly hop: number;
  private readonly piece: Float64Array;
  private filled = 0;
  private hops = 0;
  private readonly look: (w: AnalysisWindow, fromS: number) => void;

  constructor(fs: number, look: (w: AnalysisWindow, fromS: number) => void) {
    this.front = new AnalysisFront(fs);
    this.hop = Math.round(RULE_HOP_S * fs);
    this.piece = new Float64Array(this.hop);
    this.look = look;
  }

  process(x: Float64Array, n: number): void {
    for (let i = 0; i < n; i++) {
      this.piece[this.filled++] = x[i];
      if (this.filled === this.hop) this.endHop();
    }
  }

  private endHop(): void {
    const { front, window } = this;
    front.process(this.piece, 0, this.hop);
    this.filled = 0;
    this.hops++;
    const fromS = this.hops * RULE_HOP_S - RULE_WINDOW_S;
    if (fromS < 0) return;
    front.filtered.read(front.filtered.end - window.n, window.n, window.x);
    window.refresh();
    this.look(window, fromS);
  }
}

/** The rhythm that all of from .. to (s) is labelled with; VF and VFL count as one, undefined where there are more. */
function rhythmOf(spans: readonly RhythmSpan[], fs: number, fromS: number, toS: number): string | undefined {
  const names = new Set(
    spans
      .filter((s) => s.from < toS * fs && s.to > fromS * fs)
      .map((s) => (s.rhythm === 'VFL' ? 'VF' : s.rhythm)),
  );
  return names.size === 1 ? [...names][0] : undefined;
}

/** Seconds around the middle of a window that it speaks for. */
const MARGIN_S = (RULE_WINDOW_S - RULE_HOP_S) / 2;

export function measureOverrides(
  reader: RecordReader,
  lead: number,
  spans: readonly RhythmSpan[],
): Override[] {
  const { fs } = reader.header;
  const found: Override[] = [];
  const lags = new Map<RhythmSpan, number[]>();
  const held = new HeldRuns(fs);
  const windows = new RuleWindows(fs, (w, fromS) => {
    const toS = fromS + RULE_WINDOW_S;
    const rhythm = rhythmOf(spans, fs, fromS, toS);
    if (rhythm === undefined) return;
    for (const rule of WINDOW_RULES) {
      const why = rule.rhythms.includes(rhythm) ? rule.why(w) : undefined;
      if (why !== undefined)
        add(found, { fromS: fromS + MARGIN_S, toS: toS - MARGIN_S, what: rule.what, why });
    }
    if (rhythm === 'VT') noteLag(lags, spans, w, fromS * fs);
  });
  readMv(reader, lead, (x, n) => {
    held.process(x, n);
    windows.process(x, n);
  });
  held.end();
  for (const { from, to } of held.found)
    add(found, {
      fromS: from / fs,
      toS: to / fs,
      what: 'saturation',
      why: `one value for ${((to - from) / fs).toFixed(1)} s`,
    });
  found.push(...slowEpisodes(lags, fs));
  return found.sort((a, b) => a.fromS - b.fromS || a.what.localeCompare(b.what));
}

/** Lengthens the last stretch of its kind where they touch. */
function add(found: Override[], o: Override): void {
  const last = found.findLast((f) => f.what === o.what);
  if (last !== undefined && last.toS >= o.fromS) last.toS = o.toS;
  else found.push(o);
}

function noteLag(
  lags: Map<RhythmSpan, number[]>,
  spans: readonly RhythmSpan[],
  w: AnalysisWindow,
  at: number,
): void {
  const span = spans.find((s) => at >= s.from && at < s.to);
  const lag = acLag.compute(w);
  if (span !== undefined && lag > 0) lags.set(span, [...(lags.get(span) ?? []), lag]);
}

/** VT episodes whose rate, 60 / median repetition lag, is under the line. */
function slowEpisodes(lags: ReadonlyMap<RhythmSpan, readonly number[]>, fs: number): Override[] {
  return [...lags].flatMap(([span, values]): Override[] => {
    const rate = 60 / [...values].sort((a, b) => a - b)[values.length >> 1];
    if (rate >= RAPID_VT) return [];
    return [
      {
        fromS: span.from / fs,
        toS: span.to / fs,
        what: 'slowVT',
        why: `${rate.toFixed(0)}/min < ${RAPID_VT}`,
      },
    ];
  });
}
