import { expect, test } from 'vitest';
import { Fuzzer } from './decoder.ts';

test('no bytes stop the decoders: 20 000 strings here, 10^7 with test/fuzz/decoder.ts', () => {
  const fuzzer = new Fuzzer('short');
  expect(() => {
    for (let i = 0; i < 20_000; i++) fuzzer.once();
  }).not.toThrow();
});
