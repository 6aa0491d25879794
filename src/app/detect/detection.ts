/**
 * The detector on one record, a stretch at a time: beats for an annotation file, and both streams as JSON lines in the order
 * in which they were decided. Memory: the beats (9 bytes each) and the text of one stretch.
 */
import { basename } from 'node:path';
import { CODE } from '../../core/annotations.ts';
import { type BeatClass, emptyBeat, emptyRWave } from '../../core/beat.ts';
import { RecordError, UsageError } from '../../core/errors.ts';
import type { RecordReader } from '../../core/record.ts';
import { samplesToMs } from '../../core/units.ts';
import { adult, child, newborn, QrsDetector } from '../../detect/index.ts';
import { BeatLog } from './beat-log.ts';
import { LeadNews } from './lead-news.ts';

export const PROFILES = { adult, child, newborn } as const;
const CODE_OF: Readonly<Record<BeatClass, number>> = {
  N: CODE.NORMAL,
  V: CODE.PVC,
  S: CODE.SVPB,
  Q: CODE.UNKNOWN,
};
/** What a signal's unit is in mV; a unit that is not listed is taken as it stands. */
const MV_PER_UNIT: Readonly<Partial<Record<string, number>>> = { uV: 1e-3, µV: 1e-3, V: 1e3 };
/** What the detector takes (qrs-detector.ts). */
const FS_MIN = 100;
const FS_MAX = 5000;
const CHUNK = 1024;
/** A stretch: six minutes at 360 Hz, some milliseconds of work. */
const STRETCH = 128 * CHUNK;

export interface DetectionOptions {
  lead: number;
  /** Seconds; `to` is not included, Infinity is the end. */
  from: number;
  to: number;
  profile: keyof typeof PROFILES;
  /** JSON lines are wanted. */
  json: boolean;
  /** Among them what is wrong with the lead. */
  quality: boolean;
}

export class Detection {
  readonly log: BeatLog;
  private readonly reader: RecordReader;
  private readonly detector: QrsDetector;
  private readonly isPrinting: boolean;
  private readonly record: string;
  private readonly leads: readonly number[];
  private readonly end: number;
  private readonly mv: number;
  private readonly samples = [new Float64Array(CHUNK)];
  private readonly beat = emptyBeat();
  private readonly rWave = emptyRWave();
  private readonly news: LeadNews | undefined;
  /** Of the trigger before. */
  private lastSync = NaN;
  private text = '';

  constructor(path: string, reader: RecordReader, options: DetectionOptions) {
    const { fs, signals, length = Infinity } = reader.header;
    const { lead } = options;
    checkRecord(path, reader, lead);
    const first = Math.round(options.from * fs);
    this.end = Math.min(Math.round(options.to * fs), length);
    if (first >= this.end) throw new UsageError(`--from: ${path} ends before ${options.from} s`);
    reader.seek(first);
    this.reader = reader;
    this.leads = [lead];
    this.mv = MV_PER_UNIT[signals[lead].units] ?? 1;
    this.record = basename(path);
    this.isPrinting = options.json;
    this.log = new BeatLog(lead);
    this.detector = new QrsDetector({ fs, profile: PROFILES[options.profile] });
    this.detector.reset(first);
    if (options.json && options.quality)
      this.news = new LeadNews(fs, signals[lead], this.mv, (type, fields) => this.print(type, fields));
  }

  /** Works through one stretch; false when it was the last. */
  advance(): boolean {
    const { reader, detector, leads, samples, mv } = this;
    const stop = Math.min(this.end, reader.position + STRETCH);
    while (reader.position < stop) {
      const n = reader.read(leads, samples, Math.min(CHUNK, stop - reader.position));
      if (n === 0) break;
      if (mv !== 1) for (let i = 0; i < n; i++) samples[0][i] *= mv;
      detector.process(samples[0], n);
      this.news?.take(samples[0], n, reader.position - n, detector.input);
      this.drain();
    }
    if (reader.position === stop && stop < this.end) return true;
    detector.flush();
    this.drain();
    return false;
  }

  /** The JSON lines since the last call. */
  takeText(): string {
    const { text } = this;
    this.text = '';
    return text;
  }

  /** Both streams in one order: that in which they were decided. */
  private drain(): void {
    const { detector, beat, rWave } = this;
    let [hasSync, hasBeat] = [false, false];
    for (;;) {
      hasSync ||= this.isPrinting && detector.syncs.take(rWave);
      hasBeat ||= detector.beats.take(beat);
      if (!hasSync && !hasBeat) return;
      if (hasSync && (!hasBeat || rWave.decidedAt <= beat.decidedAt)) {
        this.printSync();
        hasSync = false;
      } else {
        this.takeBeat();
        hasBeat = false;
      }
    }
  }

  /** The class is known a quarter of a second later, with the beat: null here. RR: from trigger to trigger. */
  private printSync(): void {
    const { sample, decidedAt, sure } = this.rWave;
    const rrMs = samplesToMs(sample - this.lastSync, this.reader.header.fs);
    this.lastSync = sample;
    this.print('sync', { sample, decidedAt, class: null, rrMs, sure });
  }

  private takeBeat(): void {
    const { sample, decidedAt, beatClass, rrMs } = this.beat;
    this.log.add(sample, CODE_OF[beatClass]);
    if (this.isPrinting) this.print('beat', { sample, decidedAt, class: beatClass, rrMs });
  }

  private print(type: 'beat' | 'sync' | 'quality' | 'mains' | 'pacePulse', fields: object): void {
    this.text += `${JSON.stringify({ record: this.record, lead: this.leads[0], type, ...fields })}\n`;
  }
}

function checkRecord(path: string, { header }: RecordReader, lead: number): void {
  const { fs, signals } = header;
  if (signals.length === 0) throw new RecordError(`${path}: expected a signal, found none`);
  if (lead >= signals.length)
    throw new UsageError(`--lead: ${path} has signals 0..${signals.length - 1}, found ${lead}`);
  if (!(fs >= FS_MIN && fs <= FS_MAX))
    throw new RecordError(`${path}: expected ${FS_MIN}..${FS_MAX} Hz, found ${fs} Hz`);
}
