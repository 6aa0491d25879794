import type { Command } from 'commander';
import { PROFILES } from '../../../firmware-sim/profiles/index.ts';
import { UsageError } from '../../core/errors.ts';
import type { RwaveCommand } from '../command.ts';
import { dialectOption } from '../device/dialect-option.ts';
import type { DialectName } from '../../../firmware-sim/gear/dialect.ts';
import { withCableOptions } from '../cable/cable-options.ts';
import type { CableFlags } from '../cable/cable-options.ts';
import { runGear } from '../device/run-gear.ts';
import { wholeNumber } from '../options.ts';

interface GearFlags extends CableFlags {
  dialect?: DialectName;
  link?: string;
  pty?: true;
  tcp?: number;
  profile: string;
  seed: number;
}

export const gearCommand: RwaveCommand = {
  register(program: Command): void {
    withCableOptions(program.command('gear'), { boxIsOurs: true })
      .description(
        'run a test bench: the box with a patient simulator on its leads and an analyzer on its pads',
      )
      .option('--pty', 'each on a pseudo-terminal that any serial program can open')
      .option(
        '--tcp <port>',
        'on this TCP port of 127.0.0.1 and the next two; 0 takes any',
        wholeNumber(0, 65_533),
      )
      .option('--link <name>', 'stable names for the pseudo-terminals: NAME.box, NAME.prosim, NAME.impulse')
      .option('--profile <name>', `model of the box: ${PROFILES.map((p) => p.name).join(', ')}`, 'als')
      .addOption(dialectOption())
      .option('--seed <n>', 'the same seed is the same bench', wholeNumber(0, 2 ** 32 - 1), 1)
      .addHelpText(
        'after',
        `
The first line of output is JSON: where the box, the patient simulator (ProSim 8 dialect) and the analyzer (Impulse
7000DP dialect) are. Scripts that were written for the instruments talk to them as to the real ones.

Examples:
  rwave gear --pty                 then: rwave monitor --device pty:PATH of the box
  rwave gear --pty --link ./bench --trace run.jsonl --faults arcingContact@60s
  rwave gear --tcp 4000            printf 'REMOTE\\rVFIB=COARSE\\r' | nc 127.0.0.1 4001
                                   printf 'REMOTE\\rMODE=DEFIB\\rDREADY\\r' | nc 127.0.0.1 4002`,
      )
      .action(gear);
  },
};

async function gear({ pty, tcp, link, profile, seed, ...cable }: GearFlags): Promise<void> {
  if ((pty === undefined) === (tcp === undefined)) {
    throw new UsageError(
      `gear: expected one of --pty, --tcp PORT; found ${pty === undefined ? 'none' : 'both'}`,
    );
  }
  if (link !== undefined && pty !== true) throw new UsageError('--link: expected together with --pty');
  const pseudo = { kind: 'pty', ...(link !== undefined && { link }) } as const;
  const transport = tcp === undefined ? pseudo : ({ kind: 'tcp', port: tcp } as const);
  const running = await runGear({ transport, profile, seed, ...cable });
  process.once('exit', () => running.close());
  process.stdout.write(`${JSON.stringify(running.about)}\n`);
  await new Promise<void>((stopped) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stopped);
  });
  running.close();
}
