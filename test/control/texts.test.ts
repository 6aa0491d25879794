/**
 * The bar of everything that a person is told when something is wrong: what happened, and what to do next. The list is taken
 * from the tables themselves, so that a new refusal or alarm cannot come without both.
 */
import { describe, expect, test } from 'vitest';
import { ALARMS, AlarmMachine } from '../../src/control/alarms.ts';
import { CAPTURE_WORDS, PULSE_WORDS } from '../../src/control/capture.ts';
import { profileOfModel } from '../../src/control/host-profile.ts';
import { PACING, PacingMachine } from '../../src/control/pacing.ts';
import type { PacingEventName } from '../../src/control/pacing.ts';
import { refusalOf, WHY } from '../../src/control/refusals.ts';
import { LIMIT_FIELDS } from '../../src/control/alarm-limits.ts';
import { DELAY_PROMPTS } from '../../src/control/delay.ts';
import { LANGUAGES } from '../../src/control/prompts/index.ts';
import { TherapyMachine } from '../../src/control/therapy.ts';
import { END_REASONS, endWords } from '../../src/core/end-words.ts';
import { WHYS } from '../../src/protocol/messages.ts';
import { THERAPY } from '../../src/control/therapy-table.ts';
import type { TherapyState } from '../../src/core/session-events.ts';
import { BOX_REFUSALS } from '../../src/session/refusals.ts';

/** What to do: a verb that a person can obey. */
const DO =
  /\b(press|switch|wait|choose|check|use|attach|connect|try|let go|keep|leave|stop|start|raise|disarm|charge|see|have|set|start it|feel|ask|call|open|give|nothing to (withdraw|do))\b/i;

function hasBoth(text: string): void {
  // What happened, a colon or a full stop, what to do.
  const [what, ...next] = text.split(/[:;.,] |\(|, /);
  expect(what.length, text).toBeGreaterThan(5);
  expect(next.join(' '), text).toMatch(DO);
}

const ACTIONS = ['charge', 'shock', 'release', 'disarm', 'energy', 'sync'] as const;
const EVENT_OF = { energy: ['energy', 'energyDumps', 'energyRecharges'], shock: ['shock', 'shockSync'] };

/** Every cell that a key can hit and that is empty. */
const CELLS = (Object.keys(THERAPY) as TherapyState[]).flatMap((state) =>
  ACTIONS.filter((action) => {
    const names: readonly string[] = action === 'energy' || action === 'shock' ? EVENT_OF[action] : [action];
    return names.every((name) => !(name in THERAPY[state]));
  }).map((action) => [state, action] as const),
);

describe('a refusal says why, and what to do', () => {
  test.each(CELLS)('while %s: %s', (state, action) => {
    hasBoth(refusalOf(state, action));
  });

  test.each(Object.entries(WHY))('%s', (_, text) => {
    hasBoth(text);
  });

  test.each(Object.entries(BOX_REFUSALS))('by the box: %s', (_, text) => {
    hasBoth(text);
  });

  test('pacing, in every state and circumstance', () => {
    const keys: PacingEventName[] = ['start', 'stop', 'pause', 'resume'];
    const told = new Set<string>();
    for (const state of Object.keys(PACING)) {
      for (let bits = 0; bits < 16; bits++) {
        const pacing = new PacingMachine();
        pacing.conditions.link = true;
        if (state !== 'off') pacing.handle('start', 0);
        if (state === 'paused') pacing.handle('pause', 0);
        const [link, padsOff, syncOn, charged] = [1, 2, 4, 8].map((bit) => (bits & bit) !== 0);
        Object.assign(pacing.conditions, { link, padsOff, syncOn, charged });
        for (const key of keys) {
          const why = pacing.whyNot(key);
          if (why !== undefined) told.add(why);
        }
      }
    }
    for (const settings of [{ ratePpm: 500 }, { currentMa: -1 }, { widthMs: NaN }]) {
      const pacing = new PacingMachine();
      pacing.conditions.link = true;
      for (const effect of pacing.set(settings, 0)) if (effect.type === 'refused') told.add(effect.why);
    }
    expect(told.size).toBeGreaterThan(6);
    for (const text of told) hasBoth(text);
  });

  test('alarm limits', () => {
    const close = [{ bpmLow: 119 }, { systolicLow: 155 }, { etco2Low: 48 }];
    for (const limits of [...Object.keys(LIMIT_FIELDS).map((key) => ({ [key]: -1 })), ...close]) {
      hasBoth(new AlarmMachine().setLimits(limits) ?? '');
    }
  });
});

test.each(Object.entries(ALARMS))('alarm %s says what is wrong, and what to do', (_, { text }) => {
  hasBoth(text);
  expect(text).toMatch(/^[A-Z].+\.$/);
});

test('an energy that is not on the ladder', () => {
  const therapy = new TherapyMachine(profileOfModel('rwave ALS'));
  therapy.conditions.link = 'good';
  const [told] = therapy.handle({ type: 'energy', energyJ: 199 }, 0);
  hasBoth(told.type === 'tell' && told.event.type === 'refused' ? told.event.why : '');
});

test('every reason for which the box ends a charge or a shock has words, but the two that are no trouble', () => {
  const quiet = ['none', 'host', 'delivered'];
  for (const why of WHYS) if (!quiet.includes(why)) expect(END_REASONS).toContain(why);
  for (const why of END_REASONS) hasBoth(endWords(why));
  expect(endWords('link lost: unplugged')).toBe('link lost: unplugged');
});

test.each(Object.values(DELAY_PROMPTS))('the analysis waits, %s: what happened and what to do', (name) => {
  hasBoth(LANGUAGES.en[name]);
});

test.each(Object.entries(PULSE_WORDS))('pulse %s while captured', (_, text) => {
  hasBoth(text);
});

test.each(Object.entries(CAPTURE_WORDS))('capture %s says what is seen, and what to do', (_, text) => {
  hasBoth(text);
});
