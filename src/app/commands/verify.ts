/** `rwave verify`: the bench run of a device engineer. Values against limits, with where each limit comes from. */
import { existsSync } from 'node:fs';
import { type Command } from 'commander';
import { PROFILES, profileByName } from '../../../firmware-sim/profiles/index.ts';
import type { Profile } from '../../../firmware-sim/profiles/index.ts';
import { UsageError } from '../../core/errors.ts';
import { ADDRESS_HELP } from '../../link/open.ts';
import { withCableOptions } from '../cable/cable-options.ts';
import type { CableFlags } from '../cable/cable-options.ts';
import type { RwaveCommand } from '../command.ts';
import { permitHighVoltage, withAllowHv } from '../high-voltage-permission.ts';
import { wholeNumber } from '../options.ts';
import { BrokenDevice } from '../verify/broken-device.ts';
import { CableStand } from '../verify/cable-stand.ts';
import { defaultRecords } from '../verify/default-records.ts';
import { CHECKS, chosenChecks } from '../verify/registry.ts';
import { jsonReport } from '../verify/report/json.ts';
import { checkText, headText, tailText } from '../verify/report/text.ts';
import { writeReports } from '../verify/report/write.ts';
import type { Device } from '../verify/runner.ts';
import { exitCodeOf, identify, runChecks } from '../verify/runner.ts';
import { SimStand } from '../verify/sim-stand.ts';
import type { Stand } from '../verify/stand.ts';
import { Progress } from '../verify/progress.ts';

interface VerifyFlags extends CableFlags {
  device: string;
  control?: string;
  profile?: string;
  only?: string;
  list?: true;
  out?: string;
  record?: string[];
  beats: number;
  quick?: true;
  fault?: string[];
  seed: number;
  json?: true;
  allowHv?: true;
}

/** The simulated box in this program. */
const SIM = 'sim';

export const verifyCommand: RwaveCommand = {
  register(program: Command): void {
    withAllowHv(withCableOptions(program.command('verify'), { boxIsOurs: false }))
      .description(
        'verify a device: energy, charge time, sync delay, disarm, heart rate, AED; PASS, FAIL or not run',
      )
      .option(
        '--device <address>',
        `sim (the simulated box, in this program and faster than life), ${ADDRESS_HELP}`,
        SIM,
      )
      .option(
        '--control <address>',
        'bench channel of that device: tcp:HOST:PORT (default: found when it runs here)',
      )
      .option(
        '--profile <name>',
        `what it is measured against: ${PROFILES.map((p) => p.name).join(', ')} (default: by its model)`,
      )
      .option('-o, --out <folder>', 'write verify.html, verify.json and verify.xml (JUnit) there')
      .option('--only <checks>', 'these checks, separated by commas (see --list)')
      .option('--list', 'list the checks and end')
      .option(
        '--record <path...>',
        'recordings with atr annotations for r-to-shock (default: mitdb in RWAVE_DATA)',
      )
      .option('--beats <n>', 'synchronized shocks in r-to-shock', wholeNumber(1, 100_000), 1000)
      .option('--quick', 'three energies instead of the ladder, fewer repetitions')
      .option('--fault <name...>', 'break this in the simulated box first: the run must find it')
      .option('--seed <n>', 'the same seed is the same run', wholeNumber(0, 2 ** 32 - 1), 1)
      .option('--json', 'print the report as JSON')
      .addHelpText(
        'after',
        `
What a device cannot be set to (no bench channel, only lines of text) is "not run", never PASS.
Exit code: 0 all that ran passed, 1 something failed, 2 usage, 3 no device, 4 link lost, 5 a safety rule was broken.

Examples:
  rwave verify -o report                                   the simulated box, all checks
  rwave verify --device sim --profile aed --only energy,charge-time
  rwave verify --only link-loss --faults "flip=1/2000,jitter=20ms" --trace run.jsonl   the same box on a bad cable
  rwave verify --device pty:./box --only ascii,link-loss,charge-time   a box in another process (rwave device --pty --link ./box)
  rwave verify --device tcp:127.0.0.1:4000 --quick -o report   a box in another process, in real time
  rwave verify --device sim --fault weakCharger --only charge-time; echo $?`,
      )
      .action(verify);
  },
};

async function verify(flags: VerifyFlags): Promise<void> {
  chosenChecks(flags.only);
  if (flags.list === true) {
    for (const { name, title } of CHECKS) process.stdout.write(`${name.padEnd(15)}${title}\n`);
    return;
  }
  check(flags);
  const isSim = flags.device === SIM;
  const stand = isSim
    ? new SimStand({ seed: flags.seed, profile: flags.profile ?? 'als', cable: flags })
    : await CableStand.open(flags.device, flags.control, { ...flags, seed: String(flags.seed) });
  try {
    const device = await identify(stand, flags.device, flags.seed);
    await permitHighVoltage(device, flags);
    if (!device.simulated && flags.faults !== '') {
      throw new UsageError('--faults: no bad cable to a device that does not say SIMULATED');
    }
    await run(flags, stand, device);
  } finally {
    stand.close();
  }
}

async function run(flags: VerifyFlags, stand: Stand, device: Device): Promise<void> {
  const { seed, beats, quick = false, json, fault = [], record, out } = flags;
  const profile = flags.profile === undefined ? profileOf(device) : profileByName(flags.profile);
  if (fault.length > 0) {
    if (stand.bench === undefined) throw new UsageError('--fault: the device has no bench channel');
    stand.bench = await BrokenDevice.of(stand.bench, fault);
  }
  const progress = new Progress();
  const say = (text: string): void => {
    if (json !== true) process.stdout.write(text);
  };
  say(headText({ device, seed, profile: profile.name }));
  const report = await runChecks({
    stand,
    device,
    profile,
    seed,
    beats,
    quick,
    records: record ?? defaultRecords(),
    checks: chosenChecks(flags.only),
    faults: fault,
    ...(stand.kind === 'cable' && { startedAt: new Date().toISOString() }),
    tell: ({ name }, text) => progress.show(`${name}: ${text}`),
    onCheck: (done) => {
      progress.clear();
      say(checkText(done));
    },
  });
  say(tailText(report));
  if (out !== undefined) for (const path of writeReports(out, report)) process.stderr.write(`${path}\n`);
  if (json === true) process.stdout.write(jsonReport(report));
  process.exitCode = exitCodeOf(report);
}

function profileOf({ model }: Device): Profile {
  return PROFILES.find((p) => p.model === model) ?? profileByName('als');
}

function check({ device, control, record = [], profile }: VerifyFlags): void {
  if (profile !== undefined) profileByName(profile);
  if (control !== undefined && device === SIM) {
    throw new UsageError('--control: the simulated box in this program needs none');
  }
  for (const path of record) {
    if (!existsSync(`${path}.atr`))
      throw new UsageError(`--record: expected ${path}.atr, found no such file`);
  }
}
