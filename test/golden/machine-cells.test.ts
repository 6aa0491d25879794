/**
 * The small machines of the host, cell by cell: AED, pacing, link, SYNC gate, alarms, capture. The approved tables are
 * `aed-cells.txt`, `pacing-cells.txt` and `watch-cells.txt`.
 */
import { test } from 'vitest';
import { AED_STATES } from '../../src/control/aed-table.ts';
import type { AedEventName, AedState } from '../../src/control/aed-table.ts';
import { AedMachine } from '../../src/control/aed.ts';
import { AlarmMachine, ALARMS } from '../../src/control/alarms.ts';
import type { Vitals } from '../../src/control/alarms.ts';
import { CAPTURE_WORDS, CaptureWatch } from '../../src/control/capture.ts';
import { LINK, LinkMachine } from '../../src/control/link-machine.ts';
import type { LinkEvent } from '../../src/control/link-machine.ts';
import { PACING, PacingMachine } from '../../src/control/pacing.ts';
import type { PacingEventName } from '../../src/control/pacing.ts';
import { refusalOf, WHY } from '../../src/control/refusals.ts';
import { SyncGate } from '../../src/control/sync-gate.ts';
import { THERAPY } from '../../src/control/therapy-table.ts';
import type { TherapyState } from '../../src/core/session-events.ts';
import { expectApproved, plain } from './approve.ts';

const MADE = 'Made by test/golden/machine-cells.test.ts.';
const S = 1_000_000;

type Step = AedEventName | 'shock' | 'noShock' | 'inconclusive';
const DECISIONS: readonly string[] = ['shock', 'noShock', 'inconclusive'];

function stepped(aed: AedMachine, step: Step, now: number): string {
  const isDecision = DECISIONS.includes(step);
  const effects = isDecision
    ? aed.decide(step as 'shock' | 'noShock' | 'inconclusive', now)
    : aed.handle(step as AedEventName, now);
  const until = aed.nextDeadline === undefined ? '' : `, until ${aed.nextDeadline / S} s`;
  return `${step} -> ${aed.state}${until}${aed.advises ? ', SHOCK live' : ''}, next ${aed.energyJ} J: ${plain(effects)}`;
}

const WAYS: Readonly<Record<AedState, readonly Step[]>> = {
  off: [],
  padsOff: ['start', 'padsOff'],
  analysing: ['start'],
  precharging: ['start', 'shock'],
  precharged: ['start', 'shock', 'charged'],
  advisedCharging: ['start', 'shock', 'shock'],
  shockReady: ['start', 'shock', 'shock', 'charged'],
  cpr: ['start', 'shock', 'shock', 'charged', 'delivered'],
};
const EVENTS: readonly AedEventName[] = [
  ...(['start', 'stop', 'padsOff', 'padsOn', 'suspect', 'advised'] as const),
  ...(['cleared', 'charged', 'discharged', 'delivered', 'elapsed', 'analyse'] as const),
];

/** Stories of several decisions. */
const STORIES: readonly (readonly Step[])[] = [
  [
    'start',
    'inconclusive',
    'inconclusive',
    'inconclusive',
    'inconclusive',
    'inconclusive',
    'shock',
    'inconclusive',
    'shock',
    'shock',
  ],
  ['start', 'inconclusive', 'inconclusive', 'inconclusive', 'noShock', 'inconclusive', 'inconclusive'],
  ['start', 'noShock', 'noShock', 'noShock', 'shock', 'noShock', 'shock', 'charged', 'noShock', 'noShock'],
  ['start', 'noShock', 'analyse', 'noShock', 'noShock', 'analyse'],
  ['start', 'shock', 'charged', 'shock', 'noShock', 'inconclusive', 'noShock', 'noShock', 'noShock'],
  [
    'start',
    'shock',
    'shock',
    'charged',
    'delivered',
    'shock',
    'shock',
    'elapsed',
    'shock',
    'shock',
    'charged',
    'delivered',
    'analyse',
    'shock',
    'shock',
    'charged',
    'delivered',
    'elapsed',
    'shock',
  ],
  [
    'start',
    'shock',
    'discharged',
    'shock',
    'shock',
    'discharged',
    'shock',
    'padsOff',
    'shock',
    'shock',
    'padsOn',
    'shock',
    'stop',
    'shock',
    'shock',
    'start',
  ],
  [
    'start',
    'inconclusive',
    'inconclusive',
    'inconclusive',
    'shock',
    'inconclusive',
    'inconclusive',
    'inconclusive',
    'inconclusive',
    'discharged',
    'inconclusive',
  ],
];

function aed(way: readonly Step[] = []): AedMachine {
  const machine = new AedMachine({ energiesJ: [200, 300], cprMs: 120_000 });
  for (const step of way) stepped(machine, step, S);
  return machine;
}

test('the AED machine is the approved table', () => {
  const cells = AED_STATES.flatMap((state) => [
    `\n${state}`,
    ...[...EVENTS, ...DECISIONS].map((step) => `  ${stepped(aed(WAYS[state]), step as Step, 10 * S)}`),
  ]);
  const stories = STORIES.flatMap((story) => {
    const machine = aed();
    return ['\nstory', ...story.map((step, k) => `  ${stepped(machine, step, k * S)}`)];
  });
  const cpr = aed(WAYS.cpr);
  const polls = [S, 120 * S, 121 * S - 1, 121 * S].map(
    (t) => `  ${t} us: ${plain(cpr.poll(t))} -> ${cpr.state}`,
  );
  const head = `The AED machine: what follows on each event and decision in each state. ${MADE}`;
  expectApproved(
    'aed-cells',
    [head, ...cells, ...stories, '\ncompressions from 1 s on, 120 s', ...polls, ''].join('\n'),
  );
});

const PACING_WAYS: Readonly<Record<string, readonly PacingEventName[]>> = {
  off: [],
  pacing: ['start'],
  paused: ['start', 'pause'],
};
const PACING_EVENTS = ['start', 'stop', 'pause', 'resume', 'padsOff', 'fault', 'charge'] as const;
const WISHES = [
  { ratePpm: 29 },
  { ratePpm: 30 },
  { ratePpm: 180 },
  { ratePpm: 181 },
  { ratePpm: NaN },
  { currentMa: -1 },
  { currentMa: 0 },
  { currentMa: 200 },
  { currentMa: 201 },
  { widthMs: 4 },
  { widthMs: 5 },
  { widthMs: 40 },
  { widthMs: 41 },
  { mode: 'fixed' as const },
];

function pacer(way: readonly PacingEventName[]): PacingMachine {
  const machine = new PacingMachine();
  machine.conditions.link = true;
  for (const name of way) machine.handle(name as Exclude<PacingEventName, 'set'>, S);
  return machine;
}

function paced(machine: PacingMachine, effects: unknown): string {
  const until = machine.nextDeadline === undefined ? '' : ` until ${machine.nextDeadline / S} s`;
  return `${machine.state}${until}: ${plain(effects)}`;
}

function pacingCells(name: string, way: readonly PacingEventName[]): string[] {
  const spoil = {
    fine: () => undefined,
    'no link': (m: PacingMachine) => (m.conditions.link = false),
    'pads off': (m: PacingMachine) => (m.conditions.padsOff = true),
    'SYNC on': (m: PacingMachine) => (m.conditions.syncOn = true),
    'no pacer': (m: PacingMachine) => (m.conditions.hasPacer = false),
    charged: (m: PacingMachine) => (m.conditions.charged = true),
  };
  const events = Object.entries(spoil).flatMap(([what, spoiled]) =>
    PACING_EVENTS.map((event) => {
      const machine = pacer(way);
      spoiled(machine);
      return `  ${what}, ${event} -> ${paced(machine, machine.handle(event, 5 * S))}`;
    }),
  );
  const sets = WISHES.map((wish) => {
    const machine = pacer(way);
    return `  set ${plain(wish)} -> ${paced(machine, machine.set(wish, 5 * S))}; has ${plain(machine.settings)}`;
  });
  const back = (['takeOver', 'stop'] as const).flatMap((onLinkLoss) =>
    [false, true].map((boxPaces) => {
      const machine = pacer(way);
      machine.onLinkLoss = onLinkLoss;
      return `  link is back, ${onLinkLoss}, the box ${boxPaces ? 'paces' : 'does not'} -> ${paced(machine, machine.linkIsBack(boxPaces, 5 * S))}`;
    }),
  );
  const machine = pacer(way);
  const polls = [5 * S, 11 * S - 1, 11 * S].map((t) => `  ${t} us -> ${paced(machine, machine.poll(t))}`);
  return [`\n${name}`, ...events, ...sets, ...back, ...polls];
}

test('the pacing machine is the approved table', () => {
  const cells = Object.entries(PACING_WAYS).flatMap(([name, way]) => pacingCells(name, way));
  const again = pacer(['start', 'pause']);
  again.set({ ratePpm: 80 }, 3 * S);
  const lines = [
    `\na change of settings does not lengthen a pause: ${paced(again, [])}`,
    `\n${plain(PACING)}`,
  ];
  expectApproved('pacing-cells', [`The pacing machine. ${MADE}`, ...cells, ...lines, ''].join('\n'));
});

function linkLines(): string[] {
  const ways: Readonly<Record<string, readonly LinkEvent[]>> = {
    down: [],
    up: ['welcome'],
    stale: ['welcome', 'stale'],
    lost: ['welcome', 'silent'],
  };
  return Object.entries(ways).flatMap(([state, way]) => [
    `\nlink ${state}`,
    ...(['welcome', 'heard', 'stale', 'silent', 'closed'] as const).map((event) => {
      const link = new LinkMachine();
      for (const e of way) link.handle(e, S);
      const changed = link.handle(event, 2 * S);
      return `  ${event} -> ${link.state}${changed ? ' (changed)' : ''}, due ${link.deadline ?? 'never'}`;
    }),
    ...[S, 1.6 * S - 1, 1.6 * S, 2 * S - 1, 2 * S].map((t) => {
      const link = new LinkMachine();
      for (const e of way) link.handle(e, S);
      return `  at ${t} us: ${link.dueEvent(t) ?? 'nothing'}`;
    }),
  ]);
}

function gateLines(): string[] {
  const tries: readonly (readonly number[])[] = [
    [0, 1, 2],
    [0, 1],
    [0, 2, 4],
    [0, 2.000001, 3],
    [0, 2.000001, 3, 4],
    [0, 1, 2, 5],
    [0, 1, 2, 5, 6, 7],
  ];
  return tries.map((markers) => {
    const gate = new SyncGate();
    for (const s of markers) gate.marker(s * S, true);
    const last = (markers.at(-1) ?? 0) * S;
    const open = [last, last + 2 * S, last + 2 * S + 1].map((t) => gate.isOpen(t));
    gate.reset();
    return `  markers at ${markers.join(', ')} s: open ${open.join(', ')}; reset: ${gate.isOpen(last)}`;
  });
}

const FINE: Vitals = {
  bpm: 70,
  silenceS: 1,
  shockable: false,
  leadOff: false,
  padsOff: false,
  linkLost: false,
  batteryPct: 90,
  faults: [],
};
const TROUBLES: readonly Partial<Vitals>[] = [
  { silenceS: 3.99 },
  { silenceS: 4 },
  { silenceS: 4, shockable: true },
  { silenceS: 4, leadOff: true },
  { silenceS: 4, linkLost: true },
  { shockable: true },
  { shockable: true, leadOff: true },
  { bpm: 120 },
  { bpm: 121 },
  { bpm: 50 },
  { bpm: 49 },
  { bpm: NaN },
  { bpm: 121, leadOff: true },
  { bpm: 49, linkLost: true },
  { padsOff: true },
  { padsOff: true, linkLost: true },
  { leadOff: true, linkLost: true },
  { batteryPct: 20 },
  { batteryPct: 19 },
  { faults: ['ecgOverload'] },
  { faults: ['lowBattery'] },
  { faults: ['ecgOverload', 'relayWeld'] },
  { faults: ['chargeFailed'] },
  { capture: 'none' },
  { capture: 'captured', pacedPulse: 'absent' },
  { capture: 'captured', pacedPulse: 'present' },
];

function alarmLines(): string[] {
  const story = (trouble: Partial<Vitals>): string[] => {
    const alarms = new AlarmMachine();
    const bad = { ...FINE, ...trouble };
    const at = (t: number, v: Vitals): string =>
      `    ${t / S} s: ${plain(alarms.update(v, t).map(({ alarm, priority, state }) => `${alarm} ${priority} ${state}`))}; active ${alarms.active.join(', ') || 'none'}`;
    const lines = [0, 999_999, S, 3 * S - 1, 3 * S].map((t) => at(t, bad));
    return [
      `  ${plain(trouble)}`,
      ...lines,
      at(4 * S, FINE),
      `    acknowledged: ${plain(alarms.acknowledge().map((c) => `${c.alarm} ${c.state}`))}`,
      at(5 * S, FINE),
    ];
  };
  return [
    ...TROUBLES.flatMap(story),
    ...Object.entries(ALARMS).map(([name, row]) => `  ${name}: ${row.text}`),
  ];
}

function limitLines(): string[] {
  const alarms = new AlarmMachine();
  return [
    { bpmLow: 19 },
    { bpmLow: 20 },
    { bpmHigh: 300 },
    { bpmHigh: 301 },
    { bpmLow: 296, bpmHigh: 300 },
    { bpmLow: 295, bpmHigh: 300 },
    { bpmLow: NaN },
    { batteryPct: -1 },
    { batteryPct: 0 },
    { batteryPct: 100 },
    { batteryPct: 101 },
    { spo2Low: 49 },
    { systolicLow: 155 },
    { etco2High: 29 },
    { etco2Low: 20, etco2High: 60 },
  ].map(
    (wanted) =>
      `  limits ${plain(wanted)}: ${alarms.setLimits(wanted) ?? 'taken'}; now ${plain(alarms.limits)}`,
  );
}

function soundLines(): string[] {
  const alarms = new AlarmMachine();
  const look = (t: number): string =>
    `${t / S} s: ${plain(alarms.sound(t))}${alarms.isSilent(t) ? ', silent' : ''}`;
  const lines = [look(0)];
  alarms.silence(S);
  lines.push(look(S), look(121 * S - 1), look(121 * S));
  alarms.silence(200 * S);
  lines.push(`new alarm: ${plain(alarms.update({ ...FINE, linkLost: true }, 201 * S))}`, look(202 * S));
  alarms.pause(210 * S);
  lines.push(
    look(210 * S),
    `in the pause: ${plain(alarms.update({ ...FINE, shockable: true }, 211 * S))}`,
    look(330 * S - 1),
    look(330 * S),
  );
  lines.push(
    `after it: ${plain(alarms.update({ ...FINE, shockable: true }, 331 * S))}`,
    `shown ${plain(alarms.shown)}`,
  );
  alarms.update(FINE, 332 * S);
  lines.push(`shown ${plain(alarms.shown)}`);
  alarms.pause(340 * S);
  alarms.pause(341 * S);
  lines.push(look(341 * S));
  return lines.map((line) => `  ${line}`);
}

/** Samples from a pulse to the beat that it makes. */
const FOLLOWS = 35;

function captureLines(): string[] {
  const settings = { mode: 'fixed' as const, ratePpm: 60, currentMa: 60, widthMs: 40 };
  const fs = 250;
  const rrs: Readonly<Record<string, readonly number[]>> = {
    'at the rate': [1, 1, 1, 1, 1, 1, 1],
    '8 % early': [0.92, 0.92, 0.92, 0.92, 0.92, 0.92, 0.92],
    'more than 8 % early': [0.91, 0.91, 0.91, 0.91, 0.91, 0.91, 0.91],
    'half of them': [1, 2, 1, 2, 1, 2, 1],
    '8 % late': [1.08, 1.08, 1.08, 1.08, 1.08, 1.08],
    slow: [1.5, 1.5, 1.5, 1.5, 1.5, 1.5],
    five: [1, 1, 1, 1, 1],
    'early and late': [0.8, 1.5, 0.8, 1.5, 0.8, 1.5, 0.8],
    none: [],
  };
  const lines = Object.entries(rrs).map(([name, list]) => {
    const watch = new CaptureWatch(fs);
    const states = [watch.state(false, settings, 0), watch.state(true, settings, 0)];
    let at = 0;
    for (let k = 1; k <= 8; k++) watch.pulse(k * fs);
    for (const rr of list) watch.beat((at += Math.round(rr * fs)) + FOLLOWS);
    for (const wait of [0, 1, 2.5, 2.504, 5]) states.push(watch.state(true, settings, (8 + wait) * fs));
    states.push(watch.state(false, settings, at));
    return `  ${name}: ${states.join(', ')}`;
  });
  return [...lines, ...Object.entries(CAPTURE_WORDS).map(([state, words]) => `  ${state}: ${words}`)];
}

function textLines(): string[] {
  const keys = ['charge', 'shock', 'release', 'disarm', 'energy', 'sync'] as const;
  const cells = (Object.keys(THERAPY) as TherapyState[]).flatMap((state) =>
    keys.map((key) => `  ${state}, ${key}: ${refusalOf(state, key)}`),
  );
  return [...cells, ...Object.entries(WHY).map(([name, why]) => `  ${name}: ${why}`)];
}

test('link, SYNC gate, alarms, capture and the words of refusals are the approved tables', () => {
  const head = `The watching machines of the host, and what refusals say. ${MADE}`;
  const parts = [
    ...linkLines(),
    `\n${plain(LINK)}`,
    '\nSYNC gate',
    ...gateLines(),
    '\nalarms',
    ...alarmLines(),
    '\nlimits',
    ...limitLines(),
    '\nsound',
    ...soundLines(),
    '\ncapture',
    ...captureLines(),
    '\nrefusals',
    ...textLines(),
    '',
  ];
  expectApproved('watch-cells', [head, ...parts].join('\n'));
});
