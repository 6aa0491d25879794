/** The child that is killed: appends to the file in argv[2] for ever, and says on stdout the number of what it has appended. */
import { writeSync } from 'node:fs';
import { FileSink } from '../src/app/black-box/file-sink.ts';

const sink = new FileSink(process.argv[2]);
sink.append({ type: 'run', blackBox: 1, version: '0', seed: '1', source: 'test' }, true);
writeSync(1, '0\n');
const mv = Float32Array.from({ length: 500 }, (_, i) => Math.sin(i));
for (let n = 1; ; n++) {
  if (n % 5 === 0) sink.append({ type: 'wave', sample: n, fs: 500, leads: [{ name: 'pads', mv }] }, false);
  else sink.append({ type: 'heartRate', t: n / 500, sample: n, bpm: n }, n % 50 === 1);
  writeSync(1, `${n}\n`);
}
