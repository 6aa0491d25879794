/** Runs checks on the simulated box as the command does, without the command. */
import { profileByName } from '../../../firmware-sim/profiles/index.ts';
import { BrokenDevice } from '../../../src/app/verify/broken-device.ts';
import { chosenChecks } from '../../../src/app/verify/registry.ts';
import type { Report } from '../../../src/app/verify/runner.ts';
import { identify, runChecks } from '../../../src/app/verify/runner.ts';
import { SimStand } from '../../../src/app/verify/sim-stand.ts';
import type { Stand } from '../../../src/app/verify/stand.ts';

export interface RunOptions {
  profile?: string;
  seed?: number;
  faults?: readonly string[];
  beats?: number;
  records?: readonly string[];
  stand?: Stand;
}

/** `only`: as in --only. */
export async function verifyIt(only: string | undefined, options: RunOptions = {}): Promise<Report> {
  const { profile = 'als', seed = 1, faults = [], beats = 5, records = [] } = options;
  const stand = options.stand ?? new SimStand({ seed, profile });
  try {
    const device = await identify(stand, 'sim', seed);
    if (stand.bench !== undefined && faults.length > 0)
      stand.bench = await BrokenDevice.of(stand.bench, faults);
    return await runChecks({
      stand,
      device,
      profile: profileByName(profile),
      seed,
      beats,
      quick: true,
      records,
      checks: chosenChecks(only),
      faults,
      tell: () => undefined,
      onCheck: () => undefined,
    });
  } finally {
    stand.close();
  }
}

/** Texts of the findings that failed. */
export function failures(report: Report): string[] {
  return report.checks
    .flatMap((c) => c.findings)
    .filter((f) => f.verdict === 'FAIL')
    .map((f) => f.what);
}
