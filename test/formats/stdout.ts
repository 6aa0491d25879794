/** Runs a command of `rwave` in this process and gives back what it printed. */
import { Command } from 'commander';
import { vi } from 'vitest';
import type { RwaveCommand } from '../../src/app/command.ts';

export async function outputOf(command: RwaveCommand, ...args: string[]): Promise<string> {
  const parts: string[] = [];
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    parts.push(String(text));
    return true;
  });
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  try {
    const program = new Command().exitOverride();
    command.register(program);
    await program.parseAsync(args, { from: 'user' });
  } finally {
    out.mockRestore();
    err.mockRestore();
    process.exitCode = 0;
  }
  return parts.join('');
}
