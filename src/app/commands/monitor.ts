/** `rwave monitor`: the monitor in the browser, on a simulated patient, a recording, or a box on a cable. */
import { type Command, Option } from 'commander';
import { LANGUAGE_TAGS } from '../../control/prompts/index.ts';
import type { Language } from '../../control/prompts/index.ts';
import { UsageError } from '../../core/errors.ts';
import { RHYTHM_NAMES } from '../../../signals/rhythms/index.ts';
import { withCableOptions } from '../cable/cable-options.ts';
import type { CableFlags } from '../cable/cable-options.ts';
import type { RwaveCommand } from '../command.ts';
import { patientOf, withPatientOptions } from '../patient-options.ts';
import type { PatientFlags } from '../patient-options.ts';
import { permitDevice, withAllowHv } from '../high-voltage-permission.ts';
import type { HvFlags } from '../high-voltage-permission.ts';
import { openInBrowser } from '../server/open-browser.ts';
import { DEFAULT_PORT, startMonitor } from '../server/start.ts';
import { guidelineOption, wholeNumber } from '../options.ts';

interface MonitorFlags extends CableFlags, HvFlags, PatientFlags {
  port?: number;
  host: string;
  rhythm?: string;
  record?: string;
  lead?: number;
  device?: string;
  control?: string;
  setBaud?: number;
  seed: number;
  open: boolean;
  pacingLinkLoss: 'take-over' | 'stop';
  language: Language;
  guideline: string;
  blackbox?: string;
}

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '::1'];

export const monitorCommand: RwaveCommand = {
  register(program: Command): void {
    withPatientOptions(withAllowHv(withCableOptions(program.command('monitor'), { boxIsOurs: true })))
      .description('show the monitor in a browser: ECG, front panel, event list')
      .option('--port <n>', `port (default: ${DEFAULT_PORT}, or the next free one)`, wholeNumber(0, 65_535))
      .option(
        '--host <address>',
        'address to listen on; anything but this computer lets others press SHOCK',
        '127.0.0.1',
      )
      .option('--rhythm <name>', `patient's rhythm at the start: ${RHYTHM_NAMES.join(', ')} (default: sinus)`)
      .option('--record <file>', 'a recording plays the patient: path without ending')
      .option('--lead <n>', 'signal of the recording, from 0 (default: all)', wholeNumber(0, 255))
      .option('--device <address>', 'a box elsewhere: pty:PATH, tcp:HOST:PORT or serial:PATH')
      .option('--control <address>', 'bench channel of that box: tcp:HOST:PORT')
      .option(
        '--set-baud <n>',
        'with --device: ask the box for this speed once it answers (SET_BAUD); both go back when the session ends',
        wholeNumber(9600, 4_000_000),
      )
      .option('--seed <n>', 'the same seed is the same patient', wholeNumber(0, 2 ** 32 - 1), 1)
      .option('--blackbox <file>', 'append everything that happens to a black box (see: rwave summary)')
      .addOption(guidelineOption())
      .addOption(new Option('--language <tag>', 'of the prompts').choices([...LANGUAGE_TAGS]).default('en'))
      .addOption(
        new Option('--pacing-link-loss <what>', 'what the host does with a pacer that outlived a lost link')
          .choices(['take-over', 'stop'])
          .default('take-over'),
      )
      .option('--no-open', 'do not open a browser window')
      .addHelpText(
        'after',
        `
Examples:
  rwave monitor                            a healthy patient; choose another rhythm on the page
  rwave monitor --rhythm vf --seed 7       one who needs a shock, the same one every time
  rwave monitor --record data/cudb/cu01    a recording plays the patient
  rwave monitor --device serial:/dev/ttyUSB0 --set-baud 921600
  rwave monitor --rhythm vf --guideline anzcor   200 J for all shocks
  rwave monitor --device pty:/dev/pts/5    a box in another process (see: rwave device --help)
  rwave monitor --faults flip=1/2000,unplug@60s:5s --trace run.jsonl`,
      )
      .action(monitor);
  },
};

async function monitor(flags: MonitorFlags): Promise<void> {
  check(flags);
  const { open, port, patient, weight, ...rest } = flags;
  const treated = patientOf({ ...(patient && { patient }), ...(weight !== undefined && { weight }) });
  const hvSerial = flags.device === undefined ? undefined : await permitDevice(flags.device, flags);
  const running = await startMonitor({
    ...rest,
    ...treated,
    port: port ?? DEFAULT_PORT,
    nextFree: port === undefined,
    ...(hvSerial !== undefined && { hvSerial }),
  });
  const what = hvSerial === undefined ? 'SIMULATED' : `REAL HARDWARE ${hvSerial}`;
  process.stdout.write(`rwave monitor (${what}, not a medical device): ${running.url}\n`);
  process.stdout.write(`${running.about}; seed ${flags.seed}; Ctrl+C stops\n`);
  if (!LOOPBACK.includes(flags.host)) {
    process.stdout.write(`listening on ${flags.host}: whoever can reach it can press SHOCK\n`);
  }
  if (open && process.stdout.isTTY) openInBrowser(running.url);
  await new Promise<void>((stopped) => {
    process.once('SIGINT', stopped);
    process.once('SIGTERM', stopped);
  });
  await running.close();
}

function check(flags: MonitorFlags): void {
  const sources = (['rhythm', 'record', 'device'] as const).filter((name) => flags[name] !== undefined);
  if (sources.length > 1) {
    throw new UsageError(`monitor: expected one patient, found --${sources.join(' and --')}`);
  }
  if (flags.lead !== undefined && flags.record === undefined) {
    throw new UsageError('--lead: expected together with --record');
  }
  if (flags.control !== undefined && flags.device === undefined) {
    throw new UsageError('--control: expected together with --device');
  }
  if (flags.setBaud !== undefined && flags.device === undefined) {
    throw new UsageError('--set-baud: expected together with --device');
  }
  if (flags.rhythm !== undefined && !RHYTHM_NAMES.includes(flags.rhythm)) {
    throw new UsageError(`--rhythm: expected one of ${RHYTHM_NAMES.join(', ')}, found "${flags.rhythm}"`);
  }
}
