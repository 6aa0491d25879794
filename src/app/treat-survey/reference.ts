/** What the annotator says of one record of the survey: R waves with their class, rhythm, stretches of VF. */
import { readAnnotations } from '../../../signals/formats/index.ts';
import { isQrs } from '../../core/annotations.ts';
import type { Hertz, SampleIndex } from '../../core/units.ts';
import { aamiClass } from '../../score/aami.ts';
import { rhythmIn, rhythmSpans } from '../../score/advice-reference.ts';
import { rToShock } from '../../score/r-to-shock.ts';
import type { Delivery } from './report.ts';

/** A record with so few annotated beats has none. */
const ANNOTATED = 20;
const FIBRILLATION: readonly string[] = ['VF', 'VFL'];

export interface Stretch {
  from: SampleIndex;
  to: SampleIndex;
}

export class Reference {
  /** VF and flutter that follow each other are one stretch. */
  readonly vf: readonly Stretch[];
  private readonly fs: Hertz;
  private readonly rs: readonly SampleIndex[];
  private readonly classes: readonly string[];
  private readonly spans: ReturnType<typeof rhythmSpans>;

  constructor(path: string, fs: Hertz, length: SampleIndex) {
    const marks = readAnnotations(`${path}.atr`);
    const beats = marks.filter((a) => isQrs(a.code));
    const known = beats.length >= ANNOTATED ? beats : [];
    this.fs = fs;
    this.rs = known.map((a) => a.sample);
    this.classes = known.map((a) => aamiClass(a.code));
    this.spans = rhythmSpans(marks, length);
    this.vf = stretches(this.spans.filter(({ rhythm }) => FIBRILLATION.includes(rhythm)));
  }

  delivery(sample: SampleIndex, boxMs: number): Delivery {
    const { rhythm } = rhythmIn(this.spans, sample, sample + 1);
    if (this.rs.length === 0)
      return { boxMs, ms: NaN, placed: 'unknown', onT: false, rhythm, beatClass: '-' };
    const { placed, r, ms, onT } = rToShock(this.rs, sample, this.fs);
    return { boxMs, ms, placed, onT, rhythm, beatClass: r < 0 ? '-' : this.classes[r] };
  }

  /** Number of the stretch of VF that holds the sample, -1 outside. */
  vfAt(sample: SampleIndex): number {
    return this.vf.findIndex(({ from, to }) => sample >= from && sample < to);
  }
}

function stretches(spans: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const { from, to } of spans) {
    const last = all.at(-1);
    if (last?.to === from) last.to = to;
    else all.push({ from, to });
  }
  return all;
}
