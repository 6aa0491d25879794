/** Every subcommand, in the order in which `rwave --help` lists them. */
import type { RwaveCommand } from '../command.ts';

export const COMMANDS: readonly RwaveCommand[] = [];
