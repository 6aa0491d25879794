import type { Command } from 'commander';

/** One subcommand of `rwave`: a file in `commands/`, listed in `commands/index.ts`. */
export interface RwaveCommand {
  /** Adds itself to the program: options, help with examples, action. */
  register(program: Command): void;
}
