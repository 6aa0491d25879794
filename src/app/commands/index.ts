/** Every subcommand, in the order in which `rwave --help` lists them. */
import type { RwaveCommand } from '../command.ts';
import { adviseCommand } from './advise.ts';
import { detectCommand } from './detect.ts';
import { deviceCommand } from './device.ts';
import { monitorCommand } from './monitor.ts';
import { noiseCommand } from './noise.ts';
import { rdannCommand } from './rdann.ts';
import { rdsampCommand } from './rdsamp.ts';
import { scoreCommand } from './score.ts';
import { treatCommand } from './treat.ts';

export const COMMANDS: readonly RwaveCommand[] = [
  adviseCommand,
  detectCommand,
  deviceCommand,
  monitorCommand,
  noiseCommand,
  rdannCommand,
  rdsampCommand,
  scoreCommand,
  treatCommand,
];
