/**
 * Every subcommand by its name, in the order in which `rwave --help` lists them. Each is loaded when it is asked for: all of
 * them together take 0.2 s and 25 MB (measured), more than a short command's own work.
 */
import type { RwaveCommand } from '../command.ts';

export const COMMANDS: Readonly<Record<string, () => Promise<RwaveCommand>>> = {
  advise: async () => (await import('./advise.ts')).adviseCommand,
  ann2rr: async () => (await import('./ann2rr.ts')).ann2rrCommand,
  decode: async () => (await import('./decode.ts')).decodeCommand,
  detect: async () => (await import('./detect.ts')).detectCommand,
  device: async () => (await import('./device.ts')).deviceCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
  gear: async () => (await import('./gear.ts')).gearCommand,
  ihr: async () => (await import('./ihr.ts')).ihrCommand,
  list: async () => (await import('./list.ts')).listCommand,
  mitm: async () => (await import('./mitm.ts')).mitmCommand,
  monitor: async () => (await import('./monitor.ts')).monitorCommand,
  noise: async () => (await import('./noise.ts')).noiseCommand,
  rdann: async () => (await import('./rdann.ts')).rdannCommand,
  rdsamp: async () => (await import('./rdsamp.ts')).rdsampCommand,
  replay: async () => (await import('./replay.ts')).replayCommand,
  score: async () => (await import('./score.ts')).scoreCommand,
  show: async () => (await import('./show.ts')).showCommand,
  summary: async () => (await import('./summary.ts')).summaryCommand,
  tach: async () => (await import('./tach.ts')).tachCommand,
  treat: async () => (await import('./treat.ts')).treatCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
};
