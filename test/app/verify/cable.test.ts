/** Devices at the end of a real socket: with lines of text only, without a bench channel, that go away, that are real. */
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { Command } from 'commander';
import { runDevice } from '../../../src/app/device/run-device.ts';
import { verifyCommand } from '../../../src/app/commands/verify.ts';
import { confirmation, permitHighVoltage } from '../../../src/app/high-voltage-permission.ts';
import { BenchRefused } from '../../../src/app/verify/stand.ts';
import { CableStand } from '../../../src/app/verify/cable-stand.ts';
import { exitCodeOf } from '../../../src/app/verify/runner.ts';
import { EXIT, RwaveError } from '../../../src/core/errors.ts';
import { failures, verifyIt } from './kit.ts';

const open: { close: () => void }[] = [];
afterEach(() => {
  for (const thing of open.splice(0)) thing.close();
});

/** A device that speaks lines only; `identity` is its answer to IDENT. */
async function lineDevice(
  identity: string,
  onLine?: (line: string, socket: Socket) => void,
): Promise<string> {
  let remote = false;
  const answers: Readonly<Partial<Record<string, () => string>>> = {
    IDENT: () => identity,
    STATUS: () => 'standby; 0 V',
    FAULTS: () => 'none',
    RESULT: () => 'none',
    REMOTE: () => ((remote = true), '*'),
    LOCAL: () => ((remote = false), '*'),
    SELFTEST: () => '*',
    DISARM: () => '*',
    NONSENSE: () => '!01 Unknown command',
    'ENERGY=9999': () => '!03 Illegal parameter',
    'ENERGY=1': () => (remote ? '*' : '!02 Illegal command'),
  };
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      for (const line of data
        .toString('latin1')
        .split('\r\n')
        .filter((l) => /^[A-Z]/.test(l))) {
        onLine?.(line, socket);
        socket.write(`${answers[line]?.() ?? '!02 Illegal command'}\r\n`);
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  open.push(server);
  return `tcp:127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a device that has only lines of text', () => {
  test('passes what it can, and the rest is not run', { timeout: 30_000 }, async () => {
    const address = await lineDevice('ACME D1; 7.1; 4711; SIMULATED');
    const report = await verifyIt('ascii,energy,link-loss', { stand: await CableStand.open(address) });
    expect(report.device).toMatchObject({
      model: 'ACME D1',
      serial: '4711',
      session: false,
      simulated: true,
    });
    expect(failures(report)).toEqual([]);
    expect(report.counts).toMatchObject({ PASS: 16, 'not run': 2 });
    expect(exitCodeOf(report)).toBe(EXIT.ok);
  });

  test(
    'that hangs up in the middle: link lost, and what came before counts',
    { timeout: 30_000 },
    async () => {
      const address = await lineDevice('ACME D1; 7.1; 4711; SIMULATED', (line, socket) => {
        if (line === 'SELFTEST') socket.destroy();
      });
      const report = await verifyIt('ascii,energy', { stand: await CableStand.open(address) });
      expect(report.linkLost).toBe(true);
      expect(exitCodeOf(report)).toBe(EXIT.linkLost);
      expect(report.counts.PASS).toBeGreaterThan(3);
      expect(report.checks[1].findings[0].note).toBe('the link was lost before');
    },
  );
});

describe('a box on TCP', { timeout: 30_000 }, () => {
  const box = async () => {
    const device = await runDevice({
      transport: { kind: 'tcp', port: 0 },
      seed: 1,
      profile: 'als',
      rhythm: 'sinus',
      controlPort: 0,
      faults: '',
    });
    open.push(device);
    return device.about as { address: string; control: string };
  };

  test('whose bench channel is not known: what has to be set is not run, never PASS', async () => {
    const { address } = await box();
    const stand = await CableStand.open(address);
    const report = await verifyIt('ascii,permission,energy,heart-rate,aed-timing,r-to-shock', { stand });
    expect(failures(report)).toEqual([]);
    const [lines, ...rest] = report.checks;
    expect(lines.findings.every((f) => f.verdict === 'PASS')).toBe(true);
    for (const { findings } of rest) {
      expect(findings).toHaveLength(1);
      expect(findings[0]).toMatchObject({
        verdict: 'not run',
        note: expect.stringContaining('no bench channel') as string,
      });
    }
  });

  test('with its bench channel: the load box is read over the wire, and a wrong wish is refused', async () => {
    const { address, control } = await box();
    const stand = await CableStand.open(address, control);
    const { bench } = stand;
    expect(await bench?.ask<'getShock'>({ do: 'getShock' })).toMatchObject({ shocks: 0, tMs: [] });
    await bench?.ask<'setWave'>({ do: 'setWave', wave: 'tall-t-800' });
    expect(await bench?.ask<'getState'>({ do: 'getState' })).toMatchObject({ rhythm: 'wave', receivedJ: 0 });
    await expect(bench?.ask<'setWave'>({ do: 'setWave', wave: 'samba' })).rejects.toThrow(BenchRefused);
    await bench?.ask<'setWave'>({ do: 'setWave' });
    expect(await bench?.ask<'getState'>({ do: 'getState' })).toMatchObject({ rhythm: 'sinus' });
    stand.close();
  });
});

describe('real hardware', () => {
  const unit = { address: 'serial:/dev/ttyUSB0', model: 'ACME D1', serial: '4711', simulated: false };
  const typed = (text: string) => () => Promise.resolve(text);

  test('is refused without --allow-hv, with the reason; the exit code is that of a wrong command', async () => {
    const refusal = permitHighVoltage(unit, {}, typed(confirmation(unit)));
    await expect(refusal).rejects.toThrow(/does not say that it is SIMULATED.*Nothing was charged/);
    await expect(refusal).rejects.toMatchObject({ exitCode: EXIT.usage });
  });

  test('needs the very words, with the serial number of this unit', async () => {
    expect(confirmation(unit)).toBe('HIGH VOLTAGE 4711');
    for (const wrong of ['', 'yes', 'HIGH VOLTAGE', 'HIGH VOLTAGE 4712', 'high voltage 4711']) {
      await expect(permitHighVoltage(unit, { allowHv: true }, typed(wrong))).rejects.toThrow(RwaveError);
    }
    await expect(permitHighVoltage(unit, { allowHv: true }, typed('HIGH VOLTAGE 4711\n'))).resolves.toBe(
      '4711',
    );
  });

  test('a simulated device asks nobody', async () => {
    const never = () => Promise.reject(new Error('asked'));
    await expect(permitHighVoltage({ ...unit, simulated: true }, {}, never)).resolves.toBeUndefined();
  });

  test(
    'rwave verify refuses it before anything but IDENT and HELLO was sent',
    { timeout: 30_000 },
    async () => {
      const heard: string[] = [];
      const address = await lineDevice('ACME D1; 7.1; 4711', (line) => heard.push(line));
      const program = new Command().exitOverride();
      verifyCommand.register(program);
      await expect(
        program.parseAsync(['node', 'rwave', 'verify', '--device', address]),
      ).rejects.toMatchObject({
        exitCode: EXIT.usage,
      });
      expect(heard).toEqual(['IDENT']);
    },
  );
});
