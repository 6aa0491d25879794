import { mkdtempSync, readlinkSync, rmSync, symlinkSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NoDeviceError, UsageError } from '../../src/core/errors.ts';
import { openLink, parseAddress } from '../../src/link/open.ts';
import { linkName } from '../../src/link/pty.ts';
import { listenTcp } from '../../src/link/tcp.ts';

test('an address says how to get there', () => {
  expect(parseAddress('tcp:localhost:4000')).toEqual({ kind: 'tcp', host: 'localhost', port: 4000 });
  expect(parseAddress('tcp:[::1]:4000')).toEqual({ kind: 'tcp', host: '::1', port: 4000 });
  expect(parseAddress('pty:/dev/pts/7')).toEqual({ kind: 'pty', path: '/dev/pts/7' });
  expect(parseAddress('serial:/dev/ttyUSB0')).toEqual({
    kind: 'serial',
    path: '/dev/ttyUSB0',
    baud: 115_200,
  });
  expect(parseAddress('serial:COM3@921600')).toEqual({ kind: 'serial', path: 'COM3', baud: 921_600 });
});

test.each(['', 'tcp:', 'tcp:host', 'tcp:host:0', 'tcp:host:70000', 'usb:1', '/dev/ttyUSB0', 'serial:'])(
  'the address "%s" is refused with what was expected',
  (address) => {
    expect(() => parseAddress(address)).toThrow(UsageError);
    expect(() => parseAddress(address)).toThrow(/expected a device as tcp:HOST:PORT/);
  },
);

test('nobody at the other end is exit code 3, not a crash', async () => {
  await expect(openLink('serial:/dev/rwave-no-such-port')).rejects.toThrow(NoDeviceError);
  const listener = await listenTcp({ port: 0, onLink: () => undefined });
  listener.close();
  await expect(openLink(`tcp:127.0.0.1:${listener.port}`)).rejects.toThrow(NoDeviceError);
});

test('a cable has one plug: a second client is turned away', async () => {
  const links: string[] = [];
  const listener = await listenTcp({ port: 0, oneAtATime: true, onLink: (link) => links.push(link.name) });
  const first = await openLink(`tcp:127.0.0.1:${listener.port}`);
  const second = await openLink(`tcp:127.0.0.1:${listener.port}`);
  await new Promise<void>((resolve) => (second.onClose = () => resolve()));
  expect(links).toHaveLength(1);
  expect(first.open).toBe(true);
  first.close();
  listener.close();
});

test('a stable name replaces an old name, goes away again, and never touches a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rwave-link-'));
  const name = join(folder, 'box');
  symlinkSync('/dev/pts/999', name);
  const remove = linkName('/dev/pts/7', name);
  expect(readlinkSync(name)).toBe('/dev/pts/7');
  remove();
  remove();
  expect(existsSync(name)).toBe(false);
  writeFileSync(name, 'precious');
  expect(() => linkName('/dev/pts/7', name)).toThrow(UsageError);
  rmSync(folder, { recursive: true });
});
