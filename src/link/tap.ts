/** A link that shows what passes: a recorder hangs on it, nothing else changes. */
import { Endpoint } from './endpoint.ts';
import type { Link } from './link.ts';

export type Direction = 'in' | 'out';

export interface Traffic {
  /** Bytes as they came, before anybody acts on them; read them before you return. */
  bytes?: (direction: Direction, bytes: Uint8Array) => void;
  /** A write that the link refused: those bytes never left. */
  refused?: (bytes: Uint8Array) => void;
  closed?: (why: string) => void;
}

export function tap(inner: Link, traffic: Traffic): Link {
  const link = new Endpoint(inner.name, {
    send: (bytes) => {
      const isSent = inner.write(bytes);
      if (isSent) traffic.bytes?.('out', bytes);
      else traffic.refused?.(bytes);
      return isSent;
    },
    shut: () => inner.close(),
  }).takeSpeedOf(inner);
  inner.onBytes = (bytes) => {
    traffic.bytes?.('in', bytes);
    link.arrive(bytes);
  };
  inner.onClose = (why) => {
    traffic.closed?.(why);
    link.end(why);
  };
  return link;
}
