/** A simulated box with the patient who is on it, made from a few options: the same options, the same box. */
import { Box } from '../../../firmware-sim/box.ts';
import { profileByName } from '../../../firmware-sim/profiles/index.ts';
import { openRecord } from '../../../signals/formats/index.ts';
import { RecordPatient } from '../../../signals/patient/record-patient.ts';
import { SimPatient } from '../../../signals/patient/sim-patient.ts';
import { WavePatient } from '../../../signals/patient/wave-patient.ts';
import { testWaveByName } from '../../../signals/patient/waves/index.ts';
import type { Rng } from '../../core/rng.ts';

export interface Bedside {
  box: Box;
  patient: SimPatient | RecordPatient | WavePatient;
}

export interface BoxOptions {
  seed: number;
  profile: string;
  rhythm: string;
  record?: string;
  /** A test wave plays the patient. */
  wave?: string;
  lead?: number;
  /** Samples a second of a simulated patient; a recording has its own. */
  fs?: number;
  /** The line takes everything at once, also after SET_BAUD. */
  raw?: true;
}

/** The same box with a test wave on its leads, or with the simulated patient. */
export function playing(options: BoxOptions, wave: string | undefined): BoxOptions {
  const { profile, seed, rhythm, fs } = options;
  return { profile, seed, rhythm, ...(fs !== undefined && { fs }), ...(wave !== undefined && { wave }) };
}

/** The n-th box of a run (1 at the start; each loaded recording makes another). */
export function bedsideOf(options: BoxOptions, rng: Rng, n: number, fromS = 0): Bedside {
  const dice = rng.fork(`bedside.${n}`);
  const patient = patientOf(options, dice, fromS);
  const profile = profileByName(options.profile);
  const raw = options.raw && { rawLine: true };
  return { patient, box: new Box({ profile, patient, rng: dice.fork('box'), ...raw }) };
}

function patientOf(options: BoxOptions, dice: Rng, fromS: number): Bedside['patient'] {
  const { rhythm, record, wave, lead, fs } = options;
  if (wave !== undefined) return new WavePatient(testWaveByName(wave), fs);
  if (record !== undefined) return recordPatient(record, lead, fromS);
  return new SimPatient({ rhythm, rng: dice.fork('patient'), ...(fs !== undefined && { fs }) });
}

function recordPatient(record: string, lead: number | undefined, fromS: number): RecordPatient {
  const reader = openRecord(record);
  if (fromS > 0) reader.seek(Math.round(fromS * reader.header.fs));
  return new RecordPatient(reader, lead === undefined ? {} : { lead });
}
