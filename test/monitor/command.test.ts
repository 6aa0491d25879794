/** `rwave monitor` with a wrong command line: one clear line each, nothing started. */
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { monitorCommand } from '../../src/app/commands/monitor.ts';

async function complaintOf(...flags: string[]): Promise<string> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  monitorCommand.register(program);
  program.commands.forEach((c) => c.exitOverride().copyInheritedSettings(program));
  try {
    await program.parseAsync(['node', 'rwave', 'monitor', '--no-open', ...flags]);
  } catch (error) {
    return (error as Error).message;
  }
  return 'it ran';
}

test.each([
  [['--rhythm', 'tango'], '--rhythm: expected one of sinus,'],
  [['--rhythm', 'vf', '--record', 'x'], 'expected one patient, found --rhythm and --record'],
  [['--lead', '1'], '--lead: expected together with --record'],
  [['--control', 'tcp:127.0.0.1:1'], '--control: expected together with --device'],
  [['--set-baud', '460800'], '--set-baud: expected together with --device'],
  [
    ['--set-baud', '300', '--device', 'tcp:127.0.0.1:1'],
    'expected a whole number 9600..4000000, found "300"',
  ],
  [['--port', '70000'], 'expected a whole number 0..65535, found "70000"'],
  [['--port', '8o80'], 'found "8o80"'],
  [['--seed', '-1'], 'found "-1"'],
  [['--volume', '11'], "unknown option '--volume'"],
])('%j is refused', async (flags, complaint) => {
  expect(await complaintOf(...flags)).toContain(complaint);
});

test('the help shows how to use it', () => {
  const program = new Command();
  monitorCommand.register(program);
  let help = '';
  program.commands[0].configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  expect(help).toContain('rwave monitor --record data/cudb/cu01');
  expect(help).toContain('--device');
});
