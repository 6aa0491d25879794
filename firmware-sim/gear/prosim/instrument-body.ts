/**
 * The vital signs that a patient simulator is set to, as the box's sensors see them. They beat with its ECG: in fibrillation
 * nothing pulsates, whatever is set.
 *
 * The box sees breathing by its CO2 sensor only, and a ProSim has no gas: the breaths of RESPRATE come as a plateau of 38 mmHg.
 */
import type { Body, BodyVitals } from '../../../signals/patient/patient.ts';
import type { PlayedPatient } from '../played-patient.ts';

const ETCO2_MMHG = 38;
/** Share of a breath without CO2. */
const INSPIRATION = 0.4;
/** Pulse amplitude at which the pleth of our patient is drawn, %. */
const USUAL_PERFUSION_PCT = 2;

export class InstrumentBody implements Body {
  readonly compressionMm = 0;
  readonly compressionsPerMin = 0;
  temperatureC = 37;
  spo2Pct = 97;
  perfusionPct = USUAL_PERFUSION_PCT;
  systolicMmHg = 120;
  diastolicMmHg = 80;
  nibpRuns = true;
  respRuns = true;
  apnea = false;
  respPerMin = 20;
  private readonly patient: PlayedPatient;

  constructor(patient: PlayedPatient) {
    this.patient = patient;
  }

  get pleth(): number {
    return this.patient.pleth * Math.min(1, this.perfusionPct / USUAL_PERFUSION_PCT);
  }

  get breathsPerMin(): number {
    return this.respRuns && !this.apnea ? this.respPerMin : 0;
  }

  get co2MmHg(): number {
    const breath = ((this.patient.position / this.patient.fs) * this.breathsPerMin) / 60;
    return this.breathsPerMin > 0 && breath % 1 >= INSPIRATION ? ETCO2_MMHG : 0;
  }

  vitals(): BodyVitals {
    const { pulsePerMin } = this.patient;
    const cuffFinds = this.nibpRuns && pulsePerMin > 0;
    return {
      pulsePerMin,
      systolicMmHg: cuffFinds ? this.systolicMmHg : 0,
      diastolicMmHg: cuffFinds ? this.diastolicMmHg : 0,
      spo2Percent: this.spo2Pct,
      etco2MmHg: this.breathsPerMin > 0 ? ETCO2_MMHG : 0,
      breathsPerMin: this.breathsPerMin,
    };
  }
}
