import { describe, expect, test } from 'vitest';
import { AedMachine } from '../../src/control/aed.ts';
import type { AedEffect } from '../../src/control/aed.ts';

const S = 1_000_000;

function analysing(): AedMachine {
  const aed = new AedMachine({ energiesJ: [200, 300], cprMs: 120_000 });
  aed.handle('start', 0);
  return aed;
}

function doing(effects: readonly AedEffect[]): string[] {
  return effects.filter((e) => e.type !== 'prompt').map((e) => e.type);
}

describe('the AED', () => {
  test('charges in silence on the first shockable decision, advises on the second', () => {
    const aed = analysing();
    expect(aed.decide('shock', S)).toEqual([{ type: 'charge', energyJ: 200 }]);
    expect(aed.advises).toBe(false);
    aed.decide('shock', 2 * S);
    expect(aed.state).toBe('advisedCharging');
    aed.handle('charged', 5 * S);
    expect(aed.advises).toBe(true);
  });

  test('compressions keep the advice waiting, and the operator is told so once', () => {
    const aed = analysing();
    const told = [1, 2, 3, 4, 5].flatMap((t) => aed.decide('inconclusive', t * S, 'compressions'));
    expect(told.map((e) => e.type)).toEqual(['delay', 'prompt']);
    expect(JSON.stringify(told)).toMatch(/compressions/i);
    expect(doing(aed.decide('shock', 6 * S))).toEqual(['delay', 'charge']);
  });

  test('charged before the advice stands: SHOCK is not live yet', () => {
    const aed = analysing();
    aed.decide('shock', S);
    aed.handle('charged', 2 * S);
    expect(aed.advises).toBe(false);
    aed.decide('shock', 3 * S);
    expect(aed.advises).toBe(true);
  });

  test('one no-shock decision does not take the advice away, two do, and the charge is dumped', () => {
    const aed = analysing();
    aed.decide('shock', S);
    aed.decide('shock', 2 * S);
    aed.handle('charged', 5 * S);
    expect(aed.decide('noShock', 6 * S)).toEqual([]);
    expect(aed.advises).toBe(true);
    expect(doing(aed.decide('noShock', 7 * S))).toEqual(['disarm']);
    expect(aed.state).toBe('analysing');
  });

  test('an unclear signal breaks a row of shocks, and does not withdraw an advice', () => {
    const aed = analysing();
    aed.decide('shock', S);
    aed.decide('inconclusive', 2 * S);
    aed.decide('shock', 3 * S);
    expect(aed.state).toBe('precharging');
    aed.decide('shock', 4 * S);
    aed.handle('charged', 5 * S);
    for (let t = 6; t < 12; t++) aed.decide('inconclusive', t * S);
    expect(aed.advises).toBe(true);
  });

  test('after the shock: compressions for two minutes, then analysis of new samples with the next energy', () => {
    const aed = analysing();
    aed.decide('shock', S);
    aed.decide('shock', 2 * S);
    aed.handle('charged', 5 * S);
    aed.handle('delivered', 6 * S);
    expect(aed.state).toBe('cpr');
    expect(aed.decide('shock', 7 * S)).toEqual([]);
    expect(aed.nextDeadline).toBe(126 * S);
    expect(aed.poll(126 * S - 1)).toEqual([]);
    expect(doing(aed.poll(126 * S))).toEqual(['restartAnalysis']);
    expect(aed.decide('shock', 130 * S)).toEqual([{ type: 'charge', energyJ: 300 }]);
    aed.decide('shock', 131 * S);
    aed.handle('charged', 135 * S);
    aed.handle('delivered', 136 * S);
    expect(aed.energyJ).toBe(300);
  });

  test('pads off while charged: the charge goes, and nothing is decided until they are on again', () => {
    const aed = analysing();
    aed.decide('shock', S);
    expect(doing(aed.handle('padsOff', 2 * S))).toEqual(['disarm']);
    expect(aed.decide('shock', 3 * S)).toEqual([]);
    expect(doing(aed.handle('padsOn', 4 * S))).toEqual(['restartAnalysis']);
  });

  test('a sentence is not said twice in a row', () => {
    const aed = analysing();
    aed.decide('noShock', S);
    expect(aed.decide('noShock', 2 * S)).toHaveLength(1);
    expect(aed.decide('noShock', 3 * S)).toEqual([]);
  });
});
