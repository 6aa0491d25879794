/**
 * The bench channel, defined once: what a test, or the person who plays patient, may set on a simulated box.
 *
 * It never travels on the therapy cable: the box offers it on a second port (`control`), and real firmware has none.
 * One JSON object a line, both ways. Request: `{"id": 7, "do": "setRhythm", "rhythm": "VF"}`; answer:
 * `{"id": 7, "ok": true, ...}` or `{"id": 7, "ok": false, "error": "..."}`. Lines without `id` are news of the box:
 * `{"news": "shock", ...}`. A field with `?` may be left out.
 */
export type BenchFieldType = 'number' | 'string' | 'boolean' | 'number?' | 'string?' | 'boolean?' | 'json';

export interface BenchSpec {
  readonly what: string;
  readonly fields: Readonly<Record<string, BenchFieldType>>;
  /** Fields of the answer next to `id` and `ok`. */
  readonly answer: Readonly<Record<string, BenchFieldType>>;
}

export const BENCH_MESSAGES = {
  getInfo: {
    what: 'what this box is and what may be set on it',
    fields: {},
    answer: {
      model: 'string',
      protocol: 'string',
      simulated: 'boolean',
      seed: 'string',
      rhythms: 'json',
      artifacts: 'json',
      faults: 'json',
      leads: 'json',
    },
  },
  getState: {
    what: 'the truth inside the box, not what it tells the host',
    fields: {},
    answer: {
      tUs: 'number',
      state: 'string',
      capV: 'number',
      capJ: 'number',
      dumpRelay: 'boolean',
      loadOhm: 'number',
      shocks: 'number',
      rhythm: 'string',
      position: 'number',
      receivedJ: 'number',
    },
  },
  getShock: {
    what: 'the last shock as a load box on the pads saw it: ms, V and A, sample by sample; empty before the first',
    fields: { hz: 'number?' },
    answer: { shocks: 'number', tMs: 'json', volts: 'json', amps: 'json' },
  },
  setRhythm: {
    what: 'the rhythm of the patient, and beats a minute where it has a rate',
    fields: { rhythm: 'string', ratePerMin: 'number?' },
    answer: {},
  },
  setArtifact: {
    what: 'puts an artifact on the leads: without a level its usual one, 0 takes it off',
    fields: { artifact: 'string', levelMv: 'number?' },
    answer: {},
  },
  loadRecord: {
    what: 'a recording becomes the patient, from `from` seconds on',
    fields: { path: 'string', from: 'number?' },
    answer: {},
  },
  setWave: {
    what: 'a test wave becomes the patient (80-to-120, tall-t-1200, ...); without a name the simulated patient is back',
    fields: { wave: 'string?' },
    answer: {},
  },
  setLead: { what: 'takes a lead off or puts it on', fields: { lead: 'string', on: 'boolean' }, answer: {} },
  setSensor: {
    what: 'plugs a sensor of the vital signs in or out, by its name in SENSORS',
    fields: { sensor: 'string', on: 'boolean' },
    answer: {},
  },
  setPads: { what: 'takes the pads off or puts them on', fields: { on: 'boolean' }, answer: {} },
  setLoadOhm: {
    what: 'resistance between the pads; leave it out to give it back to the patient',
    fields: { ohm: 'number?' },
    answer: {},
  },
  setBattery: {
    what: 'charge of the battery, 0..100; ageing: its internal resistance against that of a new one, 1 or more',
    fields: { percent: 'number', ageing: 'number?' },
    answer: {},
  },
  setFault: {
    what: 'a fault of the device, by its name in FAULTS or in getInfo',
    fields: { fault: 'string', on: 'boolean' },
    answer: {},
  },
  setCableFaults: {
    what: 'what the cable does to the bytes from now on, as in --faults; empty = a good cable',
    fields: { spec: 'string' },
    answer: {},
  },
  unplug: {
    what: 'closes the therapy cable; `ms` later it is there again',
    fields: { ms: 'number?' },
    answer: {},
  },
} as const satisfies Record<string, BenchSpec>;

export type BenchType = keyof typeof BENCH_MESSAGES;

interface FieldValue {
  number: number;
  string: string;
  boolean: boolean;
  json: unknown;
}
type Optional<F> = { [K in keyof F as F[K] extends `${string}?` ? K : never]?: ValueOf<F[K]> };
type Needed<F> = { [K in keyof F as F[K] extends `${string}?` ? never : K]: ValueOf<F[K]> };
type ValueOf<T> = T extends `${infer Base}?`
  ? ValueOf<Base>
  : T extends keyof FieldValue
    ? FieldValue[T]
    : never;
type FieldsOf<F> = { -readonly [K in keyof (Optional<F> & Needed<F>)]: (Optional<F> & Needed<F>)[K] };

/** A request as the box's side sees it. */
export type BenchRequest = {
  [K in BenchType]: { do: K } & FieldsOf<(typeof BENCH_MESSAGES)[K]['fields']>;
}[BenchType];
/** The answer to a request that was carried out. */
export type BenchAnswerOf<K extends BenchType> = FieldsOf<(typeof BENCH_MESSAGES)[K]['answer']>;
