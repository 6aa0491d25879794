/**
 * Many jobs in one thread or in several, printed in their order: the same bytes for any number of threads. An error of one
 * record does not lose the others: it is told in its place, and its exit code stays.
 */
import type { Outcome, Runner } from './job.ts';
import { JobThread } from './job-thread.ts';
import { settle } from './settle.ts';
import { type Printer, Turn } from './turn.ts';

/** Jobs for each thread that may be ahead of the one that is printing: what they print is kept in memory. */
const AHEAD_JOBS = 4;

interface Threads<J> {
  /** At most; 1: no thread but this one. */
  count: number;
  run: Runner<J>;
  /** A module that calls `serve(run)`. */
  worker: URL;
}

/** Does one job and says how it ended. */
type OneJob<J> = (job: J, turn: Turn) => Promise<Outcome>;

export async function runJobs<J>(jobs: readonly J[], threads: Threads<J>, printer: Printer): Promise<void> {
  const count = Math.min(threads.count, jobs.length);
  const turns: Turn[] = [];
  for (let i = 0; i < jobs.length; i++)
    turns.push(new Turn(turns[i - 1]?.over ?? Promise.resolve(), printer));
  let next = 0;
  const work = async (run: OneJob<J>): Promise<void> => {
    for (let i = next++; i < jobs.length; i = next++) {
      if (i >= AHEAD_JOBS * count) await turns[i - AHEAD_JOBS * count].over;
      turns[i].end(await run(jobs[i], turns[i]));
    }
  };
  const workInThread = async (): Promise<void> => {
    const thread = new JobThread(threads.worker);
    await work((job, turn) => thread.run(job, turn)).finally(() => thread.close());
  };
  if (count <= 1) await work((job, turn) => settle(threads.run, job, turn));
  else await Promise.all(Array.from({ length: count }, workInThread));
  await turns.at(-1)?.over;
}
