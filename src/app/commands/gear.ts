import type { Command } from 'commander';
import { PROFILES } from '../../../firmware-sim/profiles/index.ts';
import { UsageError } from '../../core/errors.ts';
import type { RwaveCommand } from '../command.ts';
import { runGear } from '../device/run-gear.ts';
import { wholeNumber } from '../options.ts';

interface GearFlags {
  pty?: true;
  tcp?: number;
  profile: string;
  seed: number;
}

export const gearCommand: RwaveCommand = {
  register(program: Command): void {
    program
      .command('gear')
      .description(
        'run a test bench: the box with a patient simulator on its leads and an analyzer on its pads',
      )
      .option('--pty', 'each on a pseudo-terminal that any serial program can open')
      .option(
        '--tcp <port>',
        'on this TCP port of 127.0.0.1 and the next two; 0 takes any',
        wholeNumber(0, 65_533),
      )
      .option('--profile <name>', `model of the box: ${PROFILES.map((p) => p.name).join(', ')}`, 'als')
      .option('--seed <n>', 'the same seed is the same bench', wholeNumber(0, 2 ** 32 - 1), 1)
      .addHelpText(
        'after',
        `
The first line of output is JSON: where the box, the patient simulator (ProSim 8 dialect) and the analyzer (Impulse
7000DP dialect) are. Scripts that were written for the instruments talk to them as to the real ones.

Examples:
  rwave gear --pty                 then: rwave monitor --device pty:PATH of the box
  rwave gear --tcp 4000            printf 'REMOTE\\rVFIB=COARSE\\r' | nc 127.0.0.1 4001
                                   printf 'REMOTE\\rMODE=DEFIB\\rDREADY\\r' | nc 127.0.0.1 4002`,
      )
      .action(gear);
  },
};

async function gear({ pty, tcp, profile, seed }: GearFlags): Promise<void> {
  if ((pty === undefined) === (tcp === undefined)) {
    throw new UsageError(
      `gear: expected one of --pty, --tcp PORT; found ${pty === undefined ? 'none' : 'both'}`,
    );
  }
  const transport = tcp === undefined ? ({ kind: 'pty' } as const) : ({ kind: 'tcp', port: tcp } as const);
  const running = await runGear({ transport, profile, seed });
  process.once('exit', () => running.close());
  process.stdout.write(`${JSON.stringify(running.about)}\n`);
  await new Promise<void>((stopped) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stopped);
  });
  running.close();
}
