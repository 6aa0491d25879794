import { describe } from 'vitest';
import { Rng } from '../../src/core/rng.ts';
import { linkConforms } from '../conform/link.ts';
import { HAS_PTY, memory, pty, PTY_NOTE, slowCable, tapped, tcp } from './pairs.ts';

linkConforms('memory', () => Promise.resolve(memory()));
linkConforms('memory, without delay', () => Promise.resolve(memory({ delayUs: 0 })));
linkConforms('memory, byte by byte', () => Promise.resolve(memory({ chunk: 'bytes' })));
linkConforms('memory, cut at random', () =>
  Promise.resolve(memory({ chunk: 'random', rng: new Rng('cuts') })),
);
linkConforms('tap around memory', tapped);
linkConforms('slow cable around memory', slowCable);
linkConforms('tcp', tcp);
describe.skipIf(!HAS_PTY)(`on a real pseudo-terminal${PTY_NOTE}`, () => {
  linkConforms('pty and serial', pty, { deviceHearsClose: false });
});
