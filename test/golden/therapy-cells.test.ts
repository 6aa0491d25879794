/**
 * The host's therapy machine, cell by cell: every state, every event, what follows. `therapy-cells.txt` is the approved table.
 */
import { test } from 'vitest';
import { HOST_PROFILES } from '../../src/control/host-profile.ts';
import type { HostProfile } from '../../src/control/host-profile.ts';
import { TherapyMachine } from '../../src/control/therapy.ts';
import type { TherapyEvent } from '../../src/control/therapy.ts';
import type { ShockReport } from '../../src/core/session-events.ts';
import { expectApproved, plain } from './approve.ts';

const [als, aed] = HOST_PROFILES;
const recharging: HostProfile = {
  ...als,
  model: 'recharging',
  energyChange: 'recharge',
  syncOffAfterShock: true,
};
const NOW = 5_000_000;

const report: ShockReport = {
  armId: 7,
  synchronized: false,
  selectedJ: 200,
  storedJ: 240,
  deliveredJ: 200,
  peakV: 1500,
  peakA: 20,
  impedanceOhm: 75,
  firstPhaseMs: 6,
  secondPhaseMs: 4,
  tiltPct: 60,
  rToShockMs: NaN,
};

const CHARGED: TherapyEvent = { type: 'charged', armId: 7, energyJ: 200, expiryMs: 60_000 };

/** The ways into each state. */
const WAYS: Readonly<Record<string, readonly TherapyEvent[]>> = {
  standby: [],
  charging: [{ type: 'charge' }],
  ready: [{ type: 'charge' }, CHARGED],
  readyAgain: [{ type: 'charge' }, CHARGED, { type: 'shock' }, { type: 'withdrawn', why: 'noRWave' }],
  delivering: [{ type: 'charge' }, CHARGED, { type: 'shock' }],
  disarming: [{ type: 'charge' }, CHARGED, { type: 'disarm' }],
};

const EVENTS: readonly TherapyEvent[] = [
  { type: 'charge' },
  { type: 'shock' },
  { type: 'release' },
  { type: 'disarm' },
  { type: 'disarm', why: 'no shock advised' },
  { type: 'energy', energyJ: 150 },
  { type: 'energy', energyJ: 200 },
  { type: 'energy', energyJ: 199 },
  { type: 'sync', on: true },
  { type: 'sync', on: false },
  { type: 'syncConfirmed', on: true },
  CHARGED,
  { type: 'charged', armId: 8, energyJ: 150, expiryMs: 60_000 },
  { type: 'charged', armId: 8, energyJ: 200, expiryMs: 0 },
  { type: 'charged', armId: 8, energyJ: 200, expiryMs: 9000 },
  { type: 'rWave' },
  { type: 'delivered', report },
  { type: 'delivered', report: { ...report, synchronized: true, rToShockMs: 12 } },
  { type: 'withdrawn', why: 'noRWave' },
  { type: 'aborted', why: 'noRWave' },
  { type: 'dumped', why: 'timeout', leftJ: 0.4 },
  { type: 'dumped', why: 'host', leftJ: 0.4 },
  { type: 'dumped', why: 'delivered', leftJ: 0.4 },
  { type: 'linkLost', why: 'link lost: silence' },
  { type: 'fault', why: 'relayWeld' },
  { type: 'powerDown', why: 'switched off' },
  { type: 'modeChanged', why: 'mode changed', syncOff: true },
  { type: 'modeChanged', why: 'mode changed', syncOff: false },
  { type: 'pads', off: true },
  { type: 'pads', off: false },
];

/** A machine with SYNC as wanted and three fresh markers, brought into a state. */
function brought(profile: HostProfile, sync: boolean, way: readonly TherapyEvent[]): TherapyMachine {
  const machine = new TherapyMachine(profile);
  machine.conditions.link = 'good';
  machine.handle({ type: 'energy', energyJ: 200 }, 0);
  if (sync) {
    machine.handle({ type: 'sync', on: true }, 0);
    machine.handle({ type: 'syncConfirmed', on: true }, 0);
    for (const at of [3e6, 4e6, NOW]) machine.gate.marker(at, true);
  }
  for (const event of way) machine.handle(event, NOW);
  return machine;
}

function after(machine: TherapyMachine): string {
  const { state, energyJ, syncOn, nextDeadline, lastFired } = machine;
  const until = nextDeadline === undefined ? 'no end' : `ends after ${(nextDeadline - NOW) / 1000} ms`;
  return `${state}, ${energyJ} J, sync ${syncOn ? 'on' : 'off'}, ${until}, fired ${lastFired}`;
}

function cells(profile: HostProfile, sync: boolean): string[] {
  return Object.entries(WAYS).flatMap(([name, way]) => {
    const start = after(brought(profile, sync, way));
    // What changes nothing and says nothing is left out.
    const lines = EVENTS.flatMap((event) => {
      const machine = brought(profile, sync, way);
      const effects = machine.handle(event, NOW);
      const end = after(machine);
      if (end === start && effects.length === 0) return [];
      return [`  ${plain(event)}${end === start ? '' : `\n    -> ${end}`}\n    -> ${plain(effects)}`];
    });
    const late = brought(profile, sync, way);
    const early = late.nextDeadline === undefined ? '-' : plain(late.poll(late.nextDeadline - 1));
    const due = plain(late.poll(late.nextDeadline ?? Infinity));
    return [
      `\n${profile.model}, SYNC ${sync ? 'on' : 'off'}, ${name}: ${start}`,
      ...lines,
      `  1 us before its end: ${early}`,
      `  at its end: ${due}`,
    ];
  });
}

/** What each key says when one thing is not as it should be. */
function refusals(): string[] {
  const spoil: Readonly<Record<string, (m: TherapyMachine) => void>> = {
    'no link': (m) => (m.conditions.link = 'none'),
    'stale link': (m) => (m.conditions.link = 'stale'),
    'pads off': (m) => void m.handle({ type: 'pads', off: true }, NOW),
    fault: (m) => (m.conditions.faults = true),
    'SYNC not confirmed': (m) => void m.handle({ type: 'syncConfirmed', on: false }, NOW),
    'no markers': (m) => m.gate.reset(),
    nothing: () => undefined,
  };
  const keys = ['charge', 'shock', 'release', 'disarm', 'energy', 'sync'] as const;
  return Object.entries(spoil).flatMap(([what, spoiled]) =>
    (['standby', 'charging', 'ready'] as const).flatMap((state) => {
      const machine = brought(als, true, WAYS[state]);
      spoiled(machine);
      return keys.map((key) => `  ${what}, ${state}, ${key}: ${machine.whyNot(key, NOW) ?? 'live'}`);
    }),
  );
}

function profiles(): string[] {
  const machine = new TherapyMachine(als);
  machine.handle({ type: 'sync', on: true }, 0);
  machine.conditions.link = 'good';
  machine.handle({ type: 'sync', on: true }, 0);
  const lines = [`  ${after(machine)}`];
  for (const profile of [aed, als, { ...als, energiesJ: [3, 150], startJ: 3 }]) {
    machine.useProfile(profile);
    lines.push(`  ${profile.model}: ${after(machine)}; sync key: ${machine.whyNot('sync', 0) ?? 'live'}`);
  }
  return ['\nanother model on the cable', ...lines, ...HOST_PROFILES.map((p) => `  ${plain(p)}`)];
}

test('the therapy machine of the host is the approved table', () => {
  const head =
    "The host's therapy machine: what follows on each event in each state. Made by test/golden/therapy-cells.test.ts.";
  const all = [als, recharging].flatMap((p) => [...cells(p, false), ...cells(p, true)]);
  expectApproved('therapy-cells', [head, ...all, '\nkeys', ...refusals(), ...profiles(), ''].join('\n'));
});
