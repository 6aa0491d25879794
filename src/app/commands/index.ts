/** Every subcommand, in the order in which `rwave --help` lists them. */
import type { RwaveCommand } from '../command.ts';
import { adviseCommand } from './advise.ts';
import { detectCommand } from './detect.ts';

export const COMMANDS: readonly RwaveCommand[] = [adviseCommand, detectCommand];
