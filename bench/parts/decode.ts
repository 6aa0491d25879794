/**
 * Reading format 212 to mV as the program does it (`openRecord`, blocks of 1024, file in the page cache): a file with one
 * lead, and one lead of a file with two. GB/s are bytes of the file.
 */
import { join } from 'node:path';
import { openRecord, WfdbWriter } from '../../signals/formats/index.ts';
import { calibrationKernel, kernelState } from '../lib/calibration.ts';
import { withTemporaryFolder } from '../lib/day-record.ts';
import { benchEcg } from '../lib/ecg.ts';
import { leastNs, type Piece } from '../lib/measure.ts';
import { table } from '../lib/table.ts';

const FS = 360;
const SAMPLES = 2 ** 20;
const ROUNDS = 100;
const BLOCK = 1024;
const SIGNAL = { description: 'II', units: 'mV', adcGain: 200, baseline: 1024, adcRes: 12, adcZero: 0 };

export function decode(): string {
  return withTemporaryFolder((temp) => {
    const { x } = benchEcg(SAMPLES, FS);
    const one = write(join(temp, 'one'), [x]);
    const two = write(join(temp, 'two'), [x, x.toReversed()]);
    check(one, x, 0);
    check(two, x.toReversed(), 1);
    const y = new Float64Array(SAMPLES);
    const z = kernelState();
    const kernel: Piece = { name: 'kernel', samples: SAMPLES, run: () => calibrationKernel(x, y, z) };
    const pieces = [
      kernel,
      readPiece('the only lead', one, 0),
      readPiece('first of two leads', two, 0),
      readPiece('second of two leads', two, 1),
    ];
    return report(leastNs(pieces, ROUNDS));
  });
}

function report(ns: ReadonlyMap<string, number>): string {
  const row = (name: string, bytesASample: number): string[] => {
    const value = ns.get(name) ?? NaN;
    const kernel = ns.get('kernel') ?? NaN;
    return [name, value.toFixed(2), (value / kernel).toFixed(3), (bytesASample / value).toFixed(2)];
  };
  return table(
    ['format 212 from the file to mV', 'ns a sample', 'x kernel', 'GB/s'],
    [row('the only lead', 1.5), row('first of two leads', 3), row('second of two leads', 3)],
  );
}

function write(path: string, leads: readonly Float64Array[]): string {
  const writer = new WfdbWriter(path, { fs: FS, format: 212, signals: leads.map(() => SIGNAL) });
  writer.write(leads, SAMPLES);
  writer.close();
  return path;
}

const OUT = [new Float64Array(BLOCK)];

function readPiece(name: string, path: string, lead: number): Piece {
  const leads = [lead];
  const reader = openRecord(path);
  return {
    name,
    samples: SAMPLES,
    run: () => {
      reader.seek(0);
      while (reader.read(leads, OUT, BLOCK) > 0);
    },
  };
}

/** To half a step of the converter, and by the checksum of the file. */
function check(path: string, x: Float64Array, lead: number): void {
  const reader = openRecord(path);
  const out = [new Float64Array(SAMPLES)];
  const n = reader.read([lead], out, SAMPLES);
  const wrong = x.findIndex((v, i) => !(Math.abs(v - out[0][i]) <= 0.5 / SIGNAL.adcGain + 1e-9));
  if (n !== SAMPLES || wrong >= 0 || reader.problems().length > 0)
    throw new Error(`bench: ${path}: what was written was not read (sample ${wrong})`);
  reader.close();
}
