/**
 * The pump behind the electricity: pressure, pleth and CO2 from the same beats that the ECG shows. A beat without
 * ejection (PEA) leaves no trace here; compressions do.
 *
 *   pressure   each beat fills a vessel that empties with a time constant of 2 s: 120/80 at 75/min, falling in arrest
 *   pleth      the pulsating part of the pressure, about 0..1
 *   CO2        a plateau with every breath, as high as blood flow allows; a jump when circulation comes back
 *   SpO2       follows flow and breathing with a time constant of a minute
 *
 * Moves in steps of one tick (20 ms). Teaching values: right in order and direction, measured on nobody.
 */
import type { Body, BodyVitals } from './patient.ts';

export type Vitals = BodyVitals;

const STROKE_MMHG = 40;
const VENOUS_MMHG = 6;
const RUN_OFF_S = 2;
/** From R to the pulse at the finger, and how fast a stroke fills the vessel. */
const TRANSIT_S = 0.22;
const FILL_S = 0.05;
const PLETH_BASE_S = 1.5;
/** A beat that ejects less cannot be felt. */
const FELT = 0.15;
const PULSE_LOST_S = 3;
const COMPRESSION = { everyS: 60 / 110, ejection: 0.3, depthMm: 55 };
/** Beats times ejection a minute that count as full flow, and how slowly flow is judged. */
const FULL_FLOW_PER_MIN = 60;
const FLOW_S = 4;
const BREATHS_PER_MIN = 15;
/** Without flow the patient stops breathing after this. */
const GASPS_S = 40;
const CO2 = { fullMmHg: 38, leastMmHg: 5, washS: 15, overshootMmHg: 12, debtS: 60 };
const SPO2 = { full: 98, least: 45, tauS: 60 };
const PENDING = 16;

export class Circulation implements Body {
  temperatureC = 36.8;
  /** Now, as a transducer would show them. */
  pressureMmHg = 90;
  pleth = 0;
  co2MmHg = 0;
  /** Somebody ventilates him: breaths go on without flow. */
  ventilated = false;
  compressions = false;

  private readonly arrivesS = new Float64Array(PENDING).fill(Infinity);
  private readonly ejections = new Float64Array(PENDING);
  private filling = 0;
  private base = 95;
  private flow = 1;
  private spo2 = SPO2.full;
  private alveolar = CO2.fullMmHg;
  private noFlowS = 0;
  private debt = 0;
  private breath = 0;
  private lastTickS = 0;
  private lastPulseS = -Infinity;
  private pulseS = NaN;
  private nextCompressionS = 0;
  private high = 120;
  private low = 80;
  private highNow = 0;
  private lowNow = Infinity;

  beat(tS: number, ejection: number): void {
    if (ejection <= 0) return;
    let free = 0;
    for (let k = 1; k < PENDING; k++) if (this.arrivesS[k] > this.arrivesS[free]) free = k;
    this.arrivesS[free] = tS + TRANSIT_S;
    this.ejections[free] = ejection;
  }

  tick(tS: number): void {
    const dt = tS - this.lastTickS;
    if (dt <= 0) return;
    this.lastTickS = tS;
    this.compress(tS);
    this.arrive(tS);
    this.move(dt);
    this.breathe(dt);
  }

  /** How deep the chest is pressed in now: a raised cosine, deepest in the middle. */
  get compressionMm(): number {
    if (!this.compressions) return 0;
    const toNext = (this.nextCompressionS - this.lastTickS) / COMPRESSION.everyS;
    return (COMPRESSION.depthMm * (1 - Math.cos(2 * Math.PI * toNext))) / 2;
  }

  get compressionsPerMin(): number {
    return this.compressions ? 60 / COMPRESSION.everyS : 0;
  }

  private compress(tS: number): void {
    if (!this.compressions) {
      this.nextCompressionS = tS;
      return;
    }
    while (tS >= this.nextCompressionS) {
      this.stroke(COMPRESSION.ejection);
      this.nextCompressionS += COMPRESSION.everyS;
    }
  }

  private arrive(tS: number): void {
    for (let k = 0; k < PENDING; k++) {
      if (this.arrivesS[k] > tS) continue;
      const ejection = this.ejections[k];
      if (ejection >= FELT) {
        this.pulseS = this.arrivesS[k] - this.lastPulseS;
        this.lastPulseS = this.arrivesS[k];
      }
      this.arrivesS[k] = Infinity;
      this.stroke(ejection);
    }
  }

  private stroke(ejection: number): void {
    if (this.highNow > this.lowNow) [this.high, this.low] = [this.highNow, this.lowNow];
    [this.highNow, this.lowNow] = [0, Infinity];
    this.filling += ejection * STROKE_MMHG;
    this.flow += (ejection * 60) / FULL_FLOW_PER_MIN / FLOW_S;
  }

  private move(dt: number): void {
    const fills = this.filling * (1 - Math.exp(-dt / FILL_S));
    this.filling -= fills;
    const runsOff = Math.exp(-dt / RUN_OFF_S);
    this.pressureMmHg = VENOUS_MMHG + (this.pressureMmHg - VENOUS_MMHG) * runsOff + fills;
    this.base += (this.pressureMmHg - this.base) * (1 - Math.exp(-dt / PLETH_BASE_S));
    this.pleth = 0.4 + (this.pressureMmHg - this.base) / STROKE_MMHG;
    this.highNow = Math.max(this.highNow, this.pressureMmHg);
    this.lowNow = Math.min(this.lowNow, this.pressureMmHg);
    this.flow *= Math.exp(-dt / FLOW_S);
    this.noFlowS = this.flow > 0.2 ? 0 : this.noFlowS + dt;
  }

  private breathe(dt: number): void {
    const breathing = this.breathsPerMin > 0;
    const flow = Math.min(1, this.flow);
    const wash = (tauS: number): number => 1 - Math.exp(-dt / tauS);
    const co2Aim = CO2.leastMmHg + (CO2.fullMmHg - CO2.leastMmHg) * flow ** 0.7;
    this.alveolar += (co2Aim + this.stored(flow, dt) - this.alveolar) * wash(CO2.washS);
    const spo2Aim = breathing && flow > 0.2 ? SPO2.full : SPO2.least;
    this.spo2 += (spo2Aim - this.spo2) * wash(SPO2.tauS);
    this.breath = (this.breath + (dt * this.breathsPerMin) / 60) % 1;
    this.co2MmHg = breathing ? this.alveolar * plateau(this.breath) : 0;
  }

  /** CO2 waits in the tissues while nothing flows and comes out when it flows again, in about as much time. */
  private stored(flow: number, dt: number): number {
    const change = (flow < 0.5 ? dt : -dt) / CO2.debtS;
    this.debt = Math.min(1, Math.max(0, this.debt + change));
    return flow > 0.5 ? this.debt * CO2.overshootMmHg : 0;
  }

  get breathsPerMin(): number {
    return this.ventilated || this.noFlowS < GASPS_S ? BREATHS_PER_MIN : 0;
  }

  /** What a perfect monitor would read now. */
  vitals(): Vitals {
    const pulse = this.lastTickS - this.lastPulseS < PULSE_LOST_S && this.pulseS < PULSE_LOST_S;
    const flows = pulse || this.compressions;
    return {
      pulsePerMin: pulse ? 60 / this.pulseS : 0,
      systolicMmHg: flows ? this.high : this.pressureMmHg,
      diastolicMmHg: flows ? this.low : this.pressureMmHg,
      spo2Percent: this.spo2,
      etco2MmHg: this.breathsPerMin > 0 ? this.alveolar : 0,
      breathsPerMin: this.breathsPerMin,
    };
  }
}

/** One breath, 0..1: inspiration without CO2, a steep rise, a slightly rising plateau, and down. */
function plateau(breath: number): number {
  if (breath < 0.38) return 0;
  if (breath < 0.48) return 0.9 * ((breath - 0.38) / 0.1);
  if (breath < 0.94) return 0.9 + 0.1 * ((breath - 0.48) / 0.46);
  return (1 - breath) / 0.06;
}
