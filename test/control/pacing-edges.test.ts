/** The pacer before anybody has touched it, and what its words promise. */
import { expect, test } from 'vitest';
import { PacingMachine } from '../../src/control/pacing.ts';

test('before a device is there nothing starts: there is no connection', () => {
  const pacer = new PacingMachine();
  expect(pacer.whyNot('start')).toMatch(/^no connection/);
  expect(pacer.handle('start', 0)).toMatchObject([{ type: 'refused', action: 'start' }]);
  pacer.conditions.link = true;
  expect(pacer.handle('start', 0)).toMatchObject([{ type: 'pace', on: true }]);
});

test('unless somebody has chosen otherwise a pacer that went on alone is taken over', () => {
  expect(new PacingMachine().onLinkLoss).toBe('takeOver');
});

test('a pacer that is off and stays off tells the box nothing', () => {
  const pacer = new PacingMachine();
  pacer.conditions.link = true;
  expect(pacer.set({ ratePpm: 80 }, 0)).toEqual([]);
  expect(pacer.linkIsBack(false, 1)).toEqual([]);
  expect(pacer.poll(9e9)).toEqual([]);
});
