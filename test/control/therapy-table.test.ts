import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../src/control/refusals.ts';
import type { TherapyAction } from '../../src/control/refusals.ts';
import { nextState, reachable, statesWith } from '../../src/control/table.ts';
import { ENERGY_STATES, SAFE_EVENTS, THERAPY } from '../../src/control/therapy-table.ts';
import { AED } from '../../src/control/aed-table.ts';
import { LINK } from '../../src/control/link-machine.ts';
import type { TherapyState } from '../../src/core/session-events.ts';

const STATES = Object.keys(THERAPY) as TherapyState[];

describe('the therapy table', () => {
  test('no energy is delivered except through ready', () => {
    expect(reachable(THERAPY, 'standby', { avoiding: 'ready' }).has('delivering')).toBe(false);
    expect(reachable(THERAPY, 'standby').has('delivering')).toBe(true);
  });

  test('only a key or a waiting trigger leads to delivering', () => {
    const ways = STATES.flatMap((from) =>
      Object.entries(THERAPY[from]).flatMap(([event, to]) =>
        to === 'delivering' ? [`${from} ${event}`] : [],
      ),
    );
    expect(ways).toEqual(['ready shock', 'awaitingR rWave']);
  });

  test('without somebody who presses SHOCK nothing is delivered', () => {
    const alone = reachable(THERAPY, 'standby', { avoidingEvents: ['shock', 'shockSync'] });
    expect(alone.has('delivering')).toBe(false);
    expect(alone.has('awaitingR')).toBe(false);
  });

  test.each(SAFE_EVENTS)('every state that may hold energy answers %s by getting rid of it', (event) => {
    for (const state of ENERGY_STATES) expect(THERAPY[state][event]).toBe('disarming');
  });

  test('from everywhere there is a way back to standby', () => {
    for (const state of STATES) expect(reachable(THERAPY, state).has('standby')).toBe(true);
  });

  test('out of disarming there is one way, and it needs the word of the box', () => {
    expect(statesWith(THERAPY, 'dumped', 'standby')).toContain('disarming');
    expect(new Set<string>(Object.values(THERAPY.disarming))).toEqual(new Set(['disarming', 'standby']));
  });

  test('DISARM is obeyed in every state', () => {
    for (const state of STATES) expect(nextState<TherapyState>(THERAPY, state, 'disarm')).toBeDefined();
  });

  test('a charge that nobody asked for is dumped', () => {
    expect(THERAPY.standby.charged).toBe('disarming');
  });

  test('every empty cell that a key can hit has its own words, with something to do', () => {
    const keys: TherapyAction[] = ['charge', 'shock', 'release', 'energy', 'sync'];
    for (const state of STATES)
      for (const key of keys) {
        const filled =
          nextState<TherapyState>(THERAPY, state, key === 'energy' ? 'energyDumps' : key) ??
          nextState<TherapyState>(THERAPY, state, key);
        if (filled === undefined) expect(refusalOf(state, key)).toMatch(/: .+|^a shock waits/);
      }
  });
});

describe('the AED table', () => {
  test('SHOCK becomes live only after an advice and a charge', () => {
    expect(reachable(AED, 'off', { avoidingEvents: ['advised'] }).has('shockReady')).toBe(false);
    expect(reachable(AED, 'off', { avoidingEvents: ['charged'] }).has('shockReady')).toBe(false);
    expect(reachable(AED, 'off').has('cpr')).toBe(true);
  });

  test('compressions follow a shock and nothing else', () => {
    expect(statesWith(AED, 'delivered', 'cpr')).toEqual(['shockReady']);
    expect(reachable(AED, 'off', { avoidingEvents: ['delivered'] }).has('cpr')).toBe(false);
  });
});

describe('the link table', () => {
  test('after lost only a new welcome brings the link up', () => {
    expect(LINK.lost).toEqual({ welcome: 'up', closed: 'lost' });
    expect(reachable(LINK, 'lost', { avoidingEvents: ['welcome'] })).toEqual(new Set(['lost']));
  });
});
