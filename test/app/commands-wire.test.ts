/** The commands of the wire as a person runs them: a process, its exit code, what it prints. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Command, CommanderError } from 'commander';
import { decodeCommand } from '../../src/app/commands/decode.ts';
import { deviceCommand } from '../../src/app/commands/device.ts';
import { doctorCommand } from '../../src/app/commands/doctor.ts';
import { mitmCommand } from '../../src/app/commands/mitm.ts';
import { replayCommand } from '../../src/app/commands/replay.ts';
import { exampleHex } from '../../src/app/docs/examples.ts';
import { EXIT, RwaveError } from '../../src/core/errors.ts';
import { PACKAGE_ROOT } from '../../src/app/version.ts';

const folder = mkdtempSync(join(tmpdir(), 'rwave-cli-'));

function start(args: readonly string[]) {
  return spawn(process.execPath, ['--import', 'tsx', 'src/app/main.ts', ...args], {
    cwd: PACKAGE_ROOT,
    env: { ...process.env, XDG_RUNTIME_DIR: folder },
  });
}

async function run(...args: string[]) {
  const child = start(args);
  let out = '';
  let err = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (err += text.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, err };
}

describe('rwave', { timeout: 30_000 }, () => {
  test('verify on a pseudo-terminal, against a box in another process', async () => {
    const name = join(folder, 'box');
    const box = start(['device', '--pty', '--link', name]);
    await new Promise((resolve) => createInterface(box.stdout).once('line', resolve));
    const { code, out } = await run('verify', '--device', `pty:${name}`, '--only', 'ascii', '--json');
    const gone = new Promise((resolve) => box.on('close', resolve));
    box.kill('SIGTERM');
    const report = JSON.parse(out) as Record<string, unknown>;
    expect(report).toMatchObject({
      bench: true,
      verdict: 'PASS',
      device: { model: 'rwave ALS', session: true },
    });
    expect(code).toBe(EXIT.ok);
    await gone;
  });

  test('device, list, doctor and decode --raw work together, and leave nothing behind', async () => {
    const trace = join(folder, 'run.jsonl');
    const box = start(['device', '--tcp', '0', '--trace', trace]);
    const first = await new Promise<string>((resolve) => createInterface(box.stdout).once('line', resolve));
    const about = JSON.parse(first) as Record<string, unknown>;
    expect(about).toMatchObject({ host: '127.0.0.1', simulated: true, protocol: 'DSP/1' });
    const address = String(about['address']);

    const list = await run('list', '--json');
    expect(list.out).toContain(`"address":"${address}"`);
    const doctor = await run('doctor', '--device', address, '--json');
    const last = JSON.parse(doctor.out.trim().split('\n').at(-1) ?? '{}') as Record<string, string>;
    expect(last).toMatchObject({ name: address });
    expect(last['found']).toContain('SIMULATED');

    const closed = new Promise<number | null>((resolve) => box.on('close', resolve));
    box.kill('SIGTERM');
    expect(await closed).toBe(0);
    expect((await run('list', '--json')).out).not.toContain(address);

    const decoded = await run('decode', trace, '--type', 'hello', '--json');
    expect(JSON.parse(decoded.out.split('\n')[0])).toMatchObject({ from: 'host', type: 'hello' });
    const golden = await run('decode', '--hex', exampleHex('charge'));
    expect(golden.out.trim()).toBe('CHARGE seq 7 session 2bad energyDj=2000');
    expect(await run('replay', trace)).toMatchObject({
      code: 0,
      out: expect.stringContaining('same: ') as string,
    });
  });
});

/** The same commands without a process of their own: how they end. */
async function fails(args: readonly string[]): Promise<{ message: string; code: number }> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  for (const command of [deviceCommand, doctorCommand, decodeCommand, replayCommand, mitmCommand]) {
    command.register(program);
  }
  program.commands.forEach((c) => c.exitOverride().copyInheritedSettings(program));
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof RwaveError) return { message: error.message, code: error.exitCode };
    if (error instanceof CommanderError) return { message: error.message, code: EXIT.usage };
    throw error;
  }
  throw new Error('it did not fail');
}

describe('what is wrong with a command line or a file', () => {
  const bad = join(folder, 'bad.jsonl');
  writeFileSync(bad, 'not a trace\n');
  test.each([
    [['device'], 2, /expected one of --pty, --tcp PORT, --serial PATH; found none/],
    [['device', '--pty', '--tcp', '1'], 2, /found --pty and --tcp/],
    [['device', '--tcp', '99999'], 2, /whole number 0..65535/],
    [['device', '--tcp', '0', '--link', 'x'], 2, /--link: expected together with --pty/],
    [['device', '--tcp', '0', '--rhythm', 'samba'], 2, /rhythm/],
    [['device', '--tcp', '0', '--faults', 'flip'], 2, /expected faults like/],
    [['device', '--tcp', '0', '--trace', '/nowhere/run'], 2, /--trace \/nowhere\/run: ENOENT/],
    [['device', '--serial', '/dev/rwave-none'], 3, /no device at/],
    [['device', '--tcp', '0', '--record', '/nowhere/100'], 2, /\/nowhere\/100/],
    [['doctor', '--device', 'usb'], 2, /expected a device as/],
    [['decode'], 2, /either a file or --hex/],
    [['decode', '/nowhere.jsonl'], 2, /no such file/],
    [['decode', '--hex', 'xyz'], 2, /pairs of hex digits/],
    [['decode', bad], 2, /:1: expected one JSON object/],
    [['replay', bad], 2, /:1: expected/],
    [['mitm', 'pty', 'tcp:127.0.0.1:1'], 3, /no device answers/],
  ])('%j ends with %i and says so', async (args, code, message) => {
    const failure = await fails(args);
    expect(failure.message).toMatch(message);
    expect(failure.code).toBe(code);
  });
});
