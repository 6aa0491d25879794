/** The inside of a worker thread (job-thread.ts): does the jobs that come, one at a time. */
import { parentPort } from 'node:worker_threads';
import { assert } from '../../core/errors.ts';
import type { JobOutput, Runner } from './job.ts';
import type { FromThread, ToThread } from './job-thread.ts';
import { settle } from './settle.ts';

export function serve<J>(run: Runner<J>): void {
  assert(parentPort !== null, 'serve: not in a worker thread');
  const port = parentPort;
  const send = (message: FromThread): void => port.postMessage(message);
  let onRoom: () => void = () => undefined;
  const output: JobOutput = {
    text(text) {
      send({ type: 'text', text });
      return new Promise((resolve) => (onRoom = resolve));
    },
    progress: (signalS) => send({ type: 'progress', signalS }),
  };
  port.on('message', (message: ToThread) => {
    if (message.type === 'room') onRoom();
    else void settle(run, message.job as J, output).then((outcome) => send({ type: 'end', outcome }));
  });
}
