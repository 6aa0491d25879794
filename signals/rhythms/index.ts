/** The registry of rhythms: one line each. What a page or a command offers is this list. */
import { UsageError } from '../../src/core/errors.ts';
import { af } from './af.ts';
import { arrest } from './arrest.ts';
import { asystole } from './asystole.ts';
import { block1, block2I, block2II, block3, lbbb, rbbb } from './blocks.ts';
import { bigeminy, couplets, pvcs, trigeminy, vtRuns } from './ectopy.ts';
import { agonal, idioventricular, junctional, paced, pea } from './escape.ts';
import { flutter } from './flutter.ts';
import type { Rhythm } from './rhythm.ts';
import { bradycardia, sinus, sinusArrhythmia, sinusFixed, tachycardia } from './sinus.ts';
import { standstill } from './standstill.ts';
import { svt } from './svt.ts';
import { torsades, vfl } from './oscillation.ts';
import { fineVf, vf } from './vf.ts';
import { pulselessVt, vt } from './vt.ts';

export const RHYTHMS: readonly Rhythm[] = [
  sinus,
  bradycardia,
  tachycardia,
  sinusArrhythmia,
  af,
  flutter,
  svt,
  pvcs,
  bigeminy,
  trigeminy,
  couplets,
  vtRuns,
  vt,
  pulselessVt,
  torsades,
  vfl,
  vf,
  fineVf,
  arrest,
  asystole,
  standstill,
  pea,
  agonal,
  idioventricular,
  junctional,
  block1,
  block2I,
  block2II,
  block3,
  lbbb,
  rbbb,
  paced,
  sinusFixed,
];

export const RHYTHM_NAMES: readonly string[] = RHYTHMS.map((r) => r.name);

export function rhythmByName(name: string): Rhythm {
  const rhythm = RHYTHMS.find((r) => r.name === name);
  if (!rhythm) throw new UsageError(`unknown rhythm "${name}": expected one of ${RHYTHM_NAMES.join(', ')}`);
  return rhythm;
}
