import { mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { checkPort } from '../../src/app/ports/checks.ts';
import { enterBox, runningBoxes } from '../../src/app/ports/registry.ts';
import { holdersOf, latencyTimerOf, scanPorts } from '../../src/app/ports/serial-ports.ts';

/** A computer with one FTDI adapter on /dev/ttyUSB0, held by process 4711. */
function computer(): string {
  const root = mkdtempSync(join(tmpdir(), 'rwave-root-'));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const link = (path: string, target: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(join(root, target), join(root, path));
  };
  put('dev/ttyUSB0', '');
  put('dev/tty1', '');
  put('sys/devices/usb1/1-2/idVendor', '0403\n');
  put('sys/devices/usb1/1-2/idProduct', '6001\n');
  put('sys/devices/usb1/1-2/manufacturer', 'FTDI\n');
  put('sys/devices/usb1/1-2/1-2:1.0/ttyUSB0/port_number', '0');
  link('sys/class/tty/ttyUSB0/device', 'sys/devices/usb1/1-2/1-2:1.0/ttyUSB0');
  put('sys/bus/usb-serial/devices/ttyUSB0/latency_timer', '16\n');
  put('proc/4711/comm', 'ModemManager\n');
  link('proc/4711/fd/5', 'dev/ttyUSB0');
  return root;
}

test('ports are found without udev, with what USB says about them', () => {
  const root = computer();
  expect(scanPorts(root)).toEqual([
    { path: join(root, 'dev/ttyUSB0'), usb: '0403:6001', manufacturer: 'FTDI' },
  ]);
  expect(scanPorts('/nowhere')).toEqual([]);
});

test('who holds a port, and how long its chip waits', () => {
  const root = computer();
  const path = join(root, 'dev/ttyUSB0');
  expect(holdersOf(path, root)).toEqual([{ pid: 4711, name: 'ModemManager' }]);
  expect(holdersOf(join(root, 'dev/tty1'), root)).toEqual([]);
  expect(latencyTimerOf(path, root)).toBe(16);
  expect(latencyTimerOf(join(root, 'dev/tty1'), root)).toBeUndefined();
});

test('every finding that is not fine says what helps', () => {
  const root = computer();
  const checks = checkPort({ path: join(root, 'dev/ttyUSB0') }, root);
  expect(checks.map((c) => c.state)).toEqual(['ok', 'fail', 'warn']);
  expect(checks[1].fix).toContain('systemctl stop ModemManager');
  expect(checks[2].fix).toContain('latency_timer');
  const [missing] = checkPort({ path: '/dev/rwave-none' }, root);
  expect(missing).toMatchObject({ state: 'fail', found: 'ENOENT' });
});

test('running boxes are listed, dead ones are forgotten', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rwave-run-'));
  writeFileSync(join(folder, '999999999.json'), '{"address":"pty:/dev/pts/99"}');
  const strikeOut = enterBox({ address: 'pty:/dev/pts/7', model: 'rwave ALS', pid: process.pid }, folder);
  expect(runningBoxes(folder).map((box) => box.address)).toEqual(['pty:/dev/pts/7']);
  expect(readdirSync(folder)).toHaveLength(1);
  strikeOut();
  strikeOut();
  expect(runningBoxes(folder)).toEqual([]);
});
