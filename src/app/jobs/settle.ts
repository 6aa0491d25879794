/** Runs one job; an error of its record becomes its outcome, a bug of ours still stops the program. */
import { EXIT, RwaveError } from '../../core/errors.ts';
import type { JobOutput, Outcome, Runner } from './job.ts';

export async function settle<J>(run: Runner<J>, job: J, output: JobOutput): Promise<Outcome> {
  try {
    const lines = await run(job, output);
    return { lines, exitCode: lines.length === 0 ? EXIT.ok : EXIT.usage };
  } catch (error) {
    if (!(error instanceof RwaveError)) throw error;
    return { lines: [error.message], exitCode: error.exitCode };
  }
}
