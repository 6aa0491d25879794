/**
 * What the box says about energy, in the therapy machine's words. Pure translation: no state, no judgement.
 */
import type { ShockReport } from '../core/session-events.ts';
import type { TherapyEvent } from '../control/therapy.ts';
import type { MessageOf, Why } from '../protocol/messages.ts';
import { EVENTS, FAULTS, OUTCOMES, WHYS } from '../protocol/messages.ts';

/** Faults that are shown and leave the box in service (the others stop the energy). */
const WARNINGS: readonly string[] = ['chargeFailed', 'lowBattery', 'ecgOverload'];
/** A waiting shock that ends like this keeps its charge, and a new arm id follows. */
const WITHDRAWN: readonly Why[] = ['noRWave', 'cancelled'];
/** No pads: the resistance cannot be measured any more. */
const PADS_OFF_OHM = 6000;

export function faultNames(bits: number): string[] {
  return FAULTS.filter((_, k) => (bits & (1 << k)) !== 0);
}

export function stopsEnergy(faults: readonly string[]): boolean {
  return faults.some((fault) => !WARNINGS.includes(fault));
}

export function padsAreOff(status: MessageOf<'status'>): boolean {
  return status.impedanceDohm / 10 > PADS_OFF_OHM;
}

function whyName(code: number): Why {
  return WHYS[code] ?? 'none';
}

type Figures = Pick<
  MessageOf<'event'>,
  | ('armId' | 'sync' | 'selectedDj' | 'storedDj' | 'deliveredDj' | 'peakV' | 'peakDa' | 'impedanceDohm')
  | ('tRUs' | 'firstPhaseUs' | 'secondPhaseUs' | 'tiltPm')
>;

function shockReport(f: Figures, tShockUs: number): ShockReport {
  // A box with the table before minor 1 sends neither, and no pulse lasts for nothing.
  const tellsPulse = f.firstPhaseUs > 0;
  return {
    armId: f.armId,
    synchronized: f.sync !== 0,
    selectedJ: f.selectedDj / 10,
    storedJ: f.storedDj / 10,
    deliveredJ: f.deliveredDj / 10,
    peakV: f.peakV,
    peakA: f.peakDa / 10,
    impedanceOhm: f.impedanceDohm / 10,
    firstPhaseMs: tellsPulse ? f.firstPhaseUs / 1000 : NaN,
    secondPhaseMs: tellsPulse ? f.secondPhaseUs / 1000 : NaN,
    tiltPct: tellsPulse ? f.tiltPm / 10 : NaN,
    rToShockMs: f.sync === 0 ? NaN : (tShockUs - f.tRUs) / 1000,
  };
}

/** The event as the therapy machine hears it; undefined for those that are not about energy. */
export function therapyEvent(event: MessageOf<'event'>): TherapyEvent | undefined {
  const why = whyName(event.why);
  switch (EVENTS[event.code]) {
    case 'ready':
      return {
        type: 'charged',
        armId: event.armId,
        energyJ: event.selectedDj / 10,
        expiryMs: event.expiryMs,
      };
    case 'shock':
      return { type: 'delivered', report: shockReport(event, event.tUs) };
    case 'abort':
      return { type: WITHDRAWN.includes(why) ? 'withdrawn' : 'aborted', why };
    case 'dumped':
      return { type: 'dumped', why, leftJ: event.storedDj / 10 };
    default:
      return undefined;
  }
}

/** What became of an arm id that nobody heard of; undefined while it is not decided. */
export function resultEvent(result: MessageOf<'result'>): TherapyEvent | undefined {
  switch (OUTCOMES[result.outcome]) {
    case 'pending':
      return undefined;
    case 'delivered':
      return { type: 'delivered', report: shockReport(result, result.tShockUs) };
    default:
      return { type: 'aborted', why: whyName(result.why) };
  }
}
