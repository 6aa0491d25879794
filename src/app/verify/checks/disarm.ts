/**
 * What takes a charge away: each cause, how soon the dump relay is on, how soon less than 1 J is left, and whether the host is
 * told the right reason.
 */
import type { Microseconds } from '../../../core/units.ts';
import type { Why } from '../../../protocol/messages.ts';
import { EVENTS } from '../../../protocol/messages.ts';
import type { Bay } from '../bay.ts';
import { whyOf } from '../bay.ts';
import type { Check } from '../check.ts';
import type { Finding, Series } from '../finding.ts';
import { expectTrue, judge, judgeBetween, notRun } from '../finding.ts';
import { emptyLimit, LIMITS, unusedLimit } from '../limits.ts';

const EMPTY_J = 1;

interface Cause {
  name: string;
  why: Why;
  /** Where somebody else than the host must act. */
  needsBench?: true;
  /** Undefined: it does not apply to this model. */
  applies?: (bay: Bay) => boolean;
  act: (bay: Bay) => Promise<unknown>;
  undo?: (bay: Bay) => Promise<unknown>;
}

const CAUSES: readonly Cause[] = [
  { name: 'DISARM by the host', why: 'host', act: (bay) => order(bay, { type: 'disarm' }) },
  {
    name: 'another energy selected',
    why: 'energyChanged',
    applies: ({ profile }) => profile.energyChange === 'dump',
    act: (bay) => order(bay, { type: 'selectEnergy', energyDj: bay.profile.ladderJ[0] * 10 }),
  },
  {
    name: 'pacer switched on',
    why: 'modeChanged',
    applies: ({ profile }) => profile.hasPacer,
    act: (bay) => order(bay, pace(1)),
    undo: (bay) => order(bay, pace(0)),
  },
  { name: 'another host says HELLO', why: 'linkLost', act: (bay) => bay.connectOver() },
  {
    name: 'pads come off',
    why: 'padsOff',
    needsBench: true,
    act: (bay) => bay.bench.ask<'setPads'>({ do: 'setPads', on: false }),
    undo: (bay) => bay.bench.ask<'setPads'>({ do: 'setPads', on: true }),
  },
  ...(['contactLost', 'stuckButton', 'overTemperature'] as const).map((fault): Cause => ({
    name: `fault ${fault}`,
    why: 'fault',
    needsBench: true,
    act: (bay) => bay.bench.ask<'setFault'>({ do: 'setFault', fault, on: true }),
    undo: (bay) => bay.bench.ask<'setFault'>({ do: 'setFault', fault, on: false }),
  })),
];

type Ordered = Parameters<Bay['order']>[0];
const order = (bay: Bay, message: Ordered): Promise<unknown> => Promise.resolve(bay.host.throwIn(message));
const pace = (on: number): Ordered => ({
  type: 'paceSet',
  on,
  mode: 0,
  ratePpm: 70,
  currentMa: 30,
  widthUs: 20_000,
});

export const disarm: Check = {
  name: 'disarm',
  title: 'Disarm: causes and times',
  method:
    'The device is charged to its highest energy, then each cause happens. With a bench channel the capacitor itself is read, else what the device reports.',
  needs: ['session'],
  async run(bay) {
    const { findings } = bay;
    const series: Series[] = [];
    for (const cause of CAUSES) {
      if (cause.applies?.(bay) === false) continue;
      if (cause.needsBench === true && bay.stand.bench === undefined) {
        findings.push(notRun(cause.name, 'nobody can cause it: the device has no bench channel'));
        continue;
      }
      bay.options.tell(cause.name);
      await measure(bay, cause, findings, series);
    }
    await unused(bay, findings);
    return {
      findings,
      plots: [{ title: 'Energy in the capacitor after each cause', xLabel: 'ms', yLabel: 'J', series }],
    };
  },
};

async function measure(bay: Bay, cause: Cause, findings: Finding[], series: Series[]): Promise<void> {
  await bay.connect();
  await bay.charge(bay.profile.ladderJ[bay.profile.ladderJ.length - 1]);
  const from = bay.host.events.length;
  const startBoxUs = bay.host.time.toBox(bay.now);
  await cause.act(bay);
  const dump = await watchDump(bay, startBoxUs);
  findings.push(
    judgeBetween(`${cause.name}: dump relay on`, dump.relay.low, dump.relay.high, LIMITS.dumpRelay),
    judgeBetween(
      `${cause.name}: less than ${EMPTY_J} J left`,
      dump.empty.low,
      dump.empty.high,
      emptyLimit(bay.profile.dumpMs),
    ),
  );
  series.push({ name: cause.name, x: dump.t, y: dump.storedJ });
  await cause.undo?.(bay);
  const told = bay.host.eventSince(from, 'abort') ?? bay.host.events.find((e) => EVENTS[e.code] === 'abort');
  const why = whyOf(told);
  const note = why === cause.why ? undefined : `expected ${cause.why}, found ${why}`;
  findings.push(
    expectTrue(`${cause.name}: the host is told "${cause.why}"`, why === cause.why, LIMITS.told, note),
  );
}

/** Seen between two looks, in ms; Infinity: never seen. */
interface Between {
  low: number;
  high: number;
}

export interface Dump {
  relay: Between;
  empty: Between;
  t: number[];
  storedJ: number[];
}

/** Reads the capacitor until it is empty, at most as long as two dumps take. All times are on the device's clock. */
export async function watchDump(bay: Bay, startBoxUs: Microseconds): Promise<Dump> {
  const dump: Dump = {
    relay: { low: 0, high: Infinity },
    empty: { low: 0, high: Infinity },
    t: [],
    storedJ: [],
  };
  const mostMs = 2 * bay.profile.dumpMs + 1500;
  for (let ms = 0; dump.empty.high === Infinity && ms < mostMs;) {
    const { joules, dumpRelay, boxUs } = await bay.stored();
    ms = (boxUs - startBoxUs) / 1000;
    dump.t.push(ms);
    dump.storedJ.push(joules);
    note(dump.relay, dumpRelay, ms);
    note(dump.empty, joules < EMPTY_J, ms);
    await bay.wait(ms < 150 || !dumpRelay ? 5 : 25);
  }
  return dump;
}

function note(between: Between, isSo: boolean, ms: number): void {
  if (!isSo) between.low = Math.max(between.low, ms);
  else if (between.high === Infinity) between.high = ms;
}

/** Charged and left alone. */
async function unused(bay: Bay, findings: Finding[]): Promise<void> {
  bay.options.tell('charged and not used');
  const host = await bay.connect();
  await bay.charge(bay.profile.ladderJ[0]);
  const from = host.events.length;
  const readyUs = bay.now;
  await bay.stand.until(() => host.eventSince(from, 'abort') !== undefined, bay.profile.autoDisarmMs + 5000);
  const abort = host.eventSince(from, 'abort');
  const seconds = abort === undefined ? NaN : bay.sinceMs(readyUs, abort.tUs) / 1000;
  const note = abort === undefined ? 'the charge is still there' : `told "${whyOf(abort)}"`;
  findings.push(
    judge('charged and not used: taken away after', seconds, unusedLimit(bay.profile.autoDisarmMs), note),
  );
  await bay.calm();
}
