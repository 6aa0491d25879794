import { describe, expect, test } from 'vitest';
import { AedMachine } from '../../src/control/aed.ts';
import type { AedEffect } from '../../src/control/aed.ts';
import { DELAY_PROMPTS, delayReason, MotionHold } from '../../src/control/delay.ts';
import { LANGUAGE_TAGS, promptText } from '../../src/control/prompts/index.ts';
import type { DelayReason } from '../../src/core/session-events.ts';

const S = 1_000_000;

function analysing(): AedMachine {
  const aed = new AedMachine({ energiesJ: [200], cprMs: 120_000, warnMs: 15_000 });
  aed.handle('start', 0);
  return aed;
}

const said = (effects: readonly AedEffect[]): string[] =>
  effects.flatMap((e) => (e.type === 'prompt' ? [e.name] : e.type === 'delay' ? [`delay ${e.why}`] : []));

describe('why the analysis waits', () => {
  test.each([
    ['compressions', 'compressions', false, []],
    ['compressions', 'compressions', true, []],
    ['electrodes', 'leadsOff', true, []],
    ['motion', 'unknown', true, []],
    ['motion', 'noise', true, ['gate.noise']],
    ['interference', 'noise', false, ['gate.saturation', 'gate.noise']],
    ['motion', 'noise', false, ['gate.saturation']],
    ['undecided', 'VF', false, []],
  ] as const)('%s: %s, moves %s, %j', (reason, rhythm, moves, gates) => {
    const evidence = gates.map((name) => ({ name, value: 1, unit: '' }));
    expect(delayReason({ rhythm: rhythm, evidence }, moves)).toBe(reason);
  });

  test.each(['compressions', 'motion', 'interference', 'electrodes'] as const)(
    '%s: the second decision tells it with its prompt, once; a clear decision ends it',
    (why: DelayReason) => {
      const aed = analysing();
      expect(aed.decide('inconclusive', S, why)).toEqual([]);
      expect(said(aed.decide('inconclusive', 2 * S, why))).toEqual([`delay ${why}`, DELAY_PROMPTS[why]]);
      expect(aed.delay).toBe(why);
      expect(aed.decide('inconclusive', 3 * S, why)).toEqual([]);
      expect(said(aed.decide('shock', 4 * S))).toEqual(['delay none']);
      expect(aed.delay).toBe('none');
      expect(aed.state).toBe('precharging');
    },
  );

  test('windows that do not agree are told after four; reasons in turn as well', () => {
    const aed = analysing();
    for (let t = 1; t < 4; t++) expect(aed.decide('inconclusive', t * S)).toEqual([]);
    expect(said(aed.decide('inconclusive', 4 * S))).toEqual(['delay undecided', 'inconclusive']);
    const other = analysing();
    const reasons = ['motion', 'interference', 'motion'] as const;
    reasons.forEach((why, t) => expect(other.decide('inconclusive', t * S, why)).toEqual([]));
    expect(said(other.decide('inconclusive', 4 * S, 'interference'))).toEqual([
      'delay interference',
      'interference',
    ]);
  });

  test('an advice that stands is not talked over, and not withdrawn; pads off and AED off end the delay', () => {
    const aed = analysing();
    aed.decide('shock', S);
    aed.decide('shock', 2 * S);
    aed.handle('charged', 3 * S);
    aed.decide('inconclusive', 4 * S, 'motion');
    expect(said(aed.decide('inconclusive', 5 * S, 'motion'))).toEqual(['delay motion']);
    expect(aed.advises).toBe(true);
    expect(said(aed.handle('padsOff', 6 * S))).toEqual(['delay none', 'padsOff']);
    aed.handle('padsOn', 7 * S);
    aed.decide('inconclusive', 8 * S, 'motion');
    aed.decide('inconclusive', 9 * S, 'motion');
    expect(said(aed.handle('stop', 10 * S))).toEqual(['delay none', 'manual']);
  });

  test('charged in silence and no advice yet: it is said', () => {
    const aed = analysing();
    aed.decide('shock', S);
    aed.handle('charged', 2 * S);
    aed.decide('inconclusive', 3 * S, 'motion');
    expect(said(aed.decide('inconclusive', 4 * S, 'motion'))).toEqual(['delay motion', 'motion']);
    expect(aed.state).toBe('precharged');
  });

  test('a shock ends the delay too', () => {
    const aed = analysing();
    aed.decide('shock', S);
    aed.decide('shock', 2 * S);
    aed.handle('charged', 3 * S);
    aed.decide('inconclusive', 4 * S, 'motion');
    aed.decide('inconclusive', 5 * S, 'motion');
    expect(said(aed.handle('delivered', 6 * S))).toEqual(['delay none', 'delivered']);
  });
});

describe('motion holds a shock up', () => {
  test('while it lasts, for eight decisions at most; then the analysis is believed', () => {
    const hold = new MotionHold();
    for (let k = 0; k < 8; k++) expect(hold.verdict('shock', true)).toBe('inconclusive');
    expect(hold.verdict('shock', true)).toBe('shock');
    expect(hold.verdict('shock', false)).toBe('shock');
    expect(hold.verdict('shock', true)).toBe('inconclusive');
  });

  test('and nothing else', () => {
    const hold = new MotionHold();
    expect(hold.verdict('noShock', true)).toBe('noShock');
    expect(hold.verdict('inconclusive', true)).toBe('inconclusive');
    expect(hold.verdict('shock', false)).toBe('shock');
  });
});

describe('timings of the guideline', () => {
  test('the next analysis is announced before the compressions end, once', () => {
    const aed = analysing();
    aed.decide('shock', S);
    aed.decide('shock', 2 * S);
    aed.handle('charged', 3 * S);
    aed.handle('delivered', 10 * S);
    expect(aed.nextDeadline).toBe(115 * S);
    expect(aed.poll(115 * S - 1)).toEqual([]);
    expect(said(aed.poll(115 * S))).toEqual(['analysisSoon']);
    expect(aed.nextDeadline).toBe(130 * S);
    expect(aed.poll(130 * S - 1)).toEqual([]);
    expect(said(aed.poll(130 * S))).toEqual(['analysing']);
    expect(aed.nextDeadline).toBeUndefined();
  });

  test('a clock that slept over both says both; ANALYSE before that says neither later', () => {
    for (const late of [true, false]) {
      const aed = analysing();
      aed.decide('shock', S);
      aed.decide('shock', 2 * S);
      aed.handle('charged', 3 * S);
      aed.handle('delivered', 10 * S);
      if (late) expect(said(aed.poll(200 * S))).toEqual(['analysisSoon', 'analysing']);
      else {
        aed.handle('analyse', 20 * S);
        expect(aed.nextDeadline).toBeUndefined();
        expect(aed.poll(200 * S)).toEqual([]);
      }
    }
  });

  test('no announcement where it would come before the compressions began', () => {
    const aed = new AedMachine({ energiesJ: [200], cprMs: 15_000, warnMs: 15_000 });
    aed.handle('start', 0);
    aed.decide('shock', S);
    aed.decide('shock', 2 * S);
    aed.handle('charged', 3 * S);
    aed.handle('delivered', 10 * S);
    expect(aed.nextDeadline).toBe(25 * S);
  });
});

test.each(LANGUAGE_TAGS)('prompts in %s carry the numbers that they are given', (language) => {
  const words = { rate: '100-120', depth: '5-6', cpr: '120', warn: '15' };
  expect(promptText(language, 'compress', words)).toMatch(/5-6.+100-120.+120/);
  expect(promptText(language, 'compressChild', words)).toMatch(/100-120.+120/);
  expect(promptText(language, 'analysisSoon', words)).toMatch(/15/);
  expect(promptText(language, 'analysisSoon')).not.toMatch(/[{}]/);
});
