/** A simulated box with the patient who is on it, made from a few options: the same options, the same box. */
import { Box } from '../../../firmware-sim/box.ts';
import { profileByName } from '../../../firmware-sim/profiles/index.ts';
import { openRecord } from '../../../signals/formats/index.ts';
import { RecordPatient } from '../../../signals/patient/record-patient.ts';
import { SimPatient } from '../../../signals/patient/sim-patient.ts';
import type { Rng } from '../../core/rng.ts';

export interface Bedside {
  box: Box;
  patient: SimPatient | RecordPatient;
}

export interface BoxOptions {
  seed: number;
  profile: string;
  rhythm: string;
  record?: string;
  lead?: number;
  /** Samples a second of a simulated patient; a recording has its own. */
  fs?: number;
}

/** The n-th box of a run (1 at the start; each loaded recording makes another). */
export function bedsideOf(options: BoxOptions, rng: Rng, n: number, fromS = 0): Bedside {
  const { profile, rhythm, record, lead, fs } = options;
  const dice = rng.fork(`bedside.${n}`);
  const patient =
    record === undefined
      ? new SimPatient({ rhythm, rng: dice.fork('patient'), ...(fs !== undefined && { fs }) })
      : recordPatient(record, lead, fromS);
  return { patient, box: new Box({ profile: profileByName(profile), patient, rng: dice.fork('box') }) };
}

function recordPatient(record: string, lead: number | undefined, fromS: number): RecordPatient {
  const reader = openRecord(record);
  if (fromS > 0) reader.seek(Math.round(fromS * reader.header.fs));
  return new RecordPatient(reader, lead === undefined ? {} : { lead });
}
