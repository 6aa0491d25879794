/** What a child may get by his weight, at the borders, in words and as a plan. */
import { describe, expect, test } from 'vitest';
import { childPlan, doseRefusal, weightRefusal } from '../../src/control/child-dose.ts';
import { defibrillationPlan } from '../../src/control/energy-plan.ts';
import { profileOfModel } from '../../src/control/host-profile.ts';
import { guidelineById } from '../../src/guidance/editions/index.ts';

const ALS = profileOfModel('rwave ALS');

describe('a weight', () => {
  test.each([0.5, 20, 80])('of %d kg is taken', (kg) => {
    expect(weightRefusal('child', kg)).toBeUndefined();
  });

  test.each([0.4, 80.1, NaN])('of %d kg is none, with the range', (kg) => {
    expect(weightRefusal('child', kg)).toBe(`weight of the child: expected 0.5 to 80 kg, found ${kg}`);
  });

  test('need not be given, and means nothing for an adult', () => {
    expect(weightRefusal('child', undefined)).toBeUndefined();
    expect(weightRefusal('adult', undefined)).toBeUndefined();
    expect(weightRefusal('adult', 70)).toMatch(/choose the child with it/);
  });
});

describe('an energy', () => {
  test.each([
    [20, 10, true],
    [20, 9, false],
    [20, 200, true],
    [10, 100, true],
    [10, 101, false],
    [60, 200, true],
    [60, 201, false],
    [NaN, 50, true],
    [NaN, 51, false],
  ])('for a child of %d kg, %d J is allowed: %s', (kg, energyJ, allowed) => {
    expect(doseRefusal(kg, energyJ) === undefined).toBe(allowed);
  });

  test('that is none says which are', () => {
    expect(doseRefusal(3.3, 50)).toBe(
      '50 J is no energy for a child of 3.3 kg: choose 1.7 to 33 J (0.5 to 10 J/kg)',
    );
    expect(doseRefusal(NaN, 100)).toMatch(/no more than 50 J without it; choose the child with a weight/);
  });
});

describe('the plan', () => {
  test.each([
    [20, [30, 70]],
    [4, [7, 15]],
    [60, [120, 200]],
    [0.6, [1, 2]],
  ])('of a child of %d kg: %j, steps of the ladder that are not above 2 and 4 J/kg', (kg, plan) => {
    expect(childPlan(ALS.energiesJ, kg)).toEqual(plan);
    expect(defibrillationPlan({ profile: ALS, patient: 'child', weightKg: kg })).toEqual(plan);
  });

  test('after a guideline with 4 J/kg for all shocks', () => {
    const guideline = guidelineById('erc-2021');
    expect(defibrillationPlan({ profile: ALS, patient: 'child', weightKg: 20, guideline })).toEqual([70]);
  });

  test('of a model whose ladder begins high: its lowest step, whatever the weight', () => {
    expect(childPlan([50, 75, 150], 20)).toEqual([50]);
    expect(childPlan([10, 20, 30], 5)).toEqual([10, 20]);
  });

  test('where no step is allowed, the lowest there is', () => {
    expect(childPlan([10, 20], 0.5)).toEqual([10, 10]);
  });

  test('without a weight is 50 J, or the highest that the model has; an adult is no child because he was weighed', () => {
    const child = { profile: ALS, patient: 'child' } as const;
    for (const weightKg of [undefined, NaN, 0])
      expect(defibrillationPlan(weightKg === undefined ? child : { ...child, weightKg })).toEqual([50]);
    expect(defibrillationPlan({ profile: { energiesJ: [5, 10], planJ: [10] }, patient: 'child' })).toEqual([
      10,
    ]);
    expect(defibrillationPlan({ profile: ALS, patient: 'adult', weightKg: 20 })).toEqual(ALS.planJ);
  });
});
