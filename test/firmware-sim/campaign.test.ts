/** The fault campaign in small, and proof that its judge can fail: each sabotage of the box is found. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Capacitor } from '../../firmware-sim/capacitor.ts';
import { DeadMan } from '../../firmware-sim/dead-man.ts';
import { Interlock } from '../../firmware-sim/interlock.ts';
import { Synchroniser } from '../../firmware-sim/synchroniser.ts';
import { Therapy } from '../../firmware-sim/therapy.ts';
import { randomRun } from '../sim/box-run.ts';

function campaign(seeds: number): void {
  for (let seed = 0; seed < seeds; seed++) randomRun(`test ${seed}`);
}

// A minute of a box is some 20 ms on a free core; the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });
afterEach(() => vi.restoreAllMocks());

describe('random runs of a minute with a hostile host, a bad cable and a spiteful bench', () => {
  test('break no safety rule, and are not idle', () => {
    let shocks = 0;
    let syncShocks = 0;
    let naks = 0;
    const whys = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const tally = randomRun(`test ${seed}`);
      shocks += tally.shocks;
      syncShocks += tally.syncShocks;
      naks += tally.naks;
      for (const why of Object.keys(tally.whys)) whys.add(why);
    }
    expect(shocks).toBeGreaterThan(20);
    expect(syncShocks).toBeGreaterThan(1);
    expect(naks).toBeGreaterThan(500);
    expect([...whys]).toEqual(
      expect.arrayContaining(['linkLost', 'host', 'energyChanged', 'padsOff', 'fault']),
    );
  });

  test('one seed is one run', () => {
    expect(randomRun('twice')).toEqual(randomRun('twice'));
  });
});

describe('a bench that has the trigger take T for R all the time', () => {
  const seeds = (count: number): number => {
    let onT = 0;
    for (let seed = 0; seed < count; seed++) onT += randomRun(`taken ${seed}`, 'tAsR').shocksOnT;
    return onT;
  };

  test('gets shocks on T out of a good box, and no other rule broken', () => {
    expect(seeds(60)).toBeGreaterThan(2);
  });

  test('does not excuse a trigger that sees an R everywhere', () => {
    vi.spyOn(Synchroniser.prototype, 'process').mockImplementation((_, first, n, onR) => {
      if (n > 0) onR({ sample: first + n - 1, decidedAt: first + n - 1, sure: true });
    });
    expect(() => seeds(30)).toThrow('neither R nor the T of the fault');
  });

  test('does not excuse a shock that comes late after its marker', () => {
    vi.spyOn(Therapy.prototype, 'rWave').mockImplementation(() => undefined);
    // Deaf to every R, and it fires when the wait is over.
    vi.spyOn(Therapy.prototype, 'withdraw').mockImplementation(function (this: Therapy, us) {
      this.shoot(us, this.armId, 1, us);
    });
    expect(() => seeds(30)).toThrow('after its marker');
  });

  test('does not excuse a shock without FIRE', () => {
    vi.spyOn(Interlock.prototype, 'judge').mockImplementation(function (this: Interlock, _, box) {
      if (box.state !== 'ready') return 'badState';
      this.burn();
      return 'ok';
    });
    expect(() => seeds(30)).toThrow('no FIRE permitted');
  });
});

describe('the judge finds a box', () => {
  test('that fires whatever the FIRE says', () => {
    vi.spyOn(Interlock.prototype, 'judge').mockImplementation(function (this: Interlock, _, box) {
      if (box.state !== 'ready') return 'badState';
      this.burn();
      return 'ok';
    });
    expect(() => campaign(30)).toThrow('no FIRE permitted');
  });

  test('whose arm ids are not burnt', () => {
    vi.spyOn(Interlock.prototype, 'burn').mockImplementation(() => undefined);
    vi.spyOn(Interlock.prototype, 'arm').mockImplementation(function (this: Interlock) {
      Object.assign(this, { current: 4711 });
      return 4711;
    });
    expect(() => campaign(10)).toThrow('no FIRE permitted');
  });

  test('without a dead man', () => {
    vi.spyOn(DeadMan.prototype, 'nextUs', 'get').mockReturnValue(Infinity);
    expect(() => campaign(10)).toThrow('after the last valid packet');
  });

  test('whose dump relay does not close', () => {
    vi.spyOn(Capacitor.prototype, 'dump').mockImplementation(function (this: Capacitor, us) {
      this.hold(us);
    });
    expect(() => campaign(10)).toThrow('relay off in dumping');
  });

  test('whose trigger sees an R everywhere', () => {
    vi.spyOn(Synchroniser.prototype, 'process').mockImplementation((_, first, n, onR) => {
      if (n > 0) onR({ sample: first + n - 1, decidedAt: first + n - 1, sure: true });
    });
    expect(() => campaign(30)).toThrow('synchronized shock');
  });

  test('that ignores pads that come off', () => {
    vi.spyOn(Therapy.prototype, 'padsChanged').mockImplementation(() => undefined);
    expect(() => campaign(20)).toThrow('pads off');
  });
});
