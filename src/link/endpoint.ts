/**
 * What every link does the same: one `onClose`, whoever closed; no bytes in or out after it.
 *
 * Somebody who puts a link together makes an Endpoint and says how bytes leave and how it shuts; he calls `arrive`
 * for bytes and `end` when it is over.
 */
import type { Link } from './link.ts';

export interface Ends {
  /** Sends; false when the peer takes no more. Called only while open. */
  send: (bytes: Uint8Array) => boolean;
  /** Frees what the link holds. Called once. */
  shut: () => void;
}

export class Endpoint implements Link {
  readonly name: string;
  onBytes: (bytes: Uint8Array) => void = () => undefined;
  onClose: (why: string) => void = () => undefined;
  setBaud?: (baud?: number) => void;
  private isOpen = true;
  private readonly ends: Ends;

  constructor(name: string, ends: Ends) {
    this.name = name;
    this.ends = ends;
  }

  get open(): boolean {
    return this.isOpen;
  }

  write(bytes: Uint8Array): boolean {
    return this.isOpen && (bytes.length === 0 || this.ends.send(bytes));
  }

  close(): void {
    this.end('closed here');
  }

  /** A wrapper has the speed of what it wraps. */
  takeSpeedOf(inner: Link): this {
    if (inner.setBaud !== undefined) this.setBaud = (baud) => inner.setBaud?.(baud);
    return this;
  }

  arrive(bytes: Uint8Array): void {
    if (this.isOpen && bytes.length > 0) this.onBytes(bytes);
  }

  end(why: string): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.ends.shut();
    this.onClose(why);
  }
}
