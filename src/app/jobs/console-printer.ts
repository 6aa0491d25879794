/** Prints what jobs give to standard output and stderr, and tells how far they are (progress.ts). */
import { setImmediate } from 'node:timers/promises';
import { TextOutput } from '../records/output.ts';
import { Progress } from './progress.ts';
import type { Printer } from './turn.ts';

export function consolePrinter(jobs: number): Printer {
  const out = new TextOutput();
  const progress = new Progress(jobs);
  return {
    async text(text) {
      progress.clear();
      out.add(text);
      await out.flush();
      await setImmediate(); // a reader that has gone away is noticed here
    },
    progress: (signalS) => progress.add(signalS),
    outcome({ lines, exitCode }) {
      progress.clear();
      for (const line of lines) process.stderr.write(`rwave: ${line}\n`);
      if (exitCode !== 0) process.exitCode = exitCode;
      progress.jobDone();
    },
  };
}
