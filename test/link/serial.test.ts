import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { openSerial, portLink } from '../../src/link/serial.ts';
import type { Port } from '../../src/link/serial.ts';

/** A port that misbehaves as serialport 13 was seen to. */
class BadPort extends EventEmitter implements Port {
  isOpen = true;
  writableLength = 0;
  sent: number[] = [];
  closeCalls = 0;

  write(bytes: Uint8Array): boolean {
    this.sent.push(...bytes);
    return true;
  }

  log: string[] = [];

  drain(callback: (error?: Error | null) => void): void {
    this.log.push('drain');
    callback();
  }

  update({ baudRate }: { baudRate: number }, callback: (error?: Error | null) => void): void {
    this.log.push(`${baudRate}`);
    callback(baudRate > 1e6 ? new Error('EINVAL') : null);
  }

  close(callback: (error?: Error | null) => void): void {
    this.closeCalls++;
    this.isOpen = false;
    callback();
    this.emit('close');
  }
}

function make() {
  const port = new BadPort();
  const link = portLink(port, 'serial:test');
  const closes: string[] = [];
  link.onClose = (why) => void closes.push(why);
  return { port, link, closes };
}

test('hazard A: nothing is handed to a port that is closed, so nothing can be sent later', () => {
  const { port, link } = make();
  port.isOpen = false;
  expect(link.write(Uint8Array.of(1, 2, 3))).toBe(false);
  expect(port.sent).toEqual([]);
});

test('hazard B: an error, two close events and a close by us make one onClose', () => {
  const { port, link, closes } = make();
  port.emit('error', new Error('write EIO'));
  port.emit('close');
  port.emit('close', new Error('disconnected'));
  link.close();
  expect(closes).toEqual(['write EIO']);
  expect(port.closeCalls).toBe(1);
  expect(() => port.emit('error', new Error('late'))).not.toThrow();
});

test('hazard C: closing calls close() of the port, also when no event ever came', () => {
  const { port, link, closes } = make();
  link.close();
  expect(port.closeCalls).toBe(1);
  expect(closes).toEqual(['closed here']);
});

test('hazard D: a peer that does not read makes write refuse, and the queue stays where it is', () => {
  const { port, link } = make();
  port.writableLength = 16_384;
  expect(link.write(Uint8Array.of(1))).toBe(false);
  port.writableLength = 16_383;
  expect(link.write(Uint8Array.of(1))).toBe(true);
});

test('hazard A, with the real stream: what is written after an unplug never reaches the next connection', async () => {
  const { SerialPortMock } = await import('serialport');
  const mock = SerialPortMock.binding;
  mock.reset();
  mock.createPort('/dev/mock', { record: true, echo: false });
  const opened: { readonly recording: Buffer }[] = [];
  const binding = {
    list: () => mock.list(),
    open: async (options: Parameters<typeof mock.open>[0]) => {
      const port = await mock.open(options);
      opened.push(port);
      return port;
    },
  };
  const first = await openSerial('/dev/mock', 115_200, binding);
  expect(first.write(Uint8Array.of(1, 2, 3))).toBe(true);
  first.close();
  expect(first.write(Uint8Array.of(0x34))).toBe(false);
  await new Promise((done) => setTimeout(done, 20));
  const second = await openSerial('/dev/mock', 115_200, binding);
  expect(second.write(Uint8Array.of(7))).toBe(true);
  await new Promise((done) => setTimeout(done, 20));
  second.close();
  expect([...(opened[1]?.recording ?? [])]).toEqual([7]);
  await expect(openSerial('/dev/other', 115_200, binding)).rejects.toThrow('no device at /dev/other');
});

test('another speed comes behind what was written, and no number means the speed it was opened with', () => {
  const { port, link, closes } = make();
  link.setBaud?.(921_600);
  link.setBaud?.();
  expect(port.log).toEqual(['drain', '921600', 'drain', '115200']);
  link.setBaud?.(4_000_000);
  expect(closes).toEqual(['the port does not take 4000000 baud: EINVAL']);
});

test('hazard D: a drain that never ends is given up after a second, and its late end changes no speed', () => {
  vi.useFakeTimers();
  try {
    const { port, link, closes } = make();
    let drained: () => void = () => undefined;
    port.drain = (callback) => (drained = callback);
    link.setBaud?.(921_600);
    vi.advanceTimersByTime(999);
    expect(closes).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(closes).toEqual(['the port did not send what was written within 1000 ms']);
    drained();
    expect(port.log).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});
