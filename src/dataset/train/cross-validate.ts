/**
 * Scores that no record has helped to make: every record is scored by a model trained without it.
 *
 *   folds: the records of each database in the order of its list, dealt out in turn; both leads of a record stay together
 *   training rows: lead 0, windows that P1X counts, and asystole as non-shockable; mitdb every fourth second
 *   weights: 1 / windows of that record and class (each counts once), mitdb times 0.3; then both classes weigh the same
 *   threshold: the shift of a fold is where BAC (P1X, cudb and vfdb) of the other folds' scores is best
 *
 * The scores that set a fold's shift come from models that may have seen that fold's records; one number of a few
 * thousand windows cannot carry much of them. Deterministic: no dice anywhere.
 */
import { FEATURES, pushOf, type ScoreModel } from '../../advisory/index.ts';
import { boost, PARTS, type TrainingSet } from './boost.ts';
import type { RecordWindows, WindowRow } from './record-windows.ts';

/** A fold of the validation is a part of the booster's: both deal whole records out. */
export const FOLDS = PARTS;
const OTHER_WEIGHT = 0.3;
/** A database of whole days of organised rhythm: every fourth second says enough, and weighs less. */
const LARGE = 'mitdb';
const LARGE_STEP = 4;

const placeOf = new Map(FEATURES.map((f, i) => [f.name, i]));

function scoreOf(model: ScoreModel, row: WindowRow): number {
  let score = model.bias;
  for (const term of model.terms) score += pushOf(term, row.features[placeOf.get(term.feature) ?? -1]);
  return score;
}

/** 1 shockable, 0 not, undefined: not to be learnt from. */
function target(row: WindowRow): number | undefined {
  if (row.gate !== 'open') return undefined;
  const { P1X, P2 } = row.labels;
  if (P1X !== undefined) return P1X.shockable ? 1 : 0;
  return P2?.rhythm === 'ASYS' ? 0 : undefined;
}

interface TrainingRow {
  row: WindowRow;
  target: number;
  database: string;
  /** Record and class: what the weight is shared among. */
  group: string;
  part: number;
}

/** Which of the ten parts a record lies in. */
type Parts = ReadonlyMap<RecordWindows, number>;

function trainingRows(records: readonly RecordWindows[], parts: Parts): TrainingRow[] {
  return records.flatMap((r) => {
    const part = parts.get(r) ?? 0;
    const step = r.database === LARGE ? LARGE_STEP : 1;
    return r.rows
      .filter((_, k) => k % step === 0)
      .flatMap((row) => {
        const t = target(row);
        return t === undefined
          ? []
          : [{ row, target: t, database: r.database, group: `${r.record} ${t}`, part }];
      });
  });
}

/** `records` are learnt from, all or without some; `parts` tells the part of each. */
export function fit(records: readonly RecordWindows[], parts: Parts, windowS: number): ScoreModel {
  const rows = trainingRows(records, parts);
  const size = new Map<string, number>();
  for (const { group } of rows) size.set(group, (size.get(group) ?? 0) + 1);
  const weight = Float64Array.from(rows, (r) => {
    return (r.database === LARGE ? OTHER_WEIGHT : 1) / (size.get(r.group) ?? 1);
  });
  const total = [0, 0];
  rows.forEach((r, i) => (total[r.target] += weight[i]));
  rows.forEach((r, i) => (weight[i] *= rows.length / 2 / total[r.target]));
  const set: TrainingSet = {
    names: FEATURES.map((f) => f.name),
    values: FEATURES.map((_, f) => Float32Array.from(rows, (r) => r.row.features[f])),
    target: Uint8Array.from(rows, (r) => r.target),
    weight,
    part: Uint8Array.from(rows, (r) => r.part),
  };
  return boost(set, windowS);
}

/** Part of each record: dealt out in turn within its database. */
export function partsOf(records: readonly RecordWindows[]): Parts {
  const seen = new Map<string, number>();
  return new Map(
    records.map((r) => {
      const place = seen.get(r.database) ?? 0;
      seen.set(r.database, place + 1);
      return [r, place % FOLDS];
    }),
  );
}

/** The shift that makes BAC best; the middle of the best stretch. Infinite scores are what gates decided. */
export function bestShift(scores: readonly number[], shockable: readonly boolean[]): number {
  const order = scores.map((s, i) => ({ s, y: shockable[i] })).sort((a, b) => a.s - b.s);
  const positives = order.filter((o) => o.y).length;
  const negatives = order.length - positives;
  let above = positives;
  let below = 0;
  let best = -Infinity;
  let from = 0;
  let to = 0;
  for (let i = 0; i + 1 < order.length; i++) {
    if (order[i].y) above--;
    else below++;
    const bac = above / positives + below / negatives;
    if (bac > best + 1e-12 && Number.isFinite(order[i].s + order[i + 1].s)) {
      best = bac;
      from = order[i].s;
      to = order[i + 1].s;
    }
  }
  return -(from + to) / 2;
}

export interface Validated {
  /** Score of each row of each record; NaN where a gate closes on the window alone (it stands in the row). */
  scores: Map<RecordWindows, Float64Array>;
  /** The model that scored each record: made without it. */
  models: Map<RecordWindows, ScoreModel>;
  /** What the shipped model is shifted by: from all records. */
  shift: number;
}

export function crossValidate(
  records: readonly RecordWindows[],
  windowS: number,
  tell: (text: string) => void,
): Validated {
  const folds = partsOf(records);
  const scores = new Map<RecordWindows, Float64Array>();
  const models = new Map<RecordWindows, ScoreModel>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = fit(
      records.filter((r) => folds.get(r) !== fold),
      folds,
      windowS,
    );
    for (const r of records.filter((q) => folds.get(q) === fold)) {
      models.set(r, model);
      scores.set(
        r,
        Float64Array.from(r.rows, (row) => (row.alone === 'open' ? scoreOf(model, row) : NaN)),
      );
    }
    tell(`window ${windowS} s: fold ${fold + 1} of ${FOLDS}`);
  }
  const shiftWithout = (fold: number): number => {
    const values: number[] = [];
    const wanted: boolean[] = [];
    for (const [r, s] of scores) {
      if (r.database === LARGE || folds.get(r) === fold) continue;
      r.rows.forEach((row, k) => {
        const label = row.labels.P1X;
        if (label === undefined) return;
        values.push(row.gate === 'open' ? s[k] : row.gate === 'shock' ? Infinity : -Infinity);
        wanted.push(label.shockable);
      });
    }
    return bestShift(values, wanted);
  };
  const shifts = Array.from({ length: FOLDS }, (_, fold) => shiftWithout(fold));
  const shift = shiftWithout(-1);
  for (const [r, s] of scores) for (let k = 0; k < s.length; k++) s[k] += shifts[folds.get(r) ?? 0];
  return { scores, models, shift };
}
