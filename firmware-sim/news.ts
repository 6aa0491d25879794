/** What the inside of the box tells its port: events for the host, and that the state changed. */
import type { EventCode, MessageOf, Why } from '../src/protocol/messages.ts';
import { EVENTS, WHYS } from '../src/protocol/messages.ts';

export type EventFields = Omit<MessageOf<'event'>, 'type' | 'eventId' | 'code' | 'why'>;

export interface News {
  event(code: EventCode, why: Why, fields?: Partial<EventFields>): void;
  stateChanged(): void;
}

/** An event with everything zero that is not named. */
export function eventMessage(
  eventId: number,
  code: EventCode,
  why: Why,
  tUs: number,
  sample: number,
  fields: Partial<EventFields> = {},
): MessageOf<'event'> {
  return {
    type: 'event',
    eventId,
    code: EVENTS.indexOf(code),
    tUs,
    sample,
    armId: 0,
    why: WHYS.indexOf(why),
    sync: 0,
    selectedDj: 0,
    storedDj: 0,
    deliveredDj: 0,
    peakV: 0,
    peakDa: 0,
    impedanceDohm: 0,
    tRUs: 0,
    faults: 0,
    leadsOff: 0,
    expiryMs: 0,
    firstPhaseUs: 0,
    secondPhaseUs: 0,
    tiltPm: 0,
    ...fields,
  };
}
