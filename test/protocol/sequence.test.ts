import { expect, test } from 'vitest';
import { ReplyCache, seqDistance, SequenceCounter } from '../../src/protocol/sequence.ts';
import { triesOf } from '../../src/protocol/rules.ts';

test('seqs go round at 65536', () => {
  const counter = new SequenceCounter();
  const first = counter.next();
  for (let i = 0; i < 65_535; i++) counter.next();
  expect(counter.next()).toBe(first);
  expect(seqDistance(65_535, 2)).toBe(3);
});

test('the box remembers its last 16 answers, by session and seq', () => {
  const cache = new ReplyCache<string>();
  for (let seq = 0; seq < 17; seq++) cache.set(7, seq, `answer ${seq}`);
  expect(cache.get(7, 0)).toBeUndefined();
  expect(cache.get(7, 1)).toBe('answer 1');
  expect(cache.get(7, 16)).toBe('answer 16');
  expect(cache.get(8, 16)).toBeUndefined();
});

test('fire is sent once, every other command three times', () => {
  expect(triesOf('fire')).toHaveLength(1);
  expect(triesOf('charge')).toEqual([100, 200, 400]);
});
