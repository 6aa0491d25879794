/** A child with a weight, from the key to the shock: host and box agree on J/kg, and the host says why not. */
import { describe, expect, test } from 'vitest';
import { defibrillationPlan } from '../../src/control/energy-plan.ts';
import { profileOfModel } from '../../src/control/host-profile.ts';
import { guidelineById } from '../../src/guidance/editions/index.ts';
import { childPlan, doseRefusal, weightRefusal } from '../../src/control/child-dose.ts';
import { als } from '../../firmware-sim/profiles/als.ts';
import { aed } from '../../firmware-sim/profiles/aed.ts';
import { patientOf } from '../../src/app/patient-options.ts';
import { parsePageMessage } from '../../src/protocol/screen.ts';
import { story } from './rig.ts';

describe('doses', () => {
  test.each([
    [4, [7, 15]],
    [18, [30, 70]],
    [60, [120, 200]],
    [0.5, [1, 2]],
  ])('of a child of %d kg: 2 J/kg, then 4, on the ladder', (kg, plan) => {
    expect(childPlan(als.ladderJ, kg)).toEqual(plan);
  });

  test('follow the guideline where one is chosen', () => {
    const [erc] = ['erc-2021'].map(guidelineById);
    expect(erc.child.value.joulesPerKg[0]).toBe(4);
    const plan = { profile: profileOfModel('rwave ALS'), patient: 'child', weightKg: 18 } as const;
    expect(defibrillationPlan({ ...plan, guideline: erc })[0]).toBe(70);
    expect(defibrillationPlan(plan)).toEqual([30, 70]);
  });

  test('of a public-access model there is one, whatever he weighs', () => {
    expect(childPlan(aed.ladderJ, 30)).toEqual([50]);
  });

  test('outside 0.5 to 10 J/kg, above the adult dose, or above 50 J without a weight are refused with the reason', () => {
    expect(doseRefusal(18, 200)).toContain('no energy for a child of 18 kg: choose 9 to 180 J');
    expect(doseRefusal(18, 7)).toContain('choose 9 to 180 J');
    expect(doseRefusal(60, 225)).toContain('200 J');
    expect(doseRefusal(18, 175)).toBeUndefined();
    expect(doseRefusal(NaN, 70)).toContain('weight of the child is not known');
    expect(doseRefusal(NaN, 50)).toBeUndefined();
  });

  test('a weight out of range, or of an adult, is none', () => {
    expect(weightRefusal('child', 0.4)).toBe('weight of the child: expected 0.5 to 80 kg, found 0.4');
    expect(weightRefusal('child', 81)).toContain('found 81');
    expect(weightRefusal('child', NaN)).toContain('found NaN');
    expect(weightRefusal('adult', 20)).toContain('choose the child');
    expect(weightRefusal('child', undefined)).toBeUndefined();
  });
});

describe('in a session', () => {
  test('the weight goes to the box, the energies follow it, and both refuse what is too much', () => {
    const s = story('vf');
    s.wait(2);
    s.session.operate({ type: 'patient', patient: 'child', weightKg: 18 }, s.rig.clock.now);
    s.wait(1);
    expect(s.of('patient').at(-1)).toMatchObject({ patient: 'child', weightKg: 18 });
    expect(s.session.state.energyJ).toBe(30);
    expect(s.session.status?.energySelDj).toBe(300);
    const tooMuch = { type: 'selectEnergy', energyJ: 200 } as const;
    expect(s.session.whyNot(tooMuch, s.rig.clock.now)).toContain('choose 9 to 180 J');
    s.session.operate(tooMuch, s.rig.clock.now);
    expect(s.of('refused').at(-1)).toMatchObject({ by: 'host', action: 'selectEnergy' });
    s.session.operate({ type: 'selectEnergy', energyJ: 70 }, s.rig.clock.now);
    s.session.operate({ type: 'charge' }, s.rig.clock.now);
    s.wait(6);
    s.session.operate({ type: 'shock' }, s.rig.clock.now);
    s.wait(2);
    expect(s.of('shock').map((e) => e.selectedJ)).toEqual([70]);
    expect(s.of('refused').filter((e) => e.by === 'box')).toEqual([]);
  });

  test('another weight, another energy; an adult, the usual one', () => {
    const s = story('sinus');
    s.wait(2);
    const choose = (patient: 'adult' | 'child', weightKg?: number): number => {
      const weight = weightKg === undefined ? {} : { weightKg };
      s.session.operate({ type: 'patient', patient, ...weight }, s.rig.clock.now);
      s.wait(1);
      expect(s.session.status?.energySelDj).toBe(10 * s.session.state.energyJ);
      return s.session.state.energyJ;
    };
    expect([choose('child', 18), choose('child', 4), choose('adult'), choose('child')]).toEqual([
      30, 7, 200, 50,
    ]);
    expect(s.of('refused')).toEqual([]);
  });

  test('a wrong weight changes nothing', () => {
    const s = story('sinus');
    s.wait(2);
    s.session.operate({ type: 'patient', patient: 'child', weightKg: 300 }, s.rig.clock.now);
    s.wait(1);
    expect(s.session.state.patient).toBe('adult');
    expect(s.of('refused').at(-1)?.why).toContain('expected 0.5 to 80 kg, found 300');
  });

  test('from the options: the AED gives 2 J/kg, then 4, also after the cable was pulled', () => {
    const s = story('vf', {
      session: { mode: 'aed', patient: 'child', weightKg: 18, cprMs: 5000 },
      patient: { shockSucceeds: 'never', weightKg: 18 },
    });
    const shoot = (): void => {
      s.until(() => s.session.whyNot({ type: 'shock' }, s.rig.clock.now) === undefined, 60);
      s.session.operate({ type: 'shock' }, s.rig.clock.now);
      s.wait(2);
    };
    shoot();
    s.rig.unplug();
    s.wait(1);
    s.rig.replug();
    shoot();
    shoot();
    expect(s.of('shock').map((e) => e.selectedJ)).toEqual([30, 70, 70]);
  });
});

describe('on the command line and from the page', () => {
  test('a weight needs a child, and an energy must be one for him', () => {
    expect(patientOf({ patient: 'child', weight: 18 }, 70)).toEqual({ patient: 'child', weightKg: 18 });
    expect(patientOf({})).toEqual({});
    expect(() => patientOf({ weight: 18 })).toThrow('expected together with --patient child');
    expect(() => patientOf({ patient: 'child', weight: 18 }, 360)).toThrow('choose 9 to 180 J');
    expect(() => patientOf({ patient: 'child' }, 200)).toThrow('not known');
  });

  test('the page may send a weight, and nothing else in its place', () => {
    const of = (action: object): unknown => {
      const message = parsePageMessage(JSON.stringify({ type: 'operate', action }));
      return message && 'action' in message ? message.action : undefined;
    };
    expect(of({ type: 'patient', patient: 'child', weightKg: 18 })).toEqual({
      ...{ type: 'patient', patient: 'child', weightKg: 18 },
    });
    expect(of({ type: 'patient', patient: 'child' })).toEqual({ type: 'patient', patient: 'child' });
    expect(of({ type: 'patient', patient: 'child', weightKg: '18' })).toBeUndefined();
    expect(of({ type: 'patient', patient: 'child', weightKg: -1 })).toBeUndefined();
  });
});
