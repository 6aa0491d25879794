/** What a check is: a file in `checks/`, a line in `registry.ts`. */
import type { Bay } from './bay.ts';
import type { CheckResult } from './finding.ts';

/**
 * What the device must have: a session (DSP/1) or lines (ASCII), the bench channel, SYNC. Where it has not, the check is not
 * run, and that is not a PASS.
 */
export type Need = 'session' | 'lines' | 'bench' | 'sync';

export interface Check {
  /** For --only. */
  name: string;
  title: string;
  /** How it is measured, for the report. */
  method: string;
  needs: readonly Need[];
  run(bay: Bay): Promise<CheckResult>;
}
