/** The registry of rhythms: one line each. What a page or a command offers is this list. */
import { UsageError } from '../../src/core/errors.ts';
import { af } from './af.ts';
import { asystole } from './asystole.ts';
import { bradycardia, sinus, tachycardia } from './sinus.ts';
import type { Rhythm } from './rhythm.ts';
import { fineVf, vf } from './vf.ts';
import { pulselessVt, vt } from './vt.ts';

export const RHYTHMS: readonly Rhythm[] = [
  sinus,
  bradycardia,
  tachycardia,
  af,
  vt,
  pulselessVt,
  vf,
  fineVf,
  asystole,
];

export const RHYTHM_NAMES: readonly string[] = RHYTHMS.map((r) => r.name);

export function rhythmByName(name: string): Rhythm {
  const rhythm = RHYTHMS.find((r) => r.name === name);
  if (!rhythm) throw new UsageError(`unknown rhythm "${name}": expected one of ${RHYTHM_NAMES.join(', ')}`);
  return rhythm;
}
