/**
 * The box: a simulated defibrillator as one pure core (STYLE 6, 9, 10).
 *
 *   step(nowUs, bytesIn) -> { bytesOut, nextWakeUs }
 *
 * No I/O and no clock of its own: the same core runs in memory thousands of times faster than life, on a pseudo-terminal,
 * on TCP and on a port. What comes out depends on the times and the bytes that go in, and not on how often somebody steps
 * in between: everything that is due happens at its own time. The bench face is not reachable from the cable.
 */
import type { RWave } from '../src/core/beat.ts';
import type { Rng } from '../src/core/rng.ts';
import type { Microseconds, SampleIndex } from '../src/core/units.ts';
import { assert } from '../src/core/errors.ts';
import { US_PER_SECOND } from '../src/core/units.ts';
import type { MessageOf } from '../src/protocol/messages.ts';
import { FEATURE } from '../src/protocol/messages.ts';
import type { Patient } from '../signals/patient/patient.ts';
import { Ascii, shotLine } from './ascii.ts';
import { isBandwidth } from './bandwidth.ts';
import { BoxBench } from './bench.ts';
import { Chest } from './chest.ts';
import { Dose } from './dose.ts';
import { DefectBoard } from './defects/index.ts';
import { FaultBoard } from './fault-board.ts';
import { FrontEnd, MOST_SAMPLES } from './front-end.ts';
import type { FrontEndConfig } from './front-end.ts';
import { HighVoltage } from './high-voltage.ts';
import { Interlock } from './interlock.ts';
import { Ledger } from './ledger.ts';
import { Orders } from './orders.ts';
import { Pacer } from './pacer.ts';
import { Port } from './port.ts';
import type { Profile } from './profiles/index.ts';
import { statusOf } from './status.ts';
import { Synchroniser } from './synchroniser.ts';
import { Therapy, type TherapyParts } from './therapy.ts';
import { VitalSigns } from './vital-signs.ts';
import { WaveStream } from './wave-stream.ts';

export interface BoxOptions {
  profile: Profile;
  patient: Patient;
  /** The box's own dice: arm ids, session numbers. */
  rng: Rng;
  /** For a recording: its gain and range, so that its counts survive. */
  frontEnd?: Partial<FrontEndConfig>;
  /** Serial number, at most 16 characters. */
  serial?: string;
  /** The line takes everything at once, whatever SET_BAUD says. */
  rawLine?: boolean;
}

export interface StepResult {
  /** For the cable; the caller's own. */
  bytesOut: Uint8Array;
  /** Nothing happens before this time unless bytes come in. */
  nextWakeUs: Microseconds;
  /** Samples were taken and nothing else happened: nothing that can be seen from outside has changed but the time. */
  quiet: boolean;
}

/** Samples taken together: nobody waits / SYNC markers are wanted / a shock waits for its R. */
const IDLE_MS = 40;
const MARKER_MS = 4;
/** Shorter than what the dead man leaves until the relay must be on (rules.ts: 50 ms). */
const WATCHDOG_MS = 40;

export class Box {
  readonly bench: BoxBench;
  private readonly frontEnd: FrontEnd;
  private readonly synchroniser: Synchroniser;
  private readonly chest: Chest;
  private readonly highVoltage: HighVoltage;
  private readonly interlock: Interlock;
  private readonly faults = new FaultBoard();
  private readonly therapy: Therapy;
  private readonly pacer: Pacer;
  private readonly stream: WaveStream;
  private readonly port: Port;
  private readonly vitals: VitalSigns | undefined;
  private readonly defects: DefectBoard;
  private nowUs: Microseconds = NaN;
  private bootUs: Microseconds = 0;
  /** The firmware stands still until then; Infinity: it runs. */
  private biteUs: Microseconds = Infinity;
  private leadsOffSeen = 0;
  private syncLeadWasOff = false;
  private faultsSeen = 0;
  /** Since the last step nothing was due but samples. */
  private onlySamples = true;
  private readonly usPerSample: number;

  constructor({ profile, patient, rng, frontEnd, serial = 'SIM-0001', rawLine }: BoxOptions) {
    this.frontEnd = new FrontEnd(patient, {
      adcGain: profile.adcGain,
      rangeMv: profile.rangeMv,
      ...frontEnd,
    });
    this.usPerSample = US_PER_SECOND / patient.fs;
    this.synchroniser = new Synchroniser(patient.fs);
    this.chest = new Chest(patient, () => this.time);
    this.highVoltage = new HighVoltage(profile);
    this.interlock = new Interlock(rng.fork('armId'));
    const ledger = new Ledger();
    this.pacer = new Pacer(profile.hasPacer, (us, pulse) => {
      patient.pace(pulse);
      this.frontEnd.blank(pulse.widthUs);
      this.port.event(us, this.frontEnd.position, 'pace', 'none');
    });
    const parts: TherapyParts = {
      profile,
      highVoltage: this.highVoltage,
      interlock: this.interlock,
      chest: this.chest,
      frontEnd: this.frontEnd,
      synchroniser: this.synchroniser,
      faults: this.faults,
      dose: new Dose(profile),
      ledger,
      isPacing: () => this.pacer.on,
      news: {
        event: (code, why, fields) => this.port.event(this.nowUs, this.frontEnd.position, code, why, fields),
        stateChanged: () => this.port.stateChanged(this.nowUs),
      },
    };
    this.therapy = new Therapy(parts);
    const orders = new Orders(this.therapy, parts);
    this.stream = new WaveStream(
      { fs: patient.fs, adcGain: this.frontEnd.adcGain, leadCount: this.frontEnd.leadNames.length },
      (sample) => this.timeOf(sample),
      (wave) => this.port.sendWave(wave),
    );
    const ascii = new Ascii({
      identity: () => `${profile.model}; ${profile.firmware}; ${serial}; SIMULATED`,
      state: (us) => `${this.therapy.state}; ${Math.round(this.highVoltage.voltageAt(us))} V`,
      faults: () => this.faults.active.join(',') || 'none',
      result: () => shotLine(this.therapy.delivery.lastShot),
      selfTest: (us) => {
        if (!this.therapy.isIdle) return false;
        this.therapy.restart(us);
        return true;
      },
      disarm: (us) => {
        this.therapy.dump(us, 'host');
        return true;
      },
      setEnergy: (us, energyJ) => orders.select(us, energyJ * 10) === 'ok',
      setSync: (on) => orders.setSync(on, this.synchroniser.lead) === 'ok',
      setBandwidth: (name) => {
        if (isBandwidth(name)) this.frontEnd.setBandwidth(name);
        return isBandwidth(name);
      },
      hostIsThere: () => this.port.linked,
    });
    const vitals =
      patient.body &&
      new VitalSigns(patient.body, patient.fs, {
        timeOf: (sample) => this.timeOf(sample),
        send: (message) => this.port.sendVitals(message),
      });
    this.vitals = vitals;
    this.port = new Port({
      profile,
      serial,
      rawLine: rawLine ?? false,
      features: (vitals ? FEATURE.vitals : 0) | (profile.paediatric ? FEATURE.paediatric : 0),
      ...(vitals && { vitals }),
      rng: rng.fork('session'),
      frontEnd: this.frontEnd,
      therapy: this.therapy,
      orders,
      pacer: this.pacer,
      ledger,
      stream: this.stream,
      status: (us) => this.status(us),
      onLine: (line, us) => ascii.answer(line, us),
    });
    this.defects = new DefectBoard({
      profile,
      therapy: this.therapy,
      faults: this.faults,
      chest: this.chest,
      frontEnd: this.frontEnd,
      synchroniser: this.synchroniser,
      highVoltage: this.highVoltage,
      port: this.port,
      hang: (us) => (this.biteUs = us + WATCHDOG_MS * 1000),
    });
    this.bench = new BoxBench({
      now: () => this.time,
      defects: this.defects,
      chest: this.chest,
      frontEnd: this.frontEnd,
      therapy: this.therapy,
      highVoltage: this.highVoltage,
      faults: this.faults,
      synchroniser: this.synchroniser,
      ...(vitals && { vitals }),
    });
  }

  /** Runs up to `nowUs`, then takes the bytes that arrived at `nowUs`. */
  step(nowUs: Microseconds, bytesIn: Uint8Array): StepResult {
    if (Number.isNaN(this.nowUs)) this.boot(nowUs);
    assert(nowUs >= this.nowUs, () => `the box goes forward, from ${this.nowUs} not to ${nowUs}`);
    const { port } = this;
    const { eventsSoFar } = port;
    this.onlySamples = bytesIn.length === 0;
    let due = this.runUntil(nowUs);
    this.nowUs = nowUs;
    if (this.biteUs === Infinity) this.hear(bytesIn);
    if (bytesIn.length > 0) due = Math.min(this.nextSamplesUs, this.nextOtherUs);
    const bytesOut = port.take();
    const quiet = this.onlySamples && bytesOut.length === 0 && port.eventsSoFar === eventsSoFar;
    return { bytesOut, nextWakeUs: Math.max(nowUs, due), quiet };
  }

  /** What the cable should run at since SET_BAUD; undefined: what it was opened with. */
  get lineBaud(): number | undefined {
    return this.port.agreedBaud;
  }

  private get time(): Microseconds {
    return Number.isNaN(this.nowUs) ? 0 : this.nowUs;
  }

  /** What is due by `nowUs`, each at its own time; returns when something is due again. */
  private runUntil(nowUs: Microseconds): Microseconds {
    for (;;) {
      const otherUs = this.nextOtherUs;
      const due = Math.min(this.nextSamplesUs, otherUs);
      if (due > nowUs) return due;
      const us = Math.max(due, this.nowUs);
      if (us < otherUs) this.sampleAt(us);
      else this.runAt(us);
    }
  }

  /** When something else than samples is due. */
  private get nextOtherUs(): Microseconds {
    if (this.biteUs < Infinity) return this.biteUs;
    return Math.min(this.therapy.nextUs, this.pacer.nextUs, this.port.nextUs, this.defects.nextUs);
  }

  private boot(us: Microseconds): void {
    this.nowUs = this.bootUs = us;
    this.therapy.boot(us);
  }

  private timeOf(sample: SampleIndex): Microseconds {
    return this.bootUs + Math.round(sample * this.usPerSample);
  }

  /** Samples that are taken together, up to the next multiple: where they are cut does not depend on who steps when. */
  private get runLength(): number {
    if (this.therapy.state === 'awaitingR') return 1;
    const ms = this.synchroniser.on || this.pacer.on ? MARKER_MS : IDLE_MS;
    const grid = Math.min(MOST_SAMPLES, Math.max(1, Math.floor((ms * 1000) / this.usPerSample)));
    return Math.min(grid - (this.frontEnd.position % grid), this.stream.missing);
  }

  private get nextSamplesUs(): Microseconds {
    if (this.frontEnd.ended || this.biteUs < Infinity) return Infinity;
    return this.timeOf(this.frontEnd.position + this.runLength - 1);
  }

  private sampleAt(us: Microseconds): void {
    this.nowUs = us;
    this.port.at(us);
    this.takeSamples(this.runLength);
  }

  /** Does what is due at `us`. */
  private runAt(us: Microseconds): void {
    this.nowUs = us;
    if (this.biteUs < Infinity) this.bitten(us);
    const { defects, therapy, pacer, port } = this;
    port.at(us);
    if (us >= defects.nextUs) this.doMore(defects, us);
    if (us >= this.nextSamplesUs) this.takeSamples(this.runLength);
    if (us >= therapy.nextUs) this.doMore(therapy, us);
    if (us >= pacer.nextUs) this.doMore(pacer, us);
    if (us >= port.nextUs) this.doMore(port, us);
  }

  private doMore(part: { run: (us: Microseconds) => void }, us: Microseconds): void {
    this.onlySamples = false;
    part.run(us);
  }

  /** Bytes that arrive now. */
  private hear(bytesIn: Uint8Array): void {
    const { port, nowUs } = this;
    port.at(nowUs);
    if (bytesIn.length === 0) return;
    this.catchUp(nowUs);
    port.receive(bytesIn, nowUs);
  }

  /** Who stood still did nothing; then the watchdog restarts him, and the relay falls. */
  private bitten(us: Microseconds): void {
    this.onlySamples = false;
    this.biteUs = Infinity;
    this.defects.set('hungFirmware', false, us);
    this.therapy.fault(us, 'watchdog', 'watchdog');
    this.port.reboot(us);
  }

  /** Before a command is heard, the samples up to now are looked at. */
  private catchUp(us: Microseconds): void {
    while (!this.frontEnd.ended && this.timeOf(this.frontEnd.position) <= us) {
      const known = Math.floor((us - this.bootUs) / this.usPerSample) + 1 - this.frontEnd.position;
      this.takeSamples(Math.max(1, Math.min(known, this.runLength)));
    }
  }

  private takeSamples(n: number): void {
    const { frontEnd, synchroniser } = this;
    const first = frontEnd.position;
    const got = frontEnd.acquire(n, synchroniser.lead);
    this.vitals?.look(frontEnd.position);
    this.stream.push(frontEnd.adu, first, got);
    if (frontEnd.ended) {
      this.onlySamples = false;
      this.stream.flush();
    }
    synchroniser.process(frontEnd.mv, first, got, this.onR);
    if (frontEnd.leadsOff !== this.leadsOffSeen) this.leadsChanged();
    if (this.faults.bits !== this.faultsSeen) this.faultsChanged();
  }

  /** Every trigger is marked; a shock waits for one that is sure. */
  private readonly onR = ({ sample, decidedAt, sure }: Readonly<RWave>): void => {
    const tRUs = this.timeOf(sample);
    this.pacer.sense(tRUs);
    if (!this.synchroniser.on) return;
    const fields = { sample, tUs: this.timeOf(decidedAt), tRUs, sync: sure ? 1 : 0 };
    this.port.event(this.nowUs, sample, 'rWave', 'none', fields);
    if (sure) this.therapy.rWave(this.nowUs, tRUs);
  };

  private leadsChanged(): void {
    const { leadsOff } = this.frontEnd;
    this.leadsOffSeen = leadsOff;
    this.port.event(this.nowUs, this.frontEnd.position, 'leads', 'none', { leadsOff });
    const isOff = this.frontEnd.isOff(this.synchroniser.lead);
    if (isOff) this.therapy.syncLeadOff(this.nowUs);
    // A lead that came off for a moment may have hidden half a beat: a level learnt from it fires too early (campaign, seed 3720).
    else if (this.syncLeadWasOff) this.synchroniser.forget(this.frontEnd.position);
    this.syncLeadWasOff = isOff;
  }

  private faultsChanged(): void {
    const faults = this.faults.bits;
    this.faultsSeen = faults;
    this.port.event(this.nowUs, this.frontEnd.position, 'fault', 'fault', { faults });
  }

  private status(us: Microseconds): MessageOf<'status'> {
    const { therapy, highVoltage, chest, interlock, faults, pacer, synchroniser, frontEnd } = this;
    return statusOf({ therapy, highVoltage, chest, interlock, faults, pacer, synchroniser, frontEnd }, us);
  }
}
