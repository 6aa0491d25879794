/**
 * Soak of the whole cable: a box in its own process on a real pseudo-terminal, our host here, whose event loop is kept
 * busy on purpose. Counts samples that got lost.
 *
 *   node --import tsx test/fuzz/pty-soak.ts [seconds=600] [fs=1000] [busyMs=20]
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { LiveHost } from '../app/device-kit.ts';

const seconds = Number(process.argv[2] ?? 600);
const fs = process.argv[3] ?? '1000';
const busyMs = Number(process.argv[4] ?? 20);

const box = spawn(
  process.execPath,
  ['--import', 'tsx', 'src/app/main.ts', 'device', '--pty', '--fs', fs, '--rhythm', 'sinus'],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const first = await new Promise<string>((resolve) => createInterface(box.stdout).once('line', resolve));
const { address } = JSON.parse(first) as { address: string };
const host = await LiveHost.connect(address);
const busy = setInterval(() => {
  for (const endMs = performance.now() + busyMs; performance.now() < endMs;);
}, busyMs * 2);
setTimeout(() => {
  clearInterval(busy);
  const lost = host.events.filter((e) => e.type === 'link' && e.link === 'lost').length;
  process.stdout.write(
    `${seconds} s, ${fs} samples/s, loop busy ${busyMs} of ${busyMs * 2} ms: ` +
      `${host.received} samples a lead received, ${host.lost} lost, link lost ${lost} times\n`,
  );
  host.stop();
  box.kill('SIGTERM');
}, seconds * 1000);
