import { describe, expect, test } from 'vitest';
import { cardioversionPlan, defibrillationPlan, nextEnergy } from '../../src/control/energy-plan.ts';
import { HOST_PROFILES, profileOfModel } from '../../src/control/host-profile.ts';
import { GUIDELINE_IDS, guidelineById } from '../../src/guidance/editions/index.ts';
import { PROFILES } from '../../firmware-sim/profiles/index.ts';

const als = profileOfModel('rwave ALS');
const of = (model: string, id?: string, patient: 'adult' | 'child' = 'adult') => ({
  profile: profileOfModel(model),
  patient,
  guideline: id === undefined ? undefined : guidelineById(id),
});

describe('the plan', () => {
  test.each([
    ['rwave ALS', undefined, [200, 300, 360]],
    ['rwave ALS', 'aha-2020', [200, 300, 360]],
    ['rwave ALS', 'aha-2025', [200, 300, 360]],
    ['rwave ALS', 'erc-2021', [150, 200, 300, 360]],
    ['rwave ALS', 'rcuk-2025', [150, 200, 300, 360]],
    ['rwave ALS', 'anzcor', [200]],
    ['rwave Monitor', 'aha-2025', [120, 150, 200]],
    ['rwave Monitor', 'erc-2021', [150, 200]],
    ['rwave AED', 'aha-2025', [150, 200]],
    // 150 J is not on its ladder: the next step up.
    ['rwave Classic', 'erc-2021', [200, 300, 360]],
  ])('%s after %s: %j', (model, id, plan) => {
    expect(defibrillationPlan(of(model, id))).toEqual(plan);
  });

  test('a child has its own, whatever the guideline says for adults', () => {
    for (const id of [undefined, ...GUIDELINE_IDS]) {
      expect(defibrillationPlan(of('rwave ALS', id, 'child'))).toEqual([50]);
      expect(cardioversionPlan(of('rwave ALS', id, 'child'))).toEqual([50]);
    }
  });

  test.each([
    ['rwave ALS', 'aha-2025', [100, 200]],
    ['rwave ALS', 'aha-2020', [50, 100, 120, 200]],
    ['rwave ALS', 'erc-2021', [70, 120, 150]],
    // 120 and 150 J are not on its ladder.
    ['rwave Classic', 'erc-2021', [100, 200]],
    ['rwave ALS', 'anzcor', [200]],
    ['rwave ALS', undefined, [200, 300, 360]],
  ])('cardioversion, %s after %s: %j', (model, id, plan) => {
    expect(cardioversionPlan(of(model, id))).toEqual(plan);
  });

  test('the next energy is equal or higher, also when a person has chosen one of his own', () => {
    const plan = [200, 300, 360];
    expect([100, 200, 250, 300, 360].map((j) => nextEnergy(plan, j))).toEqual([200, 300, 300, 360, 360]);
    expect(nextEnergy([200], 200)).toBe(200);
    expect(nextEnergy([200], 360)).toBe(360);
  });
});

test('every model of the simulated boxes has its own profile at the panel, with the same ladder and habits', () => {
  for (const box of PROFILES) {
    const host = HOST_PROFILES.find((p) => p.model === box.model);
    expect(host, box.model).toBeDefined();
    expect(host?.energiesJ).toEqual(box.ladderJ);
    expect(host).toMatchObject({
      energyChange: box.energyChange,
      hasSync: box.hasSync,
      hasPacer: box.hasPacer,
      syncOffAfterShock: box.syncOffAfterShock,
    });
    for (const j of host?.planJ ?? []) expect(box.ladderJ).toContain(j);
  }
});

test('editions: each number says where it comes from', () => {
  for (const id of GUIDELINE_IDS) {
    const { name, citation, date, ...edition } = guidelineById(id);
    expect([name, citation, date].every((text) => text.length > 3)).toBe(true);
    for (const [field, value] of Object.entries(edition)) {
      if (typeof value === 'string') continue;
      expect(value.from, `${id} ${field}`).toMatch(/\[[S2K]\]|not taken/);
    }
    expect(als.energiesJ.length).toBeGreaterThan(0);
  }
});
