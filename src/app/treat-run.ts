/**
 * A recording is the patient: front end, cable, analysis, charge and delivery run their whole path on a simulated clock.
 */
import { Box } from '../../firmware-sim/box.ts';
import { FaultPlan } from '../../firmware-sim/fault-plan.ts';
import { profileByName } from '../../firmware-sim/profiles/index.ts';
import { RecordPatient } from '../../signals/patient/record-patient.ts';
import type { Language } from '../control/prompts/index.ts';
import type { Guideline } from '../core/guideline.ts';
import type { RecordReader } from '../core/record.ts';
import { Rng } from '../core/rng.ts';
import type { PatientType, SessionEvent, SessionWave, TherapyMode } from '../core/session-events.ts';
import type { Joules, Microseconds } from '../core/units.ts';
import { Session } from '../session/session.ts';
import { CableKit } from './cable/cable-kit.ts';
import { faultsOf } from './cable/cable-options.ts';
import type { CableFlags } from './cable/cable-options.ts';
import { kitPair, Replug } from './cable/replug.ts';
import type { OperatorOptions } from './treat-operator.ts';
import { ScriptedOperator } from './treat-operator.ts';
import { Rig } from './treat-rig.ts';

export interface TreatOptions {
  mode: 'aed' | 'sync';
  seed: string;
  lead: number;
  /** Of the prompts; English where it is left out. */
  language?: Language;
  /** Timings and energies; without one, as the maker of the model recommends. */
  guideline?: Guideline;
  operatorDelayS: number;
  energyJ: Joules | undefined;
  cprS: number | undefined;
  maxShocks: number;
  /** Stops there; Infinity: at the end of the recording. */
  toS: number;
  onEvent: (event: SessionEvent) => void;
  onWave?: (wave: SessionWave) => void;
  /** A child of this weight; an adult where it is left out. */
  patient?: PatientType;
  weightKg?: number;
  /** What goes wrong, and who writes down what passes. */
  cable?: CableFlags;
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

/** Box and session on a cable that is as bad as it was asked for, and plugged in again when it was pulled. */
function cabled(box: Box, session: Session, rng: Rng, flags?: CableFlags): { rig: Rig; kit: CableKit } {
  const spec = faultsOf(flags?.faults ?? '', { boxIsOurs: true });
  let clock = (): Microseconds => 0;
  const kit = new CableKit({ ...flags, near: 'host', spec, rng: rng.fork('cable'), now: () => clock() });
  const rig = new Rig(box, session, () => kitPair(kit));
  clock = () => rig.clock.now;
  rig.actors.push(new Replug(rig, kit));
  rig.actors.push(new FaultPlan(spec.timed ?? [], (fault, on) => box.bench.setFault(fault, on)));
  return { rig, kit };
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
    ...(options.guideline === undefined ? {} : { guideline: options.guideline }),
    ...(energyJ === undefined ? {} : { aedEnergiesJ: [energyJ] }),
    ...(cprS === undefined ? {} : { cprMs: cprS * 1000 }),
    ...(options.patient === undefined ? {} : { patient: options.patient }),
    ...(options.weightKg === undefined ? {} : { weightKg: options.weightKg }),
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
  if (options.onWave !== undefined) session.onWave = options.onWave;
  const { rig, kit } = cabled(box, session, rng, options.cable);
  rig.actors.push(operator);
  session.opened(0);
  rig.run(options.toS * 1e6, () => box.bench.patientEnded);
  rig.run(rig.clock.now + TAIL_US);
  kit.close();
  return patient.shocks.length;
}
