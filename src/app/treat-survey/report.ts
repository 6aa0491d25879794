/** The survey of synchronized shocks as text: how late by class and rhythm, how many on T, how often in VF. */

export interface Delivery {
  /** By the box's clock, ms. */
  boxMs: number;
  /** From the newest reference R; NaN where no beats are annotated. */
  afterRMs: number;
  rhythm: string;
  /** N S V F Q of that R, or '-'. */
  beatClass: string;
}

export interface Survey {
  records: number;
  withShock: number;
  asynchronous: number;
  aborted: number;
  deliveries: (Delivery & { where: string })[];
  /** Records with VF in their marks, those with a delivery in it, and all deliveries in VF. */
  vfRecords: number;
  vfWithShock: number;
  inVf: number;
}

export function emptySurvey(): Survey {
  const counts = { records: 0, withShock: 0, asynchronous: 0, aborted: 0, vfRecords: 0, vfWithShock: 0 };
  return { ...counts, inVf: 0, deliveries: [] };
}

const LATE_MS = 60;
const T_WAVE = { fromMs: 160, toMs: 360 } as const;
/** Upper ends of the histogram's columns, ms after the reference R. */
const COLUMNS = [-20, -10, 0, 10, 20, 30, 40, 60, 160, 360, Infinity] as const;

function quantile(values: readonly number[], q: number): string {
  if (values.length === 0) return '-';
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))].toFixed(1);
}

const share = (part: number, all: number): string =>
  all === 0 ? '-' : `${((100 * part) / all).toFixed(2)} %`;

/** One line of the histogram. */
function row(name: string, delays: readonly number[]): string {
  const counts = COLUMNS.map((to, k) => {
    const from = k === 0 ? -Infinity : COLUMNS[k - 1];
    return delays.filter((ms) => ms > from && ms <= to).length;
  });
  const late = delays.filter((ms) => ms > LATE_MS).length;
  const onT = delays.filter((ms) => ms >= T_WAVE.fromMs && ms <= T_WAVE.toMs).length;
  const cells = [
    delays.length,
    ...counts,
    quantile(delays, 0.5),
    quantile(delays, 0.999),
    `${late} (${share(late, delays.length)})`,
    onT,
  ];
  return [name.padEnd(5), ...cells.map((c) => String(c).padStart(7))].join(' ');
}

/** R to shock by class of the beat it followed; 'AF' is every beat in atrial fibrillation again. */
function histogram(deliveries: readonly Delivery[]): string[] {
  const known = deliveries.filter((d) => !Number.isNaN(d.afterRMs));
  if (known.length === 0) return ['no beats are annotated: no time from a reference R'];
  const head = [
    'class',
    'n',
    ...COLUMNS.map((to) => (to === Infinity ? 'more' : `<=${to}`)),
    'median',
    '99.9 %',
    'late',
    'on T',
  ];
  const classes = ['N', 'S', 'V', 'F', 'Q'].filter((c) => known.some((d) => d.beatClass === c));
  const of = (test: (d: Delivery) => boolean): number[] => known.filter(test).map((d) => d.afterRMs);
  const rows = classes.map((c) =>
    row(
      c,
      of((d) => d.beatClass === c),
    ),
  );
  const all = [
    ...rows,
    row(
      'AF',
      of((d) => d.rhythm === 'AFIB'),
    ),
    row(
      'all',
      of(() => true),
    ),
  ];
  return [
    'ms from the reference R to the shock:',
    head.map((h, k) => (k === 0 ? h : h.padStart(7))).join(' '),
    ...all,
  ];
}

function late(deliveries: Survey['deliveries']): string[] {
  return deliveries
    .filter((d) => d.afterRMs > LATE_MS)
    .map((d) => `late: ${d.where}: ${d.afterRMs.toFixed(0)} ms after ${d.beatClass}, ${d.rhythm}`);
}

export function report(folder: string, s: Survey, everything: boolean): string {
  const box = s.deliveries.map((d) => d.boxMs);
  const vf = `SYNC delivered during VF in ${s.vfWithShock} of ${s.vfRecords} records with VF (${share(s.vfWithShock, s.vfRecords)}), ${s.inVf} deliveries`;
  const lines = [
    `${s.records} records, ${s.withShock} with a delivery; ${s.deliveries.length} deliveries, ${s.asynchronous} asynchronous; ${s.aborted} waits ended without R`,
    `R to shock by the box's clock: median ${quantile(box, 0.5)}, 99.9 % ${quantile(box, 0.999)}, most ${quantile(box, 1)} ms`,
    ...histogram(s.deliveries),
    ...(s.vfRecords > 0 ? [vf] : []),
    ...(everything ? late(s.deliveries) : []),
  ];
  return [folder, ...lines.map((line) => `  ${line}`)].join('\n');
}
