/**
 * The socket on the simulated box that a cable is plugged into: a pseudo-terminal, a TCP port or a serial port.
 *
 * `onPlug` gives the box's end of each new cable; `unplug` pulls it, `plug` puts it back.
 */
import { linkName, openPty } from '../../link/pty.ts';
import { openSerial } from '../../link/serial.ts';
import { listenTcp } from '../../link/tcp.ts';
import type { Link } from '../../link/link.ts';

export interface CablePort {
  /** For the first line of output: `path`, or `host` and `port`; and `address` as `--device` takes it. */
  describe(): Readonly<Record<string, string | number>>;
  plug(): Promise<void>;
  unplug(): void;
  /** Unplugs and leaves nothing behind. */
  close(): void;
}

type OnPlug = (link: Link) => void;

/** A pseudo-terminal; `name` is a symbolic link to it that stays the same when it is unplugged and plugged again. */
export function ptyPort(onPlug: OnPlug, name?: string): CablePort {
  let path = '';
  let shut: () => void = () => undefined;
  const unplug = () => {
    const last = shut;
    shut = () => undefined;
    last();
  };
  return {
    describe: () => ({ address: `pty:${name ?? path}`, path, ...(name === undefined ? {} : { link: name }) }),
    plug() {
      unplug();
      const link = openPty();
      path = link.path;
      const removeName = name === undefined ? undefined : linkName(path, name);
      shut = () => {
        removeName?.();
        link.close();
      };
      onPlug(link);
      return Promise.resolve();
    },
    unplug,
    close: unplug,
  };
}

export async function tcpPort(onPlug: OnPlug, port: number): Promise<CablePort> {
  let isPlugged = true;
  let cable: Link | undefined;
  const listener = await listenTcp({
    port,
    oneAtATime: true,
    onLink: (link) => {
      if (!isPlugged) {
        link.close();
        return;
      }
      cable = link;
      onPlug(link);
    },
  });
  return {
    describe: () => ({
      address: `tcp:${listener.host}:${listener.port}`,
      host: listener.host,
      port: listener.port,
    }),
    plug() {
      isPlugged = true;
      return Promise.resolve();
    },
    unplug() {
      isPlugged = false;
      cable?.close();
    },
    close: () => listener.close(),
  };
}

export function serialPort(onPlug: OnPlug, path: string, baud: number): CablePort {
  let cable: Link | undefined;
  return {
    describe: () => ({ address: `serial:${path}`, path, baud }),
    async plug() {
      cable?.close();
      cable = await openSerial(path, baud);
      onPlug(cable);
    },
    unplug: () => cable?.close(),
    close: () => cable?.close(),
  };
}
