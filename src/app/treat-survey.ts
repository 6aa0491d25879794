/**
 * Synchronized shocks over whole folders of recordings, through the whole path: `npm run survey -- FOLDER...`.
 *
 * The scripted operator cardioverts again and again. For each delivery: time from the box's own R (its clock) and from the
 * reference R of the record (sample clock, annotator atr); how many came later than 60 ms, or into the T wave (160-360 ms
 * after R), by class of the beat and in AF. In folders with rhythm marks (vfdb, cudb) the share of records with VF in which
 * SYNC delivered during VF. Without --all nothing is listed one by one.
 */
import { basename } from 'node:path';
import { openRecord, readAnnotations, recordPaths } from '../../signals/formats/index.ts';
import { isQrs } from '../core/annotations.ts';
import { EXIT, RwaveError, UsageError } from '../core/errors.ts';
import { aamiClass } from '../score/aami.ts';
import { rhythmIn, rhythmSpans } from '../score/advice-reference.ts';
import type { Delivery, Survey } from './treat-survey/report.ts';
import { emptySurvey, report } from './treat-survey/report.ts';
import { treatRecord } from './treat-run.ts';

/** A record with so few annotated beats has none. */
const ANNOTATED = 20;
/** A trigger may come before the annotated peak: the mark of this beat, not of the one before. */
const EARLY_MS = 50;

/** What the annotator says of one record. */
class Reference {
  private readonly fs: number;
  private readonly beats: { sample: number; beatClass: string }[];
  private readonly spans: ReturnType<typeof rhythmSpans>;

  constructor(path: string, fs: number, length: number) {
    const marks = readAnnotations(`${path}.atr`);
    const beats = marks.filter((a) => isQrs(a.code));
    this.fs = fs;
    this.beats = beats.map(({ sample, code }) => ({ sample, beatClass: aamiClass(code) }));
    if (this.beats.length < ANNOTATED) this.beats = [];
    this.spans = rhythmSpans(marks, length);
  }

  get hasVf(): boolean {
    return this.spans.some(({ rhythm }) => rhythm === 'VF' || rhythm === 'VFL');
  }

  delivery(sample: number, boxMs: number): Delivery {
    const { rhythm } = rhythmIn(this.spans, sample, sample + 1);
    const latest = sample + (EARLY_MS * this.fs) / 1000;
    const beat = this.beats.findLast((b) => b.sample <= latest);
    const afterRMs = beat === undefined ? NaN : ((sample - beat.sample) * 1000) / this.fs;
    return { boxMs, afterRMs, rhythm, beatClass: beat?.beatClass ?? '-' };
  }
}

function surveyRecord(path: string, survey: Survey): void {
  const reader = openRecord(path);
  const { fs } = reader.header;
  const reference = new Reference(path, fs, reader.header.length ?? Infinity);
  const name = basename(path);
  let [shocks, inVf] = [0, 0];
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
      shocks++;
      if (!event.synchronized) survey.asynchronous++;
      const delivery = reference.delivery(event.sample, event.rToShockMs);
      if (delivery.rhythm === 'VF' || delivery.rhythm === 'VFL') inVf++;
      survey.deliveries.push({ ...delivery, where: `${name} ${event.t.toFixed(2)} s` });
    },
  });
  reader.close();
  survey.records++;
  if (shocks > 0) survey.withShock++;
  if (!reference.hasVf) return;
  survey.vfRecords++;
  if (inVf > 0) survey.vfWithShock++;
  survey.inVf += inVf;
}

function main(args: readonly string[]): void {
  const folders = args.filter((a) => !a.startsWith('--'));
  const wrong = args.find((a) => a.startsWith('--') && a !== '--all');
  if (wrong !== undefined) throw new UsageError(`expected --all or folders, found "${wrong}"`);
  if (folders.length === 0) throw new UsageError('expected folders with a RECORDS file, found none');
  for (const folder of folders) {
    const survey = emptySurvey();
    const paths = recordPaths(folder);
    paths.forEach((path, k) => {
      process.stderr.write(`${k + 1} of ${paths.length} ${basename(path)}\n`);
      surveyRecord(path, survey);
    });
    console.log(report(basename(folder), survey, args.includes('--all')));
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof RwaveError)) throw error;
  process.stderr.write(`survey: ${error.message}\n`);
  process.exitCode = error.exitCode === EXIT.ok ? EXIT.usage : error.exitCode;
}
