import { Command } from 'commander';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/app/commands/index.ts';
import { type Printer, Turn } from '../../src/app/jobs/turn.ts';

function recording(): { printed: string[]; printer: Printer } {
  const printed: string[] = [];
  const printer: Printer = {
    text: (text) => Promise.resolve(void printed.push(text)),
    progress: () => undefined,
    outcome: ({ lines }) => void printed.push(`end ${lines.join()}`),
  };
  return { printed, printer };
}

test('a job that is ahead of its turn prints nothing before the one before it has ended', async () => {
  const { printed, printer } = recording();
  const first = new Turn(Promise.resolve(), printer);
  const second = new Turn(first.over, printer);
  await second.text('b1');
  second.end({ lines: ['b'], exitCode: 2 });
  await first.text('a1');
  await first.text('a2');
  expect(printed).toEqual(['a1', 'a2']);
  first.end({ lines: [], exitCode: 0 });
  await second.over;
  expect(printed).toEqual(['a1', 'a2', 'end ', 'b1', 'end b']);
});

test('one that is far ahead has to wait, and goes on when its turn has come', async () => {
  const { printed, printer } = recording();
  const first = new Turn(Promise.resolve(), printer);
  const second = new Turn(first.over, printer);
  let isTaken = false;
  const taken = second.text('x'.repeat(65 * 2 ** 20)).then(() => (isTaken = true));
  await first.text('a1');
  expect(isTaken).toBe(false);
  first.end({ lines: [], exitCode: 0 });
  await taken;
  expect(printed.map((text) => text.length)).toEqual([2, 4, 65 * 2 ** 20]);
});

test('every command is loaded by its own name, and says what it does', async () => {
  for (const [name, load] of Object.entries(COMMANDS)) {
    const program = new Command();
    (await load()).register(program);
    expect(program.commands.map((c) => c.name())).toEqual([name]);
    expect(program.commands[0].description()).not.toBe('');
  }
});
