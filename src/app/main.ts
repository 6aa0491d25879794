#!/usr/bin/env node
/**
 * `rwave`: the command line. Parses, hands over, turns errors into one line and an exit code (core/errors).
 */
import { Command, CommanderError } from 'commander';
import { EXIT, RwaveError } from '../core/errors.ts';
import { COMMANDS } from './commands/index.ts';
import { VERSION } from './version.ts';

function buildProgram(): Command {
  const program = new Command('rwave')
    .description(
      'Monitor/defibrillator simulator with real rhythm analysis. For learning and testing; not a medical device.',
    )
    .version(VERSION)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'rwave: ')) });
  for (const command of COMMANDS) command.register(program);
  program.commands.forEach((c) => c.exitOverride().copyInheritedSettings(program));
  return program;
}

async function main(argv: readonly string[]): Promise<number> {
  try {
    await buildProgram().parseAsync([...argv]);
    return Number(process.exitCode ?? EXIT.ok);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof RwaveError) {
      process.stderr.write(`rwave: ${error.message}\n`);
      return error.exitCode;
    }
    throw error;
  }
}

// A reader that closes early (`| head`) is not a fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  throw error;
});

process.exitCode = await main(process.argv);
