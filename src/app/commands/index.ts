/** Every subcommand, in the order in which `rwave --help` lists them. */
import type { RwaveCommand } from '../command.ts';
import { adviseCommand } from './advise.ts';
import { detectCommand } from './detect.ts';
import { monitorCommand } from './monitor.ts';
import { scoreCommand } from './score.ts';
import { treatCommand } from './treat.ts';

export const COMMANDS: readonly RwaveCommand[] = [
  adviseCommand,
  detectCommand,
  monitorCommand,
  scoreCommand,
  treatCommand,
];
