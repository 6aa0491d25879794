/** `rwave doctor`: looks for what usually stands between a host and its device, and says what helps. */
import type { Command } from 'commander';
import { EXIT } from '../../core/errors.ts';
import { ADDRESS_HELP, parseAddress } from '../../link/open.ts';
import type { RwaveCommand } from '../command.ts';
import { checkComputer, checkPort } from '../ports/checks.ts';
import type { Check } from '../ports/checks.ts';
import { probe } from '../ports/probe.ts';
import { listPorts } from '../ports/serial-ports.ts';

interface DoctorFlags {
  device?: string;
  json?: true;
}

export const doctorCommand: RwaveCommand = {
  register(program: Command): void {
    program
      .command('doctor')
      .description('check this computer, its serial ports, and a device; say what to do')
      .option('--device <address>', `talk to this device too (ends a session that it has): ${ADDRESS_HELP}`)
      .option('--json', 'one JSON object a check')
      .addHelpText(
        'after',
        `
Exit code 1 when a check failed, 3 when no device answers.

Examples:
  rwave doctor
  rwave doctor --device serial:/dev/ttyUSB0
  rwave doctor --device pty:/dev/pts/5 --json`,
      )
      .action(doctor);
  },
};

async function doctor({ device, json }: DoctorFlags): Promise<void> {
  const address = device === undefined ? undefined : parseAddress(device);
  const checks = checkComputer();
  const ports = await listPorts();
  if (address !== undefined && 'path' in address && !ports.some((p) => p.path === address.path)) {
    ports.push({ path: address.path });
  }
  for (const port of ports) checks.push(...checkPort(port));
  for (const check of checks) print(check, json);
  if (checks.some((c) => c.state === 'fail')) process.exitCode = EXIT.verdictFailed;
  if (device !== undefined) print(await checkDevice(device), json);
}

async function checkDevice(address: string): Promise<Check> {
  const found = await probe(address, Math.floor(performance.now() * 1000) + process.pid);
  const { model, serial, firmware, simulated, leads, fs, rttMs } = found;
  const times =
    rttMs.count === 0
      ? 'no answer to TIMESYNC'
      : `round trip ${rttMs.p50.toFixed(2)} ms, at most ${rttMs.max.toFixed(2)} ms of ${rttMs.count}`;
  const about = `${model}, ${serial}, ${firmware}, ${simulated ? 'SIMULATED' : 'REAL HARDWARE'}; ${leads} at ${fs} Hz`;
  const isSlow = !(rttMs.p50 < 100);
  return {
    name: address,
    state: isSlow ? 'warn' : 'ok',
    found: `${about}; ${times}`,
    ...(isSlow && {
      fix: 'the answers are slow: look at the latency timer, and at what else this computer does',
    }),
  };
}

function print(check: Check, json: true | undefined): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(check)}\n`);
    return;
  }
  process.stdout.write(`${check.state.padEnd(5)}${check.name}: ${check.found}\n`);
  if (check.fix !== undefined) process.stdout.write(`     -> ${check.fix}\n`);
}
