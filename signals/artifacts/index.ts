/** The registry of artifacts: one line each. */
import { UsageError } from '../../src/core/errors.ts';
import type { Artifact } from './artifact.ts';
import { machineCompressions, manualCompressions } from './compressions.ts';
import { leadOff } from './lead-off.ts';
import { mains50, mains60 } from './mains.ts';
import { motion } from './motion.ts';
import { muscle } from './muscle.ts';
import { pacerSpikes } from './pacer-spikes.ts';
import { postShock } from './post-shock.ts';
import { wander } from './wander.ts';

export const ARTIFACTS: readonly Artifact[] = [
  manualCompressions,
  machineCompressions,
  mains50,
  mains60,
  wander,
  muscle,
  motion,
  pacerSpikes,
  leadOff,
  postShock,
];

export const ARTIFACT_NAMES: readonly string[] = ARTIFACTS.map((a) => a.name);

export function artifactByName(name: string): Artifact {
  const artifact = ARTIFACTS.find((a) => a.name === name);
  if (!artifact)
    throw new UsageError(`unknown artifact "${name}": expected one of ${ARTIFACT_NAMES.join(', ')}`);
  return artifact;
}
