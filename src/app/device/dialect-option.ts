/** `--dialect`: in whose words the patient simulator answers. */
import { Option } from 'commander';
import { DIALECT_NAMES } from '../../../firmware-sim/gear/dialect.ts';

export function dialectOption(): Option {
  return new Option(
    '--dialect <name>',
    'words of the patient simulator: those of a ProSim 8 (default), or of an older family (docs/GEAR.md)',
  ).choices(DIALECT_NAMES);
}
