/** Every subcommand, in the order in which `rwave --help` lists them. */
import type { RwaveCommand } from '../command.ts';
import { adviseCommand } from './advise.ts';
import { ann2rrCommand } from './ann2rr.ts';
import { decodeCommand } from './decode.ts';
import { detectCommand } from './detect.ts';
import { deviceCommand } from './device.ts';
import { doctorCommand } from './doctor.ts';
import { explainCommand } from './explain.ts';
import { gearCommand } from './gear.ts';
import { ihrCommand } from './ihr.ts';
import { listCommand } from './list.ts';
import { mitmCommand } from './mitm.ts';
import { monitorCommand } from './monitor.ts';
import { noiseCommand } from './noise.ts';
import { rdannCommand } from './rdann.ts';
import { rdsampCommand } from './rdsamp.ts';
import { replayCommand } from './replay.ts';
import { scoreCommand } from './score.ts';
import { showCommand } from './show.ts';
import { tachCommand } from './tach.ts';
import { treatCommand } from './treat.ts';

export const COMMANDS: readonly RwaveCommand[] = [
  adviseCommand,
  ann2rrCommand,
  decodeCommand,
  detectCommand,
  deviceCommand,
  doctorCommand,
  explainCommand,
  gearCommand,
  ihrCommand,
  listCommand,
  mitmCommand,
  monitorCommand,
  noiseCommand,
  rdannCommand,
  rdsampCommand,
  replayCommand,
  scoreCommand,
  showCommand,
  tachCommand,
  treatCommand,
];
