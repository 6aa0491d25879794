/**
 * A story for the breaker, as data: what a restless operator, the bench and the cable do, and when. One seed is one story;
 * a story can be cut shorter (shrink.ts), printed, and told again.
 */
import type { Rng } from '../../core/rng.ts';
import type { OperatorAction } from '../../core/session-events.ts';

export type Deed =
  | { do: 'press'; action: OperatorAction }
  | { do: 'pads'; on: boolean }
  | { do: 'lead'; on: boolean }
  | { do: 'fault'; fault: string; on: boolean }
  | { do: 'rhythm'; rhythm: string }
  /** What the cable does to the bytes from now on; '' is a good cable. */
  | { do: 'cable'; spec: string }
  | { do: 'unplug' }
  | { do: 'plug' };

export type Step = { atMs: number } & Deed;

export interface Story {
  seed: string;
  endMs: number;
  steps: readonly Step[];
}

const ENERGIES = [1, 50, 100, 150, 200, 360] as const;
const RHYTHMS = ['sinus', 'sinus', 'vf', 'vt', 'af', 'asystole'] as const;
/** Curable ones; what puts the box out of service ends the story's interest. */
const FAULTS = ['stuckButton', 'contactLost', 'overTemperature', 'lowBattery', 'ecgOverload'] as const;
const CABLES = [
  'drop=1/10',
  'drop=1/2',
  'drop=1/1',
  'flip=1/200',
  'flip=1/50,truncate=1/20',
  'dup=1/3',
  'reorder=1/5,dup=1/5',
  'delay=20ms,jitter=40ms',
  'stall=1/30:300ms',
  'stall=1/100:900ms',
  'burst=16ms,split=random',
  'garbage=1/5,split=bytes',
] as const;

type Maker = (rng: Rng) => readonly (readonly [gapMs: number, Deed])[];

const press = (action: OperatorAction): Deed => ({ do: 'press', action });
const CHARGE = press({ type: 'charge' });
const SHOCK = press({ type: 'shock' });

/** What people do, in the order in which they do it; and how often. */
const HABITS: readonly (readonly [weight: number, Maker])[] = [
  [
    4,
    (rng) => [
      [0, CHARGE],
      [rng.int(2000, 7000), SHOCK],
    ],
  ],
  [
    2,
    (rng) => [
      [0, CHARGE],
      [rng.int(4000, 7000), SHOCK],
      [rng.int(0, 30), SHOCK],
    ],
  ],
  [
    4,
    (rng) => [
      [0, press({ type: 'sync', on: true })],
      [rng.int(0, 2000), CHARGE],
      [rng.int(4000, 7000), SHOCK],
      [rng.int(0, 4000), press({ type: 'release' })],
    ],
  ],
  [3, () => [[0, SHOCK]]],
  [2, () => [[0, CHARGE]]],
  [2, () => [[0, press({ type: 'disarm' })]]],
  [
    1,
    (rng) => [
      [0, SHOCK],
      [rng.int(0, 20), press({ type: 'disarm' })],
    ],
  ],
  [2, (rng) => [[0, press({ type: 'selectEnergy', energyJ: rng.pick(ENERGIES) })]]],
  [1, (rng) => [[0, press({ type: 'sync', on: rng.chance(1, 2) })]]],
  [1, (rng) => [[0, press({ type: 'mode', mode: rng.chance(1, 3) ? 'aed' : 'manual' })]]],
  [1, () => [[0, press({ type: 'analyse' })]]],
  [1, (rng) => [[0, { do: 'rhythm', rhythm: rng.pick(RHYTHMS) }]]],
  [
    1,
    (rng) => [
      [0, { do: 'pads', on: false }],
      [rng.int(100, 5000), { do: 'pads', on: true }],
    ],
  ],
  [
    1,
    (rng) => [
      [0, { do: 'lead', on: false }],
      [rng.int(100, 3000), { do: 'lead', on: true }],
    ],
  ],
  [
    1,
    (rng) => {
      const fault = rng.pick(FAULTS);
      return [
        [0, { do: 'fault', fault, on: true }],
        [rng.int(100, 4000), { do: 'fault', fault, on: false }],
      ];
    },
  ],
  [
    3,
    (rng) => [
      [0, { do: 'cable', spec: rng.pick(CABLES) }],
      [rng.int(200, 8000), { do: 'cable', spec: '' }],
    ],
  ],
  [
    1,
    (rng) => [
      [0, { do: 'unplug' }],
      [rng.int(10, 4000), { do: 'plug' }],
    ],
  ],
  // Nobody touches anything: time-outs get their chance.
  [
    1,
    (rng) => [
      [0, CHARGE],
      [rng.int(55_000, 65_000), SHOCK],
    ],
  ],
];
const WEIGHTS = HABITS.reduce((sum, [weight]) => sum + weight, 0);
const PAUSE_MS = 1500;

function habit(rng: Rng): Maker {
  let at = rng.int(1, WEIGHTS);
  for (const [weight, maker] of HABITS) if ((at -= weight) <= 0) return maker;
  return HABITS[0][1];
}

/** Habits follow and overlap each other. */
export function makeStory(seed: string, endMs: number, rng: Rng): Story {
  const steps: Step[] = [];
  for (let t = 500; t < endMs; t += Math.round(-PAUSE_MS * Math.log(1 - rng.float()))) {
    let at = t;
    for (const [gapMs, deed] of habit(rng)(rng)) {
      at += gapMs;
      if (at < endMs) steps.push({ atMs: at, ...deed });
    }
    // Half the time the next one waits for this one.
    if (rng.chance(1, 2)) t = at;
  }
  steps.sort((a, b) => a.atMs - b.atMs);
  return { seed, endMs, steps };
}

export function deedText(deed: Deed): string {
  switch (deed.do) {
    case 'press': {
      const { type, ...rest } = deed.action;
      const values: readonly unknown[] = Object.values(rest);
      return `press ${[type, ...values.map(String)].join(' ')}`;
    }
    case 'pads':
    case 'lead':
      return `${deed.do} ${deed.on ? 'on' : 'off'}`;
    case 'fault':
      return `fault ${deed.fault} ${deed.on ? 'on' : 'off'}`;
    case 'rhythm':
      return `rhythm ${deed.rhythm}`;
    case 'cable':
      return `cable ${deed.spec === '' ? 'good' : deed.spec}`;
    default:
      return deed.do;
  }
}
