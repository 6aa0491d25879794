/** What stands first in every report. */
import type { Device } from '../runner.ts';

export function notice({ simulated }: Pick<Device, 'simulated'>): string {
  return simulated
    ? 'SIMULATED, not a medical device'
    : 'REAL HARDWARE under a test by rwave, a simulator for learning and testing: not a medical device, no proof of conformity';
}

export const MARKS =
  "Marks of the sources: S read in a manufacturer's manual or source code; 2 a secondary source that restates it; K general knowledge that no page confirmed; D a decision of this project. The IEC texts themselves could not be read.";
