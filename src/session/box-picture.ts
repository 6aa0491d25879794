/**
 * What the box says of itself: STATUS, faults, events (each heard once), and whether its state agrees with ours.
 */
import type { Microseconds, SampleIndex } from '../core/units.ts';
import type { BoxState, MessageOf } from '../protocol/messages.ts';
import { EVENTS } from '../protocol/messages.ts';
import { Agreement } from './agreement.ts';
import { faultNames, padsAreOff, stopsEnergy, therapyEvent } from './box-news.ts';
import type { FiredShock } from './fired.ts';
import type { Ground } from './ground.ts';

const EVENTS_REMEMBERED = 64;

export interface BoxPictureParts {
  ground: Ground;
  fired: FiredShock;
  acknowledge: (eventId: number) => void;
  askStatus: (now: Microseconds) => void;
  /** The synchroniser is asked again to be as we want it. */
  pushSync: (on: boolean) => void;
  /** The electrodes of the analysed lead. */
  electrodes: (areOff: boolean, sample: SampleIndex) => void;
  newestSample: () => SampleIndex;
}

export class BoxPicture {
  /** The newest that the box told of itself. */
  status: MessageOf<'status'> | undefined;
  faults: readonly string[] = [];
  private readonly parts: BoxPictureParts;
  private readonly agreement = new Agreement();
  private seenEvents: number[] = [];
  /** No status has come in this session yet. */
  private statusIsNew = true;

  constructor(parts: BoxPictureParts) {
    this.parts = parts;
  }

  /** A new session. */
  begin(): void {
    this.agreement.reset();
    this.seenEvents = [];
    this.statusIsNew = true;
  }

  /** No difference is watched, in the state or in SYNC. */
  agrees(box: BoxState): boolean {
    const { state, syncOn } = this.parts.ground.treatment.therapy;
    return this.agreement.isSettled(state, box) && (this.status?.sync !== 0) === syncOn;
  }

  /** The analysed lead; the pads are lead 0. */
  leadIsOff(status: MessageOf<'status'>): boolean {
    const lead = this.parts.ground.lead();
    return (status.leadsOff & (1 << lead)) !== 0 || (lead === 0 && padsAreOff(status));
  }

  /** All events but the trigger's. True where it was not heard before. */
  hear(event: MessageOf<'event'>): boolean {
    this.parts.acknowledge(event.eventId);
    if (this.seenEvents.includes(event.eventId)) return false;
    this.seenEvents.push(event.eventId);
    if (this.seenEvents.length > EVENTS_REMEMBERED) this.seenEvents.shift();
    this.take(event);
    return true;
  }

  private take(event: MessageOf<'event'>): void {
    const { askStatus, fired, ground } = this.parts;
    const code = EVENTS[event.code];
    if (code === 'fault') return this.setFaults(event.faults);
    if (code === 'leads') return askStatus(ground.now());
    if (code === 'pace') return;
    this.agreement.reset();
    const heard = therapyEvent(event);
    if (heard !== undefined) fired.resolve(heard, event.armId, event.sample);
  }

  onStatus(status: MessageOf<'status'>): void {
    const { ground, electrodes, newestSample } = this.parts;
    const { treatment, commands } = ground;
    const now = ground.now();
    this.status = status;
    if (this.statusIsNew) {
      this.statusIsNew = false;
      treatment.boxPaces(status.pacing !== 0, now);
    }
    commands.answered('getStatus', now);
    this.setFaults(status.faults);
    treatment.pads(padsAreOff(status), now);
    electrodes(this.leadIsOff(status), newestSample());
    if (commands.idle) this.confirmSync(status.sync !== 0);
  }

  /** Our picture against the box's: what an event should have told and did not. */
  compare(box: BoxState): void {
    const { treatment, commands, now } = this.parts.ground;
    const correction = this.agreement.compare(treatment.therapy.state, box, commands.idle);
    if (correction === 'gone') {
      const leftJ = (this.status?.capEnergyDj ?? 0) / 10;
      treatment.hear({ type: 'dumped', why: `the defibrillator reports ${box}`, leftJ }, now());
    } else if (correction === 'unwanted') {
      treatment.hear({ type: 'charged', armId: 0, energyJ: 0, expiryMs: 0 }, now());
    }
  }

  /** The box refuses SYNC while it waits for R or delivers, hence we ask again: else SHOCK waits for it for ever. */
  private confirmSync(on: boolean): void {
    const { ground, pushSync } = this.parts;
    const { therapy } = ground.treatment;
    ground.treatment.hear({ type: 'syncConfirmed', on }, ground.now());
    if (on !== therapy.syncOn && therapy.state !== 'awaitingR') pushSync(therapy.syncOn);
  }

  private setFaults(bits: number): void {
    const { treatment, tell, now } = this.parts.ground;
    const newer = faultNames(bits);
    for (const fault of newer) if (!this.faults.includes(fault)) tell({ type: 'fault', fault, on: true });
    for (const fault of this.faults) if (!newer.includes(fault)) tell({ type: 'fault', fault, on: false });
    const stops = stopsEnergy(newer);
    const newly = stops && !stopsEnergy(this.faults);
    this.faults = newer;
    treatment.therapy.conditions.faults = stops;
    if (newly) treatment.hear({ type: 'fault', why: newer.join(', ') }, now());
  }
}
