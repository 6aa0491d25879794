/** Opens a device by the address that people type: `tcp:HOST:PORT`, `pty:PATH`, `serial:PATH[@BAUD]`. */
import { UsageError } from '../core/errors.ts';
import type { Link } from './link.ts';
import { BAUD_DEFAULT, openSerial } from './serial.ts';
import { connectTcp } from './tcp.ts';

export const ADDRESS_HELP = 'tcp:HOST:PORT, pty:PATH or serial:PATH[@BAUD]';

export type Address =
  | { kind: 'tcp'; host: string; port: number }
  | { kind: 'pty'; path: string }
  | { kind: 'serial'; path: string; baud: number };

export function parseAddress(address: string): Address {
  const tcp = /^tcp:(?:\/\/)?(\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(address);
  if (tcp !== null && Number(tcp[2]) >= 1 && Number(tcp[2]) <= 65_535) {
    return { kind: 'tcp', host: tcp[1].replace(/^\[|\]$/g, ''), port: Number(tcp[2]) };
  }
  const pty = /^pty:(.+)$/.exec(address);
  if (pty !== null) return { kind: 'pty', path: pty[1] };
  const fast = /^serial:(.+)@(\d{2,7})$/.exec(address);
  if (fast !== null) return { kind: 'serial', path: fast[1], baud: Number(fast[2]) };
  const serial = /^serial:(.+)$/.exec(address);
  if (serial !== null) return { kind: 'serial', path: serial[1], baud: BAUD_DEFAULT };
  throw new UsageError(`expected a device as ${ADDRESS_HELP}, found "${address}"`);
}

export function openLink(address: string): Promise<Link> {
  const parsed = parseAddress(address);
  switch (parsed.kind) {
    case 'tcp':
      return connectTcp(parsed.host, parsed.port);
    case 'pty':
      return openSerial(parsed.path);
    case 'serial':
      return openSerial(parsed.path, parsed.baud);
  }
}
