/**
 * Carries out what comes over the bench channel: the hands on patient, pads, battery and faults of one simulated box.
 */
import { BENCH_FAULTS } from '../../../firmware-sim/bench.ts';
import { ARTIFACT_NAMES } from '../../../signals/artifacts/index.ts';
import { RHYTHM_NAMES } from '../../../signals/rhythms/index.ts';
import { SimPatient } from '../../../signals/patient/sim-patient.ts';
import { WavePatient } from '../../../signals/patient/wave-patient.ts';
import { UsageError } from '../../core/errors.ts';
import type { BenchAnswerOf, BenchRequest } from '../../protocol/bench-messages.ts';
import type { Bedside } from './bedside.ts';

/** Samples a second of a drawn shock: its trapezoid sum keeps the energy to 1e-5. */
const METER_HZ = 20_000;

export interface DeskOptions {
  model: string;
  seed: string;
  bedside: () => Bedside;
  /** Another patient; the box starts anew. */
  loadRecord: (path: string, fromS: number) => void;
  /** A test wave, or the simulated patient again; the box starts anew. */
  playWave: (wave: string | undefined) => void;
  setCableFaults: (spec: string) => void;
  unplug: (ms: number | undefined) => void;
  nowUs: () => number;
}

export class BenchDesk {
  private readonly options: DeskOptions;

  constructor(options: DeskOptions) {
    this.options = options;
  }

  /** The answer next to `id` and `ok`. Throws UsageError for what cannot be done. */
  do(request: BenchRequest): object {
    const { bench } = this.options.bedside().box;
    switch (request.do) {
      case 'getInfo':
        return this.info();
      case 'getState':
        return this.state();
      case 'getShock':
        return this.shock(request.hz);
      case 'setRhythm':
        this.setRhythm(request.rhythm, request.ratePerMin);
        break;
      case 'setArtifact':
        this.setArtifact(request.artifact, request.levelMv);
        break;
      case 'loadRecord':
        this.options.loadRecord(request.path, request.from ?? 0);
        break;
      case 'setWave':
        this.options.playWave(request.wave);
        break;
      case 'setLead':
        bench.setLead(request.lead, request.on);
        break;
      case 'setSensor':
        bench.setSensor(request.sensor, request.on);
        break;
      case 'setPads':
        bench.setPads(request.on);
        break;
      case 'setLoadOhm':
        bench.setLoadOhm(request.ohm);
        break;
      case 'setBattery':
        if (request.ageing !== undefined) bench.setBatteryAgeing(request.ageing);
        bench.setBattery(request.percent);
        break;
      case 'setFault':
        bench.setFault(request.fault, request.on);
        break;
      case 'setCableFaults':
        this.options.setCableFaults(request.spec);
        break;
      case 'unplug':
        this.options.unplug(request.ms);
        break;
    }
    return {};
  }

  private info(): BenchAnswerOf<'getInfo'> {
    const { box, patient } = this.options.bedside();
    return {
      model: this.options.model,
      protocol: 'DSP/1',
      simulated: true,
      seed: this.options.seed,
      rhythms: patient instanceof SimPatient ? RHYTHM_NAMES : [],
      artifacts: ARTIFACT_NAMES,
      faults: BENCH_FAULTS,
      leads: box.bench.leads,
    };
  }

  private state(): BenchAnswerOf<'getState'> {
    const { box, patient } = this.options.bedside();
    const { bench } = box;
    return {
      tUs: this.options.nowUs(),
      state: bench.state,
      capV: bench.capacitorV,
      capJ: bench.capacitorJ,
      dumpRelay: bench.dumpRelayOn,
      loadOhm: bench.loadOhm,
      shocks: bench.shocks,
      rhythm: playedBy(patient),
      position: bench.position,
      receivedJ: bench.receivedJ,
    };
  }

  private shock(hz = METER_HZ): BenchAnswerOf<'getShock'> {
    if (!(hz >= 1000 && hz <= 100_000)) throw new UsageError(`hz: expected 1000..100000, found ${hz}`);
    const { bench } = this.options.bedside().box;
    const trace = bench.lastShot?.trace(hz);
    const list = (values: Float64Array | undefined): number[] => [...(values ?? [])].map(fourPlaces);
    return {
      shocks: bench.shocks,
      tMs: list(trace?.tMs),
      volts: list(trace?.volts),
      amps: list(trace?.amps),
    };
  }

  private setArtifact(artifact: string, levelMv: number | undefined): void {
    const { patient } = this.options.bedside();
    if (patient instanceof WavePatient) {
      throw new UsageError('a test wave plays the patient: it takes no artifacts');
    }
    patient.setArtifact(artifact, levelMv);
  }

  private setRhythm(rhythm: string, ratePerMin?: number): void {
    const { patient } = this.options.bedside();
    if (!(patient instanceof SimPatient)) {
      throw new UsageError(`a ${playedBy(patient)} plays the patient: its rhythm cannot be set`);
    }
    patient.setRhythm(rhythm, ratePerMin);
  }
}

function playedBy(patient: Bedside['patient']): string {
  if (patient instanceof SimPatient) return patient.rhythm;
  return patient instanceof WavePatient ? 'wave' : 'record';
}

/** The wire is text: 0.1 mV of a shock is enough. */
function fourPlaces(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
