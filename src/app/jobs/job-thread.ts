/** A worker thread that does jobs one after the other; the other end is serve.ts. Spawning one takes 30 to 40 ms. */
import { Worker } from 'node:worker_threads';
import type { JobOutput, Outcome } from './job.ts';

export type FromThread =
  { type: 'text'; text: string } | { type: 'progress'; signalS: number } | { type: 'end'; outcome: Outcome };
/** `room`: the text is taken, go on. */
export type ToThread = { type: 'job'; job: unknown } | { type: 'room' };

export class JobThread {
  private readonly worker: Worker;

  constructor(module: URL) {
    this.worker = new Worker(isSource(module) ? throughTsx(module) : module);
  }

  run(job: unknown, output: JobOutput): Promise<Outcome> {
    const { worker } = this;
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        worker.off('message', onMessage).off('error', reject).off('exit', onExit);
      };
      const onExit = (code: number): void => reject(new Error(`a worker thread ended with ${code}`));
      const onMessage = (m: FromThread): void => {
        if (m.type === 'progress') output.progress(m.signalS);
        else if (m.type === 'text') output.text(m.text).then(() => this.send({ type: 'room' }), reject);
        else {
          stop();
          resolve(m.outcome);
        }
      };
      worker.on('message', onMessage).on('error', reject).on('exit', onExit);
      this.send({ type: 'job', job });
    });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private send(message: ToThread): void {
    this.worker.postMessage(message);
  }
}

/** Run from the sources: tsx loads .ts files in the main thread only, unless it is called in the other one, too. */
function isSource(module: URL): boolean {
  return module.pathname.endsWith('.ts') && process.execArgv.some((arg) => arg.includes('tsx'));
}

function throughTsx(module: URL): URL {
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const code = `import { register } from ${tsx}; register(); await import(${JSON.stringify(module.href)});`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}
