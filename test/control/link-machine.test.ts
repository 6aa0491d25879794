import { expect, test } from 'vitest';
import { LinkMachine } from '../../src/control/link-machine.ts';

function linked(): LinkMachine {
  const link = new LinkMachine();
  link.handle('welcome', 0);
  return link;
}

test('silence of 600 ms is stale, of 1000 ms lost', () => {
  const link = linked();
  expect(link.dueEvent(599_999)).toBeUndefined();
  expect(link.deadline).toBe(600_000);
  expect(link.dueEvent(600_000)).toBe('stale');
  link.handle('stale', 600_000);
  expect(link.deadline).toBe(1_000_000);
  expect(link.dueEvent(999_999)).toBeUndefined();
  expect(link.dueEvent(1_000_000)).toBe('silent');
  link.handle('silent', 1_000_000);
  expect(link.state).toBe('lost');
  expect(link.deadline).toBeUndefined();
});

test('a packet makes a stale link good again, and a lost one not', () => {
  const link = linked();
  link.handle('stale', 600_000);
  expect(link.handle('heard', 700_000)).toBe(true);
  expect(link.state).toBe('up');
  link.handle('closed', 800_000);
  expect(link.handle('heard', 900_000)).toBe(false);
  expect(link.state).toBe('lost');
});
