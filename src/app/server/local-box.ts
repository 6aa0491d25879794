/**
 * A simulated patient on a simulated box at one end of a memory cable, and the bench's hands on both.
 *
 * The session at the other end sees a Link and nothing else: what the bench does goes around the therapy cable.
 */
import { Box } from '../../../firmware-sim/box.ts';
import type { Profile } from '../../../firmware-sim/profiles/index.ts';
import { RHYTHMS } from '../../../signals/rhythms/index.ts';
import { SimPatient } from '../../../signals/patient/sim-patient.ts';
import type { RecordPatient } from '../../../signals/patient/record-patient.ts';
import { RwaveError, UsageError } from '../../core/errors.ts';
import type { Rng } from '../../core/rng.ts';
import type { Microseconds } from '../../core/units.ts';
import type { Link } from '../../link/link.ts';
import type { Bench } from './bench.ts';
import { memoryPair } from '../../link/memory.ts';
import type { MemoryPair } from '../../link/memory.ts';
import type { BenchAction, BenchState, Choice } from '../../protocol/screen.ts';

export interface LocalBoxOptions {
  patient: SimPatient | RecordPatient;
  profile: Profile;
  rng: Rng;
}

/** What others do to the patient: ventilation, and artifacts by their name in the registry. */
const HANDS: readonly string[] = ['cpr', 'ventilation', 'motion', 'muscle', 'wander'];
/** A patient who is carried: more than the usual pull on a cable. */
const MOTION_MV = 4;
const NOTHING = new Uint8Array(0);

export class LocalBox implements Bench {
  /** Called with the host's end of the cable whenever it is plugged in. */
  onPlug: (link: Link) => void = () => undefined;
  /** By the bench's hand: it stays out until that hand puts it back. */
  pulled = false;
  private readonly box: Box;
  private readonly patient: SimPatient | RecordPatient;
  private cable: MemoryPair | undefined;
  private arrived: Uint8Array[] = [];
  private problem = '';
  /** The bench's resistor; null where the pads are on the patient. */
  private loadOhm: number | null = null;
  private readonly sensorsOff = new Set<string>();
  private wakeUs: Microseconds = 0;

  constructor({ patient, profile, rng }: LocalBoxOptions) {
    this.patient = patient;
    this.box = new Box({ profile, patient, rng });
  }

  get rhythms(): readonly Choice[] {
    if (!(this.patient instanceof SimPatient)) return [];
    return RHYTHMS.map(({ name, title }) => ({ id: name, label: title }));
  }

  get state(): BenchState {
    const { bench } = this.box;
    return {
      rhythm: this.patient instanceof SimPatient ? this.patient.rhythm : '',
      padsOn: Number.isFinite(bench.loadOhm),
      loadOhm: this.loadOhm,
      batteryPct: bench.batteryPct,
      faults: bench.faults,
      sensorsOff: [...this.sensorsOff],
      hands: this.patient instanceof SimPatient ? HANDS.filter((name) => this.isDone(name)) : null,
      plugged: this.cable !== undefined,
      ended: bench.patientEnded,
      problem: this.problem,
    };
  }

  plug(): void {
    if (this.cable !== undefined) return;
    const cable = memoryPair();
    cable.device.onBytes = (bytes) => this.arrived.push(bytes.slice());
    cable.device.onClose = () => {
      this.cable = undefined;
      this.arrived = [];
    };
    this.cable = cable;
    this.onPlug(cable.host);
  }

  unplug(): void {
    this.cable?.device.close();
  }

  /** Cable and box up to `now`; returns when there is next something to do. */
  poll(now: Microseconds): Microseconds {
    this.cable?.poll(now);
    if (this.arrived.length > 0 || now >= this.wakeUs) {
      const bytes = this.arrived.length === 0 ? NOTHING : Buffer.concat(this.arrived);
      this.arrived = [];
      const { bytesOut, nextWakeUs } = this.box.step(now, bytes);
      this.wakeUs = nextWakeUs;
      if (bytesOut.length > 0) this.cable?.device.write(bytesOut);
    }
    // The second time only to hear when the box's answer is due.
    return Math.min(this.wakeUs, this.cable?.poll(now) ?? Infinity);
  }

  act(action: BenchAction): void {
    this.problem = '';
    try {
      this.carryOut(action);
    } catch (error) {
      if (!(error instanceof RwaveError)) throw error;
      this.problem = error.message;
    }
    // The box may have something to say about it.
    this.wakeUs = 0;
  }

  private carryOut(action: BenchAction): void {
    const { bench } = this.box;
    switch (action.type) {
      case 'rhythm':
        if (this.patient instanceof SimPatient) this.patient.setRhythm(action.rhythm);
        break;
      case 'pads':
        bench.setPads(action.on);
        break;
      case 'load':
        this.loadOhm = action.ohm;
        bench.setLoadOhm(action.ohm ?? undefined);
        break;
      case 'sensor':
        bench.setSensor(action.sensor, action.on);
        if (action.on) this.sensorsOff.delete(action.sensor);
        else this.sensorsOff.add(action.sensor);
        break;
      case 'hands':
        this.lay(action.hands, action.on);
        break;
      case 'battery':
        bench.setBattery(action.pct);
        break;
      case 'fault':
        bench.setFault(action.fault, action.on);
        break;
      case 'plug':
        this.pulled = !action.on;
        if (action.on) this.plug();
        else this.unplug();
        break;
    }
  }

  private isDone(hands: string): boolean {
    const { patient } = this;
    if (!(patient instanceof SimPatient)) return false;
    return hands === 'ventilation' ? patient.circulation.ventilated : patient.artifactLevel(hands) > 0;
  }

  private lay(hands: string, on: boolean): void {
    const { patient } = this;
    if (!(patient instanceof SimPatient)) return;
    if (!HANDS.includes(hands))
      throw new UsageError(`hands: expected one of ${HANDS.join(', ')}, found "${hands}"`);
    if (hands === 'ventilation') patient.circulation.ventilated = on;
    else patient.setArtifact(hands, on ? (hands === 'motion' ? MOTION_MV : undefined) : 0);
  }
}
