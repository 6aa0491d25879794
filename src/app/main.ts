#!/usr/bin/env node
/**
 * `rwave`: the command line. Parses, hands over, turns errors into one line and an exit code (core/errors).
 */
import { Command, CommanderError } from 'commander';
import { EXIT, RwaveError } from '../core/errors.ts';
import type { RwaveCommand } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { VERSION } from './version.ts';

/** The one that is asked for; all of them for the help, and where the name is not known ("did you mean"). */
async function commandsFor(name = ''): Promise<RwaveCommand[]> {
  const wanted = Object.hasOwn(COMMANDS, name) ? [COMMANDS[name]] : Object.values(COMMANDS);
  return Promise.all(wanted.map((load) => load()));
}

async function buildProgram(argv: readonly string[]): Promise<Command> {
  const program = new Command('rwave')
    .description(
      'Monitor/defibrillator simulator with real rhythm analysis. For learning and testing; not a medical device.',
    )
    .version(VERSION)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'rwave: ')) });
  for (const command of await commandsFor(argv[2])) command.register(program);
  program.commands.forEach((c) => c.exitOverride().copyInheritedSettings(program));
  return program;
}

async function main(argv: readonly string[]): Promise<number> {
  try {
    const program = await buildProgram(argv);
    await program.parseAsync([...argv]);
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
