/** `rwave device`: the simulated box alone with its patient, at the end of a real cable. */
import { Option, type Command } from 'commander';
import { UsageError } from '../../core/errors.ts';
import { PROFILES } from '../../../firmware-sim/profiles/index.ts';
import { RHYTHM_NAMES } from '../../../signals/rhythms/index.ts';
import { BAUD_DEFAULT } from '../../link/serial.ts';
import { withCableOptions } from '../cable/cable-options.ts';
import type { CableFlags } from '../cable/cable-options.ts';
import type { RwaveCommand } from '../command.ts';
import { dialectOption } from '../device/dialect-option.ts';
import type { DialectName } from '../../../firmware-sim/gear/dialect.ts';
import { runDevice } from '../device/run-device.ts';
import { runGear, STATIONS } from '../device/run-gear.ts';
import type { Station } from '../device/run-gear.ts';
import type { Transport } from '../device/run-device.ts';
import { enterBox } from '../ports/registry.ts';
import { wholeNumber } from '../options.ts';

interface DeviceFlags extends CableFlags {
  dialect?: DialectName;
  as: Station;
  pty?: true;
  tcp?: number;
  serial?: string;
  baud?: number;
  link?: string;
  rhythm?: string;
  record?: string;
  lead?: number;
  fs?: number;
  profile: string;
  controlPort: number;
  raw?: true;
  seed: number;
}

export const deviceCommand: RwaveCommand = {
  register(program: Command): void {
    withCableOptions(program.command('device'), { boxIsOurs: true })
      .description('run the simulated box alone, on a pseudo-terminal, a TCP port or a serial port')
      .addOption(
        new Option(
          '--as <what>',
          'box; or a bench instrument, wired to a box on a port beside it (as rwave gear): impulse, a defibrillator analyzer in the Impulse 7000DP dialect; prosim, a patient simulator in the ProSim 8 dialect',
        )
          .choices(STATIONS)
          .default('box'),
      )
      .option('--pty', 'on a pseudo-terminal that any serial program can open')
      .option('--tcp <port>', 'on this TCP port of 127.0.0.1; 0 takes any', wholeNumber(0, 65_535))
      .option('--serial <path>', 'on a serial port')
      .option(
        '--baud <n>',
        `speed of the serial port (default: ${BAUD_DEFAULT}); elsewhere bytes take the time that a UART needs`,
        wholeNumber(300, 4_000_000),
      )
      .option('--link <file>', 'stable name for the pseudo-terminal: a symbolic link')
      .option('--rhythm <name>', `patient's rhythm at the start: ${RHYTHM_NAMES.join(', ')} (default: sinus)`)
      .option('--record <file>', 'a recording plays the patient: path without ending')
      .option('--lead <n>', 'signal of the recording, from 0 (default: all)', wholeNumber(0, 255))
      .option('--fs <hz>', 'samples a second of a simulated patient (default: 500)', wholeNumber(100, 1000))
      .option('--profile <name>', `model: ${PROFILES.map((p) => p.name).join(', ')}`, 'als')
      .addOption(dialectOption())
      .option('--control-port <n>', 'TCP port of the bench channel; 0 takes any', wholeNumber(0, 65_535), 0)
      .option('--raw', 'no pacing: bytes leave at once, also after SET_BAUD')
      .option(
        '--seed <n>',
        'the same seed is the same patient, box and bad cable',
        wholeNumber(0, 2 ** 32 - 1),
        1,
      )
      .addHelpText(
        'after',
        `
The first line of output is JSON: where the box is, where its bench channel (control) is, what it is.

Examples:
  rwave device --pty --rhythm vf                      then: rwave monitor --device pty:PATH
  rwave device --pty --link ./box --record data/mitdb/100 --lead 0
  rwave device --as impulse --pty --link ./analyzer   the box is at ./analyzer.box
  rwave device --tcp 4000 --faults flip=1/5000,delay=20ms,split=random,unplug@30s:3s
  rwave device --pty --faults looseContact@20s:5s,reboot@60s,noR@90s:10s`,
      )
      .action(device);
  },
};

async function device(flags: DeviceFlags): Promise<void> {
  if (flags.as !== 'box') return instrument(flags, flags.as);
  const { rhythm, record, lead, profile, controlPort, seed } = flags;
  if (flags.dialect !== undefined) throw new UsageError('--dialect: expected together with --as prosim');
  if (rhythm !== undefined && record !== undefined) {
    throw new UsageError('device: expected one patient, found --rhythm and --record');
  }
  if (lead !== undefined && record === undefined) {
    throw new UsageError('--lead: expected together with --record');
  }
  const running = await runDevice({
    transport: transportOf(flags),
    rhythm: rhythm ?? 'sinus',
    ...(record === undefined ? {} : { record }),
    ...(lead === undefined ? {} : { lead }),
    profile,
    controlPort,
    faults: pacedFaults(flags),
    seed,
    ...(flags.raw && { raw: true }),
    ...(flags.fs === undefined ? {} : { fs: flags.fs }),
    ...(flags.trace === undefined ? {} : { trace: flags.trace }),
    ...(flags.pcap === undefined ? {} : { pcap: flags.pcap }),
  });
  const strikeOut = enterBox(running.about);
  process.once('exit', strikeOut);
  await untilStopped(running);
}

/** A bench instrument on the port that was asked for, wired to a box; that and the other instrument have ports beside it. */
async function instrument(flags: DeviceFlags, first: Station): Promise<void> {
  const { rhythm, record, lead, serial, fs, profile, seed, faults, trace, pcap, dialect } = flags;
  const strays = { rhythm, record, lead, serial, fs };
  const stray = Object.entries(strays).find(([, value]) => value !== undefined);
  if (stray !== undefined) throw new UsageError(`device --as ${first}: has no --${stray[0]}`);
  const transport = transportOf(flags);
  if (transport.kind === 'serial') throw new UsageError(`device --as ${first}: expected --pty or --tcp PORT`);
  const more = {
    ...(dialect !== undefined && { dialect }),
    ...(trace !== undefined && { trace }),
    ...(pcap !== undefined && { pcap }),
  };
  await untilStopped(await runGear({ transport, profile, seed, faults, first, ...more }));
}

async function untilStopped(running: { about: object; close: () => void }): Promise<void> {
  process.once('exit', () => running.close());
  process.stdout.write(`${JSON.stringify(running.about)}\n`);
  await new Promise<void>((stopped) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stopped);
  });
  running.close();
}

/** A real port keeps its own speed; a pseudo-terminal and TCP know none. */
function pacedFaults({ faults, baud, serial, raw }: DeviceFlags): string {
  if (raw && baud !== undefined && serial === undefined) {
    throw new UsageError('device: expected one of --baud and --raw, found both');
  }
  return baud === undefined || serial !== undefined ? faults : `${faults},baud=${baud}`;
}

function transportOf({ pty, tcp, serial, baud, link }: DeviceFlags): Transport {
  const given = [pty && '--pty', tcp !== undefined && '--tcp', serial !== undefined && '--serial'].filter(
    Boolean,
  );
  if (given.length !== 1) {
    const found = given.length === 0 ? 'none' : given.join(' and ');
    throw new UsageError(`device: expected one of --pty, --tcp PORT, --serial PATH; found ${found}`);
  }
  if (link !== undefined && pty !== true) throw new UsageError('--link: expected together with --pty');
  if (tcp !== undefined) return { kind: 'tcp', port: tcp };
  if (serial !== undefined) return { kind: 'serial', path: serial, baud: baud ?? BAUD_DEFAULT };
  return link === undefined ? { kind: 'pty' } : { kind: 'pty', link };
}
