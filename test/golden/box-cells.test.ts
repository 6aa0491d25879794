/**
 * The box's therapy, order by order: every state, every packet and mishap, what it answers and tells, and what is left in
 * the capacitor. Also every FIRE that is not permitted, with its reason. `box-cells.txt` is the approved table.
 */
import { describe, expect, test } from 'vitest';
import { BeatBox } from '../../firmware-sim/beat-box.ts';
import type { Defects, HighVoltage } from '../../firmware-sim/high-voltage.ts';
import { Interlock } from '../../firmware-sim/interlock.ts';
import type { Circumstances } from '../../firmware-sim/interlock.ts';
import { als } from '../../firmware-sim/profiles/als.ts';
import { profileByName } from '../../firmware-sim/profiles/index.ts';
import type { Profile } from '../../firmware-sim/profiles/index.ts';
import { BOX_THERAPY, holdsCharge, nextState } from '../../firmware-sim/therapy-table.ts';
import { BeatPatient } from '../../signals/patient/beat-patient.ts';
import { Rng } from '../../src/core/rng.ts';
import { MTU_DEFAULT, SCHEMA_HASH, VERSION } from '../../src/protocol/codec.ts';
import type { Message, MessageOf } from '../../src/protocol/messages.ts';
import { BOX_STATES, EVENTS, FAULTS, OUTCOMES, REPLIES, WHYS } from '../../src/protocol/messages.ts';
import { expectApproved, plain } from './approve.ts';

/** A box with a host as small as can be. */
class Bench {
  readonly box: BeatBox;
  readonly heard: Message[] = [];
  now = 0;
  armId = 0;
  private session = 0;
  private seq = 0;
  private beatAt = 0;

  constructor(profile: Profile, rhythm = 'sinus') {
    this.box = new BeatBox({
      profile,
      patient: new BeatPatient({ rng: new Rng('cells'), rhythm }),
      rng: new Rng('box'),
      sink: ({ message }) => this.hear(message),
    });
    this.wait(1000);
    const hello = {
      magic: 'DFIB',
      minVer: VERSION,
      maxVer: VERSION,
      features: 0,
      mtu: MTU_DEFAULT,
      nonce: 5,
    };
    this.send({ type: 'hello', ...hello, schemaHash: SCHEMA_HASH, name: 'cells' });
  }

  private hear(message: Message): void {
    if (message.type === 'welcome') this.session = message.session;
    if (message.type === 'event' && EVENTS[message.code] === 'ready') this.armId = message.armId;
    this.heard.push(message);
  }

  send(message: Message): void {
    this.box.hear({ message, seq: ++this.seq, session: this.session, flags: 1 }, this.now);
  }

  /** Lets time pass, with heartbeats; stops when `done`. */
  wait(ms: number, done: () => boolean = () => false): void {
    for (const end = this.now + ms * 1000; this.now < end && !done();) {
      this.now = Math.min(end, this.beatAt, Math.max(this.now + 1, this.box.nextUs));
      if (this.now >= this.beatAt && this.session !== 0) {
        this.beatAt = this.now + 200_000;
        this.send({ type: 'heartbeat', tUs: 0, state: 0, lastSeqSeen: 0, rxErrors: 0, dropped: 0 });
      } else if (this.session === 0) this.beatAt = this.now + 200_000;
      this.box.run(this.now);
    }
  }

  fire(fields: Partial<MessageOf<'fire'>> = {}): void {
    const sync = this.box.bench.syncOn ? 1 : 0;
    const validUntilUs = this.now + 5_000_000;
    const { armId } = this;
    this.send({ type: 'fire', armId, energyDj: 2000, sync, validUntilUs, waitRMs: 4000, ...fields });
  }

  get state(): string {
    const { bench } = this.box;
    const { state, syncOn, dumpRelayOn, shocks, faults } = bench;
    const words = [state, `${bench.capacitorJ.toFixed(0)} J`, `${shocks} shocks`];
    if (syncOn) words.push('sync');
    if (dumpRelayOn) words.push('relay on');
    return [...words, ...faults].join(', ');
  }
}

/** What the host hears, without the rounds that say nothing new. */
function told(messages: readonly Message[], known: (id: number) => string): string[] {
  const seen = new Set<number>();
  return messages.flatMap((m) => {
    if (m.type === 'ack' || m.type === 'nak') return [REPLIES[m.code]];
    if (m.type === 'result')
      return [`result ${OUTCOMES[m.outcome]} ${WHYS[m.why]} ${m.deliveredDj.toFixed(0)} dJ`];
    // Nobody acknowledges here: each is repeated.
    if (m.type !== 'event' || seen.has(m.eventId)) return [];
    seen.add(m.eventId);
    const { selectedDj, storedDj, deliveredDj, expiryMs, faults, impedanceDohm, peakV, peakDa } = m;
    const figures = { selectedDj, storedDj, deliveredDj, expiryMs, impedanceDohm, peakV, peakDa };
    const shown = Object.entries(figures).filter(([, v]) => v !== 0);
    const names = FAULTS.filter((_, k) => (faults & (1 << k)) !== 0);
    const rest = shown.map(([k, v]) => `${k} ${v.toFixed(0)}`);
    if (EVENTS[m.code] === 'rWave') return [];
    return [
      [EVENTS[m.code], WHYS[m.why], known(m.armId), ...(m.sync ? ['on R'] : []), ...rest, ...names]
        .filter((w) => w !== 'none' && w !== '')
        .join(' '),
    ];
  });
}

const charge = (energyDj: number) => (b: Bench) => b.send({ type: 'charge', energyDj });
const sync =
  (on: number, lead = 0) =>
  (b: Bench) =>
    b.send({ type: 'syncSet', on, lead });
const ready = (b: Bench): void => {
  charge(2000)(b);
  b.wait(9000, () => b.box.bench.state === 'ready');
};

const STATES: Readonly<Record<string, (b: Bench) => void>> = {
  standby: () => undefined,
  charging: (b) => {
    charge(2000)(b);
    b.wait(1000);
  },
  ready,
  awaitingR: (b) => {
    ready(b);
    sync(1)(b);
    b.fire();
  },
  delivering: (b) => {
    ready(b);
    b.fire();
  },
  dumping: (b) => {
    ready(b);
    b.send({ type: 'disarm' });
  },
  failed: (b) => b.box.bench.setFault('relayWeld', true),
};

const INPUTS: Readonly<Record<string, (b: Bench) => void>> = {
  'charge 200 J': charge(2000),
  'charge 150 J': charge(1500),
  'charge 199 J': charge(1990),
  'select 150 J': (b) => b.send({ type: 'selectEnergy', energyDj: 1500 }),
  'select 199 J': (b) => b.send({ type: 'selectEnergy', energyDj: 1990 }),
  disarm: (b) => b.send({ type: 'disarm' }),
  fire: (b) => b.fire(),
  'fire for 150 J': (b) => b.fire({ energyDj: 1500 }),
  'fire with an unknown id': (b) => b.fire({ armId: 99 }),
  'cancel fire': (b) => b.send({ type: 'cancelFire', armId: b.armId }),
  'cancel an unknown fire': (b) => b.send({ type: 'cancelFire', armId: 99 }),
  'sync on': sync(1),
  'sync off': sync(0),
  'sync on lead 9': sync(1, 9),
  'get result': (b) => b.send({ type: 'getResult', armId: b.armId }),
  'pace on': (b) => b.send({ type: 'paceSet', on: 1, mode: 0, ratePpm: 60, currentMa: 80, widthUs: 40_000 }),
  reset: (b) => b.send({ type: 'reset' }),
  'pads off': (b) => b.box.bench.setPads(false),
  'pads lead off': (b) => b.box.bench.setLead('pads', false),
  'stuck button': (b) => b.box.bench.setFault('stuckButton', true),
  'relay weld': (b) => b.box.bench.setFault('relayWeld', true),
  'low battery': (b) => b.box.bench.setFault('lowBattery', true),
  '1 s': (b) => b.wait(1000),
  '9 s': (b) => b.wait(9000),
  '59 s': (b) => b.wait(59_000),
  '61 s': (b) => b.wait(61_000),
};

function cell(
  profile: Profile,
  way: (b: Bench) => void,
  input: (b: Bench) => void,
  rhythm = 'asystole',
): string {
  const bench = new Bench(profile, rhythm);
  way(bench);
  bench.box.touched();
  const first = bench.armId;
  const from = bench.heard.length;
  const at = bench.now;
  input(bench);
  bench.box.touched();
  const known = (id: number): string => (id === 0 ? '' : id === first ? 'this charge' : 'new id');
  const news = told(bench.heard.slice(from), known);
  return `${bench.state}, ${((bench.now - at) / 1000).toFixed(0)} ms: ${news.join('; ') || 'nothing'}`;
}

const WAITS: readonly string[] = ['1 s', '9 s', '59 s', '61 s'];
const HOLDING: readonly string[] = ['charging', 'ready', 'awaitingR'];

function table(profile: Profile, states: readonly string[]): string[] {
  return states.flatMap((name) => {
    const inputs = Object.entries(INPUTS).filter(([what]) => HOLDING.includes(name) || !WAITS.includes(what));
    const lines = inputs.map(([what, input]) => `  ${what} -> ${cell(profile, STATES[name], input)}`);
    return [`\n${profile.name}, ${name}`, ...lines];
  });
}

/** What comes after a state by itself, with a heart that beats. */
function courses(): string[] {
  const bad =
    (fault: string, on = true) =>
    (b: Bench): void =>
      b.box.bench.setFault(fault, on);
  /** A part that is broken and does not say so. */
  const broken =
    (part: keyof Defects) =>
    (b: Bench): void => {
      (Reflect.get(b.box, 'highVoltage') as HighVoltage).defects[part] = true;
    };
  const both =
    (...ways: ((b: Bench) => void)[]) =>
    (b: Bench) =>
      ways.forEach((way) => way(b));
  const wait = (ms: number) => (b: Bench) => b.wait(ms);
  const list: Readonly<Record<string, (b: Bench) => void>> = {
    'shock, and the rest is dumped': both(STATES['delivering'], wait(5000)),
    'shock on R': both(STATES['awaitingR'], wait(5000)),
    'a lead comes off after SYNC': both(ready, sync(1), (b) => b.box.bench.setLead('pads', false)),
    'FIRE with a lead off': both(
      ready,
      sync(1),
      (b) => b.box.bench.setLead('pads', false),
      (b) => b.fire(),
    ),
    'FIRE without a wait': both(ready, sync(1), (b) => b.fire({ waitRMs: 0 })),
    'FIRE that waits longer than the model does': both(ready, sync(1), (b) =>
      b.fire({ waitRMs: 60_000, validUntilUs: b.now + 60e6 }),
    ),
    'FIRE that ends before its wait': both(
      ready,
      sync(1),
      (b) => b.fire({ validUntilUs: b.now + 1000 }),
      wait(10),
    ),
    'weak charger': both(broken('weakCharger'), charge(3600), wait(22_000)),
    'runaway charger': both(broken('runawayCharger'), charge(3600), wait(12_000)),
    'burnt dump resistor': both(
      ready,
      broken('openDumpResistor'),
      (b) => b.send({ type: 'disarm' }),
      wait(4000),
    ),
    'burnt dump resistor, restarted': both(
      ready,
      broken('openDumpResistor'),
      (b) => b.send({ type: 'disarm' }),
      wait(4000),
      (b) => b.send({ type: 'reset' }),
      wait(1000),
    ),
    'restart while charged': both(ready, (b) => b.send({ type: 'reset' }), wait(4000)),
    'restart while it dumps': both(STATES['dumping'], (b) => b.send({ type: 'reset' }), wait(4000)),
    'restart of a box that failed': both(
      bad('watchdog'),
      bad('watchdog', false),
      (b) => b.send({ type: 'reset' }),
      wait(1000),
    ),
    'self-test with a fault': both(bad('memory'), (b) => b.send({ type: 'reset' }), wait(1000)),
    'a stuck button that comes loose': both(
      bad('stuckButton'),
      charge(2000),
      bad('stuckButton', false),
      charge(2000),
      wait(100),
    ),
    'battery near its end': both((b) => b.box.bench.setBattery(14), charge(500), wait(9000)),
    'battery charged again': both(
      (b) => b.box.bench.setBattery(14),
      charge(500),
      wait(9000),
      (b) => b.send({ type: 'disarm' }),
      wait(3000),
      (b) => b.box.bench.setBattery(90),
      charge(500),
      wait(9000),
    ),
    'too little resistance': both(
      ready,
      (b) => b.box.bench.setLoadOhm(19),
      (b) => b.fire(),
    ),
    'too much resistance': both(
      ready,
      (b) => b.box.bench.setLoadOhm(201),
      (b) => b.fire(),
    ),
    'the pacer forbids SYNC': both(INPUTS['pace on'], sync(1)),
    'many charges get hot': both(
      ...Array.from({ length: 36 }, () =>
        both(charge(3600), wait(9000), (b) => b.send({ type: 'disarm' }), wait(3000)),
      ),
      charge(3600),
    ),
  };
  return Object.entries(list).map(
    ([what, run]) => `  ${what}\n    ${cell(als, () => undefined, run, 'sinus')}`,
  );
}

test('the therapy of the box is the approved table', () => {
  const head =
    'The box: what it answers, tells and holds after each order in each state. Made by test/golden/box-cells.test.ts.';
  const recharging = { ...als, name: 'recharging', energyChange: 'recharge' as const };
  const others = [recharging, profileByName('aed')].flatMap((p) => table(p, ['charging', 'ready']));
  const tables = [...table(als, Object.keys(STATES)), ...others];
  expectApproved('box-cells', [head, ...tables, '\ncourses', ...courses(), ''].join('\n'));
});

describe('a FIRE', () => {
  const box: Circumstances = {
    nowUs: 1000,
    state: 'ready',
    energyDj: 2000,
    syncOn: false,
    syncLeadOff: false,
    padsOn: true,
    impedanceInRange: true,
    pacing: false,
    faultFree: true,
  };

  function judged(fire: Partial<MessageOf<'fire'>>, wrong: Partial<Circumstances> = {}): [string, string] {
    const interlock = new Interlock(new Rng('fire'));
    const armId = interlock.arm();
    const wish = {
      type: 'fire',
      armId,
      energyDj: 2000,
      sync: 0,
      validUntilUs: 1000,
      waitRMs: 0,
      ...fire,
    } as const;
    const reply = interlock.judge(wish, { ...box, ...wrong });
    return [reply, interlock.armId === 0 ? 'burnt' : 'kept'];
  }

  test.each([
    [{}, {}, 'ok', 'burnt'],
    [{ sync: 1, waitRMs: 1 }, { syncOn: true }, 'ok', 'burnt'],
    [{}, { state: 'charging' }, 'badState', 'kept'],
    [{}, { state: 'awaitingR' }, 'badState', 'kept'],
    [{ armId: 0 }, {}, 'unknownArmId', 'kept'],
    [{ armId: 12 }, {}, 'unknownArmId', 'kept'],
    [{ energyDj: 1990 }, {}, 'badParam', 'burnt'],
    [{}, { nowUs: 1001 }, 'expired', 'burnt'],
    [{ sync: 1 }, {}, 'badParam', 'burnt'],
    [{ sync: 0 }, { syncOn: true }, 'badParam', 'burnt'],
    [{ sync: 1, waitRMs: 0 }, { syncOn: true }, 'badParam', 'burnt'],
    [{}, { padsOn: false }, 'leadsOff', 'burnt'],
    [{ sync: 1, waitRMs: 1 }, { syncOn: true, syncLeadOff: true }, 'leadsOff', 'burnt'],
    [{}, { syncLeadOff: true }, 'ok', 'burnt'],
    [{}, { impedanceInRange: false }, 'interlock', 'burnt'],
    [{}, { pacing: true }, 'interlock', 'burnt'],
    [{}, { faultFree: false }, 'interlock', 'burnt'],
  ] as const)('%o while %o: %s, the id is %s', (fire, wrong, reply, id) => {
    expect(judged(fire, wrong)).toEqual([reply, id]);
  });

  test('an id that was burnt is expired, for the last sixteen; then nobody knows it', () => {
    const interlock = new Interlock(new Rng('ids'));
    const ids = Array.from({ length: 18 }, () => interlock.arm());
    expect(new Set(ids).size).toBe(18);
    const replies = ids.map((armId) =>
      interlock.judge({ type: 'fire', armId, energyDj: 2000, sync: 0, validUntilUs: 9e9, waitRMs: 0 }, box),
    );
    expect(replies.slice(0, 3)).toEqual(['unknownArmId', 'expired', 'expired']);
    expect(replies.slice(-2)).toEqual(['expired', 'ok']);
    expect(interlock.armId).toBe(0);
    interlock.burn();
    interlock.burn();
    expect(interlock.armId).toBe(0);
  });

  test('an id is never zero and never one that was used a moment ago', () => {
    const rng = new Rng('dice');
    const throws = [7, 7, 0, 7, 9];
    rng.u32 = () => throws.shift() ?? 1;
    const interlock = new Interlock(rng);
    expect([interlock.arm(), interlock.arm()]).toEqual([7, 9]);
  });
});

test('which states of the box hold a charge, and where an event leads', () => {
  expect(Object.keys(BOX_THERAPY).filter((s) => holdsCharge(s as keyof typeof BOX_THERAPY))).toEqual([
    'charging',
    'ready',
    'awaitingR',
  ]);
  expect(BOX_STATES.map((s) => nextState(s, 'dump') ?? '-')).toEqual([
    '-',
    '-',
    'dumping',
    'dumping',
    'dumping',
    '-',
    '-',
    '-',
  ]);
  expect(plain(BOX_THERAPY)).toBe(
    'selfTest passed standby failed failed broken failed standby charge charging restart selfTest broken failed charging charge charging charged ready dump dumping ready charge charging fire delivering fireOnR awaitingR dump dumping awaitingR rWave delivering withdraw ready dump dumping delivering delivered dumping dumping dumped standby restart selfTest broken failed failed restart selfTest',
  );
});
