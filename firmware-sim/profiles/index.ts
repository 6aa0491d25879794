/** Every profile, by name. A new model is a new file and one line here. */
import { UsageError } from '../../src/core/errors.ts';
import { aed } from './aed.ts';
import { als } from './als.ts';
import { classic } from './classic.ts';
import { monitor } from './monitor.ts';
import type { Profile } from './profile.ts';

export type { Profile } from './profile.ts';

export const PROFILES: readonly Profile[] = [als, aed, monitor, classic];

export function profileByName(name: string): Profile {
  const found = PROFILES.find((profile) => profile.name === name);
  if (found) return found;
  throw new UsageError(`--profile: expected ${PROFILES.map((p) => p.name).join(', ')}, found "${name}"`);
}
