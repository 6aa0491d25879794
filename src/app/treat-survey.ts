/**
 * Synchronized shocks over whole folders of recordings, through the whole path: `npm run survey -- FOLDER...`.
 *
 * The scripted operator cardioverts again and again. For each delivery: time from the box's own R (its clock) and from the
 * nearest reference R of the record (sample clock, annotator atr; counted as src/score/r-to-shock.ts says), by class of the
 * beat and by rhythm. In folders with VF in their marks: in how many stretches of it SYNC delivered, and how many waits ended
 * without an R. With --all each delivery that is not within 60 ms of an R is listed.
 */
import { basename } from 'node:path';
import { openRecord, recordPaths } from '../../signals/formats/index.ts';
import { EXIT, RwaveError, UsageError } from '../core/errors.ts';
import type { SessionEvent } from '../core/session-events.ts';
import type { Hertz } from '../core/units.ts';
import { Reference } from './treat-survey/reference.ts';
import type { Survey } from './treat-survey/report.ts';
import { emptySurvey, report } from './treat-survey/report.ts';
import { treatRecord } from './treat-run.ts';

/** What happens to one record, counted. */
class Tally {
  private readonly survey: Survey;
  private readonly name: string;
  private readonly fs: Hertz;
  private readonly reference: Reference;
  private readonly shocked = new Set<number>();
  private shocks = 0;

  constructor(survey: Survey, name: string, fs: Hertz, reference: Reference) {
    this.survey = survey;
    this.name = name;
    this.fs = fs;
    this.reference = reference;
  }

  hear(event: SessionEvent): void {
    const { survey, reference, fs } = this;
    if (event.type === 'aborted' && event.why === 'noRWave') {
      survey.noR++;
      if (reference.vfAt(event.t * fs) >= 0) survey.vf.noR++;
    }
    if (event.type !== 'shock') return;
    this.shocks++;
    if (!event.synchronized) survey.asynchronous++;
    const where = `${this.name} ${event.t.toFixed(2)} s`;
    survey.deliveries.push({ ...reference.delivery(event.sample, event.rToShockMs), where });
    const stretch = reference.vfAt(event.sample);
    if (stretch < 0) return;
    survey.vf.deliveries++;
    this.shocked.add(stretch);
  }

  end(): void {
    const { survey, reference, fs, shocked } = this;
    const { vf } = reference;
    survey.records++;
    if (this.shocks > 0) survey.withShock++;
    if (vf.length === 0) return;
    survey.vf.records++;
    if (shocked.size > 0) survey.vf.withShock++;
    survey.vf.stretches += vf.length;
    survey.vf.stretchesWithShock += shocked.size;
    for (const { from, to } of vf) survey.vf.seconds += (to - from) / fs;
  }
}

function surveyRecord(path: string, survey: Survey): void {
  const reader = openRecord(path);
  const { fs, length = Infinity } = reader.header;
  const tally = new Tally(survey, basename(path), fs, new Reference(path, fs, length));
  treatRecord(reader, {
    mode: 'sync',
    seed: 'survey',
    lead: 0,
    operatorDelayS: 0.37,
    energyJ: 1,
    cprS: undefined,
    maxShocks: Infinity,
    toS: Infinity,
    onEvent: (event) => tally.hear(event),
  });
  reader.close();
  tally.end();
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
