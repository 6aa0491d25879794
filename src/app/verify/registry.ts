/** Every check, in the order in which they run. A new one is a file in `checks/` and a line here. */
import { UsageError } from '../../core/errors.ts';
import type { Check } from './check.ts';
import { aedTiming } from './checks/aed-timing.ts';
import { ascii } from './checks/ascii.ts';
import { chargeTime } from './checks/charge-time.ts';
import { disarm } from './checks/disarm.ts';
import { ecgRecovery } from './checks/ecg-recovery.ts';
import { energy } from './checks/energy.ts';
import { heartRate, pacePulses, rateResponse, tallT } from './checks/heart-rate.ts';
import { linkLoss } from './checks/link-loss.ts';
import { permission } from './checks/permission.ts';
import { rToShock } from './checks/r-to-shock.ts';

export const CHECKS: readonly Check[] = [
  ascii,
  permission,
  energy,
  chargeTime,
  disarm,
  linkLoss,
  heartRate,
  rateResponse,
  tallT,
  pacePulses,
  ecgRecovery,
  aedTiming,
  rToShock,
];

/** `names`: as in --only, separated by commas. */
export function chosenChecks(names: string | undefined): readonly Check[] {
  if (names === undefined) return CHECKS;
  return names.split(',').map((name) => {
    const found = CHECKS.find((check) => check.name === name.trim());
    if (found !== undefined) return found;
    const known = CHECKS.map((check) => check.name).join(', ');
    throw new UsageError(`--only: expected some of ${known}; found "${name}"`);
  });
}
