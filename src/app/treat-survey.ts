/**
 * Synchronized shocks over whole folders of recordings, through the whole path: `npx tsx src/app/treat-survey.ts FOLDER...`.
 *
 * The scripted operator cardioverts again and again. For each delivery: time from the box's own R (its clock) and from the
 * reference R of the record (sample clock, annotator atr); how many came later than 60 ms, or into the T wave (160-360 ms
 * after R); how many waits ended without an R. Folders without beat annotations (vfdb, cudb) count only what was delivered.
 */
import { basename } from 'node:path';
import { openRecord, readAnnotations, recordPaths } from '../../signals/formats/index.ts';
import { isQrs } from '../core/annotations.ts';
import { UsageError } from '../core/errors.ts';
import { treatRecord } from './treat-run.ts';

interface Survey {
  records: number;
  withShock: number;
  shocks: number;
  asynchronous: number;
  aborted: number;
  /** By the box's clock, ms. */
  boxDelays: number[];
  /** From the newest reference R, ms; only where beats are annotated. */
  referenceDelays: number[];
  late: string[];
}

/** A record with so few annotated beats has none. */
const ANNOTATED = 20;
const LATE_MS = 60;
/** A trigger may come before the annotated peak: the mark of this beat, not of the one before. */
const EARLY_MS = 50;

function referenceR(path: string): number[] {
  const beats = readAnnotations(`${path}.atr`).filter((a) => isQrs(a.code));
  return beats.length < ANNOTATED ? [] : beats.map((a) => a.sample);
}

/** ms from the newest R that is not more than EARLY_MS ahead. */
function delayAfter(r: readonly number[], sample: number, fs: number): number {
  let newest = NaN;
  for (const at of r) {
    if (((at - sample) * 1000) / fs > EARLY_MS) break;
    newest = at;
  }
  return ((sample - newest) * 1000) / fs;
}

function surveyRecord(path: string, survey: Survey, beats: boolean): void {
  const reader = openRecord(path);
  const { fs } = reader.header;
  const r = beats ? referenceR(path) : [];
  const before = survey.shocks;
  treatRecord(reader, {
    mode: 'sync',
    seed: 'survey',
    lead: 0,
    operatorDelayS: 0.37,
    energyJ: 1,
    cprS: undefined,
    maxShocks: Infinity,
    toS: Infinity,
    onEvent: (event) => {
      if (event.type === 'aborted') survey.aborted++;
      if (event.type !== 'shock') return;
      survey.shocks++;
      if (!event.synchronized) survey.asynchronous++;
      survey.boxDelays.push(event.rToShockMs);
      if (r.length === 0) return;
      const ms = delayAfter(r, event.sample, fs);
      survey.referenceDelays.push(ms);
      if (!(ms <= LATE_MS))
        survey.late.push(`${basename(path)} ${event.t.toFixed(2)} s: ${ms.toFixed(0)} ms`);
    },
  });
  reader.close();
  survey.records++;
  if (survey.shocks > before) survey.withShock++;
}

function quantile(values: readonly number[], q: number): string {
  if (values.length === 0) return '-';
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))].toFixed(1);
}

function report(folder: string, s: Survey): string {
  const line = (name: string, v: readonly number[]): string =>
    `  ${name.padEnd(22)} n ${v.length}, median ${quantile(v, 0.5)}, 99.9 % ${quantile(v, 0.999)}, max ${quantile(v, 1)} ms`;
  const late = s.referenceDelays.filter((ms) => !(ms <= LATE_MS)).length;
  const onT = s.referenceDelays.filter((ms) => ms >= 160 && ms <= 360).length;
  return [
    `${folder}: ${s.records} records, ${s.withShock} with a delivery; ${s.shocks} deliveries, ${s.asynchronous} asynchronous, ${s.aborted} waits without R`,
    line('R to shock, box', s.boxDelays),
    line('R to shock, reference', s.referenceDelays),
    `  later than ${LATE_MS} ms after a reference R: ${late}, of them 160-360 ms (T wave): ${onT}`,
    ...s.late.map((text) => `    ${text}`),
  ].join('\n');
}

function main(folders: readonly string[]): void {
  if (folders.length === 0) throw new UsageError('expected folders with a RECORDS file');
  for (const folder of folders) {
    const survey: Survey = {
      records: 0,
      withShock: 0,
      shocks: 0,
      asynchronous: 0,
      aborted: 0,
      boxDelays: [],
      referenceDelays: [],
      late: [],
    };
    const beats = !/cudb|vfdb/.test(folder);
    for (const path of recordPaths(folder)) surveyRecord(path, survey, beats);
    console.log(report(basename(folder), survey));
  }
}

main(process.argv.slice(2));
