/**
 * Time without compressions, from what the analysis and the AED told. Two figures that are not the same thing:
 *
 *   seen      by the box's compression sensor, once a second; without one, spans in which an analysis saw compressions in the
 *             ECG (windows of seconds: good to about 3 s)
 *   asked     from "do not touch" to the prompt that gives the patient back: what the device asked for, whoever obeyed
 *
 * Where no compressions were seen nothing is known about them: no figure is given, not zero.
 */
import type { SessionEvent } from '../core/session-events.ts';

export interface Span {
  fromS: number;
  toS: number;
}

export interface HandsOff {
  /** Undefined where no compressions were seen. */
  seen:
    | {
        by: 'sensor' | 'ecg';
        compressions: readonly Span[];
        /** Share of the time from the first compression to the last. */
        fraction: number;
        longestPauseS: number;
      }
    | undefined;
  asked: { spans: readonly Span[]; totalS: number; longestS: number };
}

const HANDS_OFF: readonly string[] = [
  'analysing',
  'advisedCharging',
  'shockReady',
  'withdrawn',
  'discharged',
];
const HANDS_ON: readonly string[] = ['delivered', 'noShock', 'manual', 'padsOff'];
/** Windows that come once a second and overlap belong together. */
const JOIN_S = 1.5;

export function handsOff(events: readonly SessionEvent[], endS: number): HandsOff {
  const spans = askedSpans(events, endS);
  return {
    seen: seenCompressions(events),
    asked: {
      spans,
      totalS: spans.reduce((sum, s) => sum + s.toS - s.fromS, 0),
      longestS: spans.reduce((most, s) => Math.max(most, s.toS - s.fromS), 0),
    },
  };
}

function seenCompressions(events: readonly SessionEvent[]): HandsOff['seen'] {
  const sensed = joined(events.flatMap(sensedSpan));
  const by = sensed.length > 0 ? 'sensor' : 'ecg';
  const compressions = by === 'sensor' ? sensed : joined(events.flatMap(ecgSpan));
  if (compressions.length === 0) return undefined;
  const total = compressions[compressions.length - 1].toS - compressions[0].fromS;
  const on = compressions.reduce((sum, s) => sum + s.toS - s.fromS, 0);
  const pauses = compressions.slice(1).map((s, k) => s.fromS - compressions[k].toS);
  return { by, compressions, fraction: on / total, longestPauseS: Math.max(0, ...pauses) };
}

/** The second before the sensor's figure. */
function sensedSpan(e: SessionEvent): Span[] {
  return e.type === 'vitals' && e.compressionsPerMin > 0 ? [{ fromS: Math.max(0, e.t - 1), toS: e.t }] : [];
}

function ecgSpan(e: SessionEvent): Span[] {
  return e.type === 'advice' && e.rhythm === 'compressions' ? [{ fromS: e.from, toS: e.to }] : [];
}

function joined(spans: readonly Span[]): Span[] {
  const whole: Span[] = [];
  for (const span of spans) {
    const last = whole.at(-1);
    if (last !== undefined && span.fromS <= last.toS + JOIN_S) last.toS = Math.max(last.toS, span.toS);
    else whole.push({ ...span });
  }
  return whole;
}

function askedSpans(events: readonly SessionEvent[], endS: number): Span[] {
  const spans: Span[] = [];
  let since: number | undefined;
  for (const e of events) {
    if (e.type !== 'prompt') continue;
    if (HANDS_OFF.includes(e.name)) since ??= e.t;
    else if (since !== undefined && HANDS_ON.includes(e.name)) {
      spans.push({ fromS: since, toS: e.t });
      since = undefined;
    }
  }
  if (since !== undefined) spans.push({ fromS: since, toS: endS });
  return spans;
}

/** Without compressions before and after an instant, as far as they were seen. */
export function pausesAround(t: number, compressions: readonly Span[]): { beforeS: number; afterS: number } {
  const before = compressions.filter((s) => s.toS <= t).at(-1);
  const after = compressions.find((s) => s.fromS >= t);
  return {
    beforeS: before === undefined ? NaN : t - before.toS,
    afterS: after === undefined ? NaN : after.fromS - t,
  };
}
