/**
 * From the heart's vector in the frontal plane (x left, y down) to the leads.
 *
 *   I = x,   II = x cos 60 + y sin 60,   III = II - I (Einthoven),   pads: apex against right shoulder, 50 degrees, nearer
 */
export const PATIENT_LEADS = ['pads', 'I', 'II', 'III'] as const;

const COS_60 = 0.5;
const SIN_60 = Math.sqrt(3) / 2;
const PADS_GAIN = 1.2;
const PADS_X = PADS_GAIN * Math.cos((50 * Math.PI) / 180);
const PADS_Y = PADS_GAIN * Math.sin((50 * Math.PI) / 180);

/** Writes pads, I and II from `from` on; III follows when everything else is on them. */
export function project(
  x: Float64Array,
  y: Float64Array,
  out: readonly Float64Array[],
  from: number,
  n: number,
): void {
  const [pads, one, two] = out;
  for (let i = 0; i < n; i++) {
    pads[from + i] = PADS_X * x[i] + PADS_Y * y[i];
    one[from + i] = x[i];
    two[from + i] = COS_60 * x[i] + SIN_60 * y[i];
  }
}

export function deriveIII(out: readonly Float64Array[], from: number, n: number): void {
  const [, one, two, three] = out;
  for (let i = from; i < from + n; i++) three[i] = two[i] - one[i];
}
