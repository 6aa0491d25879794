/**
 * A link over a serial port or the client's end of a pseudo-terminal: `serialport`, wrapped so that four known
 * hazards (all reproduced with version 13) cannot bite:
 *
 *   A  bytes written to a closed port are kept and sent at the next open: one object per connection, `isOpen` first
 *   B  after a failed write a port pretends to open again: never opened twice; closing is idempotent
 *   C  a hang-up can be missed, and `destroy()` does not help then: we look whether the port is still there, heartbeats
 *      find the rest; we `close()`, and never pause
 *   D  the queue of a peer that does not read has no bound: we look at its length before every write
 */
import { existsSync } from 'node:fs';
import type { BindingInterface } from '@serialport/bindings-interface';
import { SerialPortStream } from '@serialport/stream';
import { SerialPort } from 'serialport';
import { NoDeviceError } from '../core/errors.ts';
import { Endpoint } from './endpoint.ts';
import type { Link } from './link.ts';

const QUEUE_BYTES = 16_384;
/** How often we look whether a port still has its name in /dev. */
const LOOK_MS = 500;
/** Drain waits for a peer that may never read again (hazard D). */
const DRAIN_MS = 1000;
export const BAUD_DEFAULT = 115_200;

/** What we use of a port: a test puts its own there. */
export interface Port {
  readonly isOpen: boolean;
  readonly writableLength: number;
  write(bytes: Uint8Array): boolean;
  close(callback: (error?: Error | null) => void): void;
  drain(callback: (error?: Error | null) => void): void;
  update(options: { baudRate: number }, callback: (error?: Error | null) => void): void;
  on(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
  on(event: 'close' | 'error', listener: (error?: Error | null) => void): unknown;
}

/** Wraps a port that is open already. */
export function portLink(port: Port, name: string, openedBaud = BAUD_DEFAULT): Endpoint {
  const link = new Endpoint(name, {
    send: (bytes) => {
      if (!port.isOpen || port.writableLength + bytes.length > QUEUE_BYTES) return false;
      port.write(Buffer.from(bytes));
      return true;
    },
    shut: () => {
      // An error while closing tells nothing new: the object is never used again.
      if (port.isOpen) port.close(() => undefined);
    },
  });
  link.setBaud = (baud = openedBaud) => {
    // What was written goes out at the speed at which it was written.
    const late = setTimeout(
      () => link.end(`the port did not send what was written within ${DRAIN_MS} ms`),
      DRAIN_MS,
    );
    port.drain(() => {
      clearTimeout(late);
      if (!port.isOpen || !link.open) return;
      port.update({ baudRate: baud }, (error) => {
        if (error) link.end(`the port does not take ${baud} baud: ${error.message}`);
      });
    });
  };
  port.on('data', (bytes) => link.arrive(bytes));
  port.on('close', (error) => link.end(error?.message ?? 'the port closed'));
  port.on('error', (error) => link.end(error?.message ?? 'the port failed'));
  return link;
}

/** `binding` is the operating system's serial interface; a test gives one of its own. */
export function openSerial(
  path: string,
  baudRate = BAUD_DEFAULT,
  binding: BindingInterface = SerialPort.binding,
): Promise<Link> {
  return new Promise((resolve, reject) => {
    const port = new SerialPortStream({ binding, path, baudRate, autoOpen: false, lock: true });
    port.open((error) => {
      if (error) reject(new NoDeviceError(`no device at ${path}: ${error.message.replace(/^Error:? /, '')}`));
      else resolve(watchPath(portLink(port, `serial:${path}`, baudRate), path));
    });
  });
}

/** Hazard C: the name of an unplugged adapter, or of a dead pseudo-terminal, is gone. */
function watchPath(link: Endpoint, path: string): Link {
  const look = () => {
    if (!link.open) return;
    if (existsSync(path)) setTimeout(look, LOOK_MS).unref();
    else link.end('the port is gone');
  };
  // A name that the file system never knew (COM3) says nothing by not being there.
  if (existsSync(path)) look();
  return link;
}
