/**
 * A recording is the patient: front end, cable, analysis, charge and delivery run their whole path on a simulated clock.
 */
import { Box } from '../../firmware-sim/box.ts';
import { profileByName } from '../../firmware-sim/profiles/index.ts';
import { RecordPatient } from '../../signals/patient/record-patient.ts';
import type { Language } from '../control/prompts/index.ts';
import type { RecordReader } from '../core/record.ts';
import { Rng } from '../core/rng.ts';
import type { SessionEvent, TherapyMode } from '../core/session-events.ts';
import type { Joules, Microseconds } from '../core/units.ts';
import { Session } from '../session/session.ts';
import type { OperatorOptions } from './treat-operator.ts';
import { ScriptedOperator } from './treat-operator.ts';
import { Rig } from './treat-rig.ts';

export interface TreatOptions {
  mode: 'aed' | 'sync';
  seed: string;
  lead: number;
  /** Of the prompts; English where it is left out. */
  language?: Language;
  operatorDelayS: number;
  energyJ: Joules | undefined;
  cprS: number | undefined;
  maxShocks: number;
  /** Stops there; Infinity: at the end of the recording. */
  toS: number;
  onEvent: (event: SessionEvent) => void;
}

/** After the last sample: what is under way still arrives. */
const TAIL_US: Microseconds = 100_000;
const WIRE_GAIN_MOST = 65_535;
/** Of a record whose gain the wire cannot carry. */
const GAIN_DEFAULT = 200;

function frontEndFor(reader: RecordReader, lead: number): { adcGain: number; rangeMv: number } {
  const gain = Math.round(reader.header.signals[lead].adcGain);
  const adcGain = gain >= 1 && gain <= WIRE_GAIN_MOST ? gain : GAIN_DEFAULT;
  // One more than the largest count: nothing of the recording is cut off.
  return { adcGain, rangeMv: 32_768 / adcGain };
}

/** Runs the whole record; returns the shocks that reached the patient. */
export function treatRecord(reader: RecordReader, options: TreatOptions): number {
  const { mode, lead, energyJ, cprS } = options;
  const rng = new Rng(options.seed);
  const patient = new RecordPatient(reader, { lead });
  const box = new Box({
    profile: profileByName('als'),
    patient,
    rng: rng.fork('box'),
    frontEnd: frontEndFor(reader, lead),
  });
  const sessionMode: TherapyMode = mode === 'aed' ? 'aed' : 'manual';
  const session = new Session({
    mode: sessionMode,
    rng: rng.fork('session'),
    ...(options.language === undefined ? {} : { language: options.language }),
    ...(energyJ === undefined ? {} : { aedEnergiesJ: [energyJ] }),
    ...(cprS === undefined ? {} : { cprMs: cprS * 1000 }),
  });
  const operatorOptions: OperatorOptions = {
    mode,
    delayUs: options.operatorDelayS * 1e6,
    energyJ,
    maxShocks: options.maxShocks,
  };
  const operator = new ScriptedOperator(session, operatorOptions);
  session.onEvent = (event) => {
    if (event.type === 'shock') operator.shocks++;
    options.onEvent(event);
  };
  const rig = new Rig(box, session);
  rig.actors.push(operator);
  session.opened(0);
  rig.run(options.toS * 1e6, () => box.bench.patientEnded);
  rig.run(rig.clock.now + TAIL_US);
  return patient.shocks.length;
}
