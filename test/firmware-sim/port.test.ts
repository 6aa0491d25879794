import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/core/rng.ts';
import { EARLIER_TABLES, encodePacket, SCHEMA_HASH } from '../../src/protocol/codec.ts';
import type { MessageOf } from '../../src/protocol/messages.ts';
import { REPLIES, WELCOME_FLAG } from '../../src/protocol/messages.ts';
import { Box } from '../../firmware-sim/box.ts';
import { aed } from '../../firmware-sim/profiles/aed.ts';
import { als } from '../../firmware-sim/profiles/als.ts';
import { hello, SpikePatient, WireHost } from './wire-host.ts';

describe('a session', () => {
  test('WELCOME says what this is: simulated, the table hash, the leads', () => {
    const host = new WireHost().connect();
    expect(host.last('welcome')).toMatchObject({
      flags: WELCOME_FLAG.simulated,
      schemaHash: SCHEMA_HASH,
      nonce: 1,
      model: 'rwave ALS',
      leads: 2,
      leadNames: 'pads,II',
      fs: 250,
      adcGain: 200,
    });
  });

  test.each([
    ['another table', { schemaHash: 1 }],
    ['another magic', { magic: 'NOPE' }],
    ['a version to come', { minVer: 2, maxVer: 3 }],
  ])('a HELLO with %s is refused, with words', (_, change) => {
    const host = new WireHost();
    host.send({ ...hello(), ...change }, 0);
    expect(REPLIES[host.last('nak').code]).toBe('unsupported');
    expect(host.last('log').text).toContain('DSP/1');
    expect(host.all('welcome')).toHaveLength(0);
  });

  test('a host with an earlier table is let in, told what it will not see, and hears its own hash', () => {
    const host = new WireHost();
    const [{ hash }] = EARLIER_TABLES;
    host.send({ ...hello(3), schemaHash: hash }, 0);
    expect(host.last('welcome')).toMatchObject({ nonce: 3, minor: 1, schemaHash: hash });
    expect(host.last('log').text).toContain('without firstPhaseUs');
  });

  test('the same HELLO again gets the same session; another one ends the old session and its charge', () => {
    const host = new WireHost().connect(5);
    const { session } = host;
    host.charge(200);
    host.send(hello(5), 0);
    expect(host.last('welcome').session).toBe(session);
    expect(host.box.bench.state).toBe('ready');
    host.send(hello(6), 0);
    expect(host.last('welcome').session).not.toBe(session);
    expect(host.box.bench.dumpRelayOn).toBe(true);
  });

  test('a packet of an old session is told so and does nothing', () => {
    const host = new WireHost().connect(1);
    const old = host.session;
    host.connect(2);
    host.send({ type: 'charge', energyDj: 2000 }, old);
    expect(REPLIES[host.last('nak').code]).toBe('badSession');
    expect(host.box.bench.state).toBe('standby');
  });

  test('a retry is answered from memory: it charges once', () => {
    const host = new WireHost().connect();
    host.send({ type: 'charge', energyDj: 500 });
    host.send({ type: 'charge', energyDj: 500 }, host.session, host.seq);
    const acks = host.all('ack');
    expect(acks.map((a) => REPLIES[a.code])).toEqual(['ok', 'ok']);
    host.send({ type: 'charge', energyDj: 500 });
    expect(REPLIES[host.last('ack').code]).toBe('inProgress');
  });

  test('a CHARGE that the cable kept until it was forgotten is not carried out', () => {
    const host = new WireHost().connect();
    host.send({ type: 'charge', energyDj: 500 });
    const chargeSeq = host.seq;
    host.command({ type: 'disarm' });
    for (let i = 0; i < 20; i++) host.command({ type: 'syncSet', on: i % 2, lead: 0 });
    host.wait(3000);
    host.send({ type: 'charge', energyDj: 500 }, host.session, chargeSeq);
    expect(REPLIES[host.last('nak').code]).toBe('expired');
    expect(host.box.bench.state).toBe('standby');
    expect(host.command({ type: 'charge', energyDj: 500 })).toBe('ok');
  });

  test('silence: heartbeats five times a second, then the session is over', () => {
    const host = new WireHost().connect();
    host.alive = false;
    host.wait(3000);
    expect(host.all('heartbeat').length).toBe(5);
    host.send({ type: 'getStatus' });
    expect(REPLIES[host.last('nak').code]).toBe('badSession');
  });

  test('an event is repeated every 100 ms until it is acknowledged', () => {
    const host = new WireHost().connect();
    host.command({ type: 'charge', energyDj: 10 });
    host.alive = false;
    host.wait(450);
    const readies = (): MessageOf<'event'>[] => host.all('event').filter((e) => e.code === 2);
    const sent = readies().length;
    expect(sent).toBeGreaterThanOrEqual(2);
    host.send({ type: 'eventAck', eventId: readies()[0].eventId });
    host.wait(400);
    expect(readies()).toHaveLength(sent);
  });

  test('TIMESYNC answers with the clock of the box', () => {
    const host = new WireHost().connect();
    host.send({ type: 'timesync', t1: 77, t2: 0, t3: 0 });
    expect(host.last('timesync')).toMatchObject({ t1: 77, t2: host.nowUs, t3: host.nowUs });
  });

  test('the AED has no SYNC and no pacer', () => {
    const host = new WireHost({ profile: aed }).connect();
    expect(host.command({ type: 'syncSet', on: 1, lead: 0 })).toBe('unsupported');
    const pace = { ratePpm: 70, currentMa: 50, widthUs: 40_000 };
    expect(host.command({ type: 'paceSet', on: 1, mode: 0, ...pace })).toBe('unsupported');
  });
});

describe('waves', () => {
  test('carry every sample once, in order, with its index and time', () => {
    const host = new WireHost({ patient: new SpikePatient(800) }).connect();
    host.command({ type: 'streamCfg', leadMask: 3, samplesPerPacket: 10 });
    host.wait(2000);
    const waves = host.all('wave');
    expect(waves.length).toBeGreaterThanOrEqual(49);
    waves.forEach((wave, i) => {
      expect(wave).toMatchObject({ n: 10, nLeads: 2, leadMask: 3, fs: 250, adcGain: 200 });
      if (i > 0) expect(wave.idx0).toBe(waves[i - 1].idx0 + 10);
      expect(wave.t0Us).toBe(wave.idx0 * 4000);
    });
    expect(Math.max(...waves.flatMap((w) => [...w.samples]))).toBe(240);
  });

  test('a lead that is off is -32768 on the wire, an event, and a bit in the status', () => {
    const host = new WireHost().connect();
    host.command({ type: 'streamCfg', leadMask: 3, samplesPerPacket: 10 });
    host.box.bench.setLead('II', false);
    host.wait(500);
    const { samples } = host.last('wave');
    expect(samples[0]).toBe(0);
    expect(samples[1]).toBe(-32_768);
    expect(host.event('leads')?.leadsOff).toBe(2);
    expect(host.last('wave').nLeads).toBe(2);
    host.send({ type: 'getStatus' });
    expect(host.last('status').leadsOff).toBe(2);
  });

  test.each([
    ['a lead that is not there', 4, 10],
    ['no samples', 1, 0],
    ['more than a packet holds', 3, 100],
  ])('%s is refused', (_, leadMask, samplesPerPacket) => {
    const host = new WireHost().connect();
    expect(host.command({ type: 'streamCfg', leadMask, samplesPerPacket })).toBe('badParam');
  });

  test('on a slow line waves give way to answers, and the losses are counted', () => {
    const host = new WireHost().connect();
    host.command({ type: 'setBaud', baud: 9600 });
    host.command({ type: 'streamCfg', leadMask: 3, samplesPerPacket: 1 });
    host.wait(5000);
    host.command({ type: 'getStatus' });
    host.wait(400);
    expect(host.last('heartbeat').dropped).toBeGreaterThan(100);
    expect(host.box.bench.state).toBe('standby');
  });
});

describe('the ASCII personality', () => {
  function ask(host: WireHost, line: string): string | undefined {
    host.lines.length = 0;
    host.push(new TextEncoder().encode(`${line}\r\n`));
    return host.lines.at(-1);
  }

  test.each([
    ['IDENT', 'rwave ALS; sim 1.0; SIM-0001; SIMULATED'],
    ['ident', 'rwave ALS; sim 1.0; SIM-0001; SIMULATED'],
    ['STATUS', 'standby; 0 V'],
    ['QMODE', 'LOCAL'],
    ['REMOTE', '*'],
    ['FAULTS', 'none'],
    ['RESULT', 'none'],
    ['SELFTEST', '!02 Illegal command'],
    ['ENERGY=200', '!02 Illegal command'],
    ['ENERGY=many', '!03 Illegal parameter'],
    ['CHARGE', '!02 Illegal command'],
    ['FIRE', '!02 Illegal command'],
    ['HELP ME', '!01 Unknown command'],
  ])('%s -> %s', (line, answer) => {
    const host = new WireHost();
    host.wait(600);
    expect(ask(host, line)).toBe(answer);
    expect(host.box.bench.state).toBe('standby');
  });

  test('RESULT is the last shock, with the figures of the packet', () => {
    const host = new WireHost().connect();
    host.charge(200);
    host.fire();
    host.wait(100);
    const { selectedDj, storedDj, deliveredDj, firstPhaseUs, secondPhaseUs, tiltPm } =
      host.event('shock') ?? {};
    const line = ask(host, 'RESULT')?.split(',').map(Number) ?? [];
    expect(line.slice(0, 3)).toEqual([selectedDj, storedDj, deliveredDj].map((dj = NaN) => dj / 10));
    expect(line[6]).toBeCloseTo((firstPhaseUs ?? NaN) / 1000, 1);
    expect(line[7]).toBeCloseTo((secondPhaseUs ?? NaN) / 1000, 1);
    expect(line[8]).toBeCloseTo((tiltPm ?? NaN) / 10, 1);
    expect(line).toHaveLength(9);
    host.send({ type: 'getResult', armId: host.event('shock')?.armId ?? 0 });
    expect(host.last('result')).toMatchObject({ firstPhaseUs, secondPhaseUs, tiltPm });
  });

  test('settings work in REMOTE, and not while a host has a session', () => {
    const host = new WireHost();
    host.wait(600);
    ask(host, 'REMOTE');
    expect(ask(host, 'ENERGY=150')).toBe('*');
    expect(ask(host, 'ENERGY=151')).toBe('!03 Illegal parameter');
    expect(ask(host, 'SYNC=ON')).toBe('*');
    host.connect();
    expect(host.last('status')).toMatchObject({ energySelDj: 1500, sync: 1 });
    expect(ask(host, 'ENERGY=200')).toBe('!02 Illegal command');
  });
});

describe('step', () => {
  /** What comes out of 12 s with a charge and a synchronized shock, stepped as `cuts` says. */
  function record(cuts: () => number): Uint8Array {
    const box = new Box({ profile: als, patient: new SpikePatient(700), rng: new Rng('cut') });
    const out: number[] = [];
    let nowUs = 0;
    const until = (us: number): void => {
      while (nowUs < us) {
        nowUs = Math.min(us, nowUs + cuts());
        out.push(...box.step(nowUs, new Uint8Array(0)).bytesOut);
      }
    };
    let session = 0;
    let seq = 0;
    const say = (message: Parameters<typeof encodePacket>[0]['message']): void => {
      out.push(...box.step(nowUs, encodePacket({ message, seq: ++seq, session, flags: 1 })).bytesOut);
    };
    box.step(0, new Uint8Array(0));
    until(1_000_003);
    say(hello());
    const host = new WireHost({ patient: new SpikePatient(700), rng: new Rng('cut') });
    session = host.connect().session;
    say({ type: 'streamCfg', leadMask: 3, samplesPerPacket: 7 });
    say({ type: 'syncSet', on: 1, lead: 0 });
    say({ type: 'charge', energyDj: 1000 });
    for (let us = 1_100_000; us < 12_000_000; us += 300_000) {
      until(us);
      say({ type: 'heartbeat', tUs: us, state: 0, lastSeqSeen: 0, rxErrors: 0, dropped: 0 });
    }
    return Uint8Array.from(out);
  }

  test('what comes out does not depend on how often somebody steps', () => {
    const once = record(() => 1e9);
    expect(once.length).toBeGreaterThan(10_000);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const rng = new Rng(seed);
        expect(
          Buffer.compare(
            record(() => rng.int(1, 60_000)),
            once,
          ),
        ).toBe(0);
      }),
      { numRuns: 8 },
    );
  });

  test('any bytes at all: no throw, no energy, and the next good packet is answered', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (chunks) => {
        const patient = new SpikePatient();
        const host = new WireHost({ patient }).connect();
        for (const chunk of chunks) {
          host.push(chunk);
          host.wait(10);
        }
        host.push(Uint8Array.of(0));
        host.send({ type: 'timesync', t1: 9, t2: 0, t3: 0 });
        expect(host.last('timesync').t1).toBe(9);
        expect(host.box.bench.capacitorJ).toBe(0);
        expect(patient.shocks).toHaveLength(0);
      }),
      { numRuns: 60 },
    );
  });

  test('time does not go back', () => {
    const box = new Box({ profile: als, patient: new SpikePatient(), rng: new Rng(1) });
    box.step(1000, new Uint8Array(0));
    expect(() => box.step(999, new Uint8Array(0))).toThrow('goes forward');
  });
});

test('an hour of heartbeats does not make the next CHARGE an old one', () => {
  const host = new WireHost().connect();
  expect(host.command({ type: 'charge', energyDj: 2000 })).toBe('ok');
  expect(host.command({ type: 'disarm' })).toBe('ok');
  host.wait(5000);
  for (let sent = 0; sent < 40_000; sent += 500) {
    host.seq += 500;
    host.send({ type: 'heartbeat', tUs: 0, state: 0, lastSeqSeen: 0, rxErrors: 0, dropped: 0 });
  }
  expect(host.command({ type: 'charge', energyDj: 2000 })).toBe('ok');
});
