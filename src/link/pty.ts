/**
 * The device's end of a pseudo-terminal: any serial program can open the other end.
 *
 * Only the native `open` of @lydell/node-pty is used (MIT). Its JavaScript `open` reads from the slave and so steals
 * what the client should get. Writes go straight to the descriptor, which does not block, into a bounded queue when
 * the client does not read: Node's own stream on a pty master blocks the whole program (measured: 3 s). The slave
 * stays open here, or the master would die before the first client came; the price is that a client who leaves is
 * not noticed: heartbeats do that.
 */
import { closeSync, lstatSync, readlinkSync, symlinkSync, unlinkSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ReadStream } from 'node:tty';
import { NoDeviceError, UsageError } from '../core/errors.ts';
import { Endpoint } from './endpoint.ts';
import type { Link } from './link.ts';

const QUEUE_BYTES = 65_536;
/** How often a full terminal is tried again. */
const RETRY_MS = 2;

interface NativePty {
  open(cols: number, rows: number): { master: number; slave: number; pty: string };
}

function nativePty(): NativePty {
  const require = createRequire(import.meta.url);
  try {
    const beside = createRequire(require.resolve('@lydell/node-pty'));
    return beside(`@lydell/node-pty-${process.platform}-${process.arch}/pty.node`) as NativePty;
  } catch {
    throw new NoDeviceError(
      `no pseudo-terminals on ${process.platform}-${process.arch} (no prebuilt @lydell/node-pty): use --tcp PORT`,
    );
  }
}

/** Bytes that the terminal did not take yet. */
class MasterWriter {
  private readonly fd: number;
  private readonly onError: (why: string) => void;
  private queue: Uint8Array[] = [];
  private queued = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(fd: number, onError: (why: string) => void) {
    this.fd = fd;
    this.onError = onError;
  }

  /** All of it or nothing: half a packet is worse than none. */
  send(bytes: Uint8Array): boolean {
    if (this.queued + bytes.length > QUEUE_BYTES) return false;
    this.queue.push(bytes.slice());
    this.queued += bytes.length;
    this.flush();
    return true;
  }

  stop(): void {
    clearTimeout(this.timer);
    this.queue = [];
    this.queued = 0;
  }

  private flush(): void {
    while (this.queue.length > 0) {
      const [first] = this.queue;
      const taken = this.writeSome(first);
      this.queued -= taken;
      if (taken === first.length) {
        this.queue.shift();
      } else {
        this.queue[0] = first.subarray(taken);
        this.timer ??= setTimeout(() => {
          this.timer = undefined;
          this.flush();
        }, RETRY_MS);
        return;
      }
    }
  }

  private writeSome(bytes: Uint8Array): number {
    try {
      return writeSync(this.fd, bytes);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EAGAIN') this.onError(`the terminal failed: ${code ?? 'unknown'}`);
      return 0;
    }
  }
}

export interface PtyLink extends Link {
  /** What a client opens: /dev/pts/N. */
  readonly path: string;
}

export function openPty(): PtyLink {
  const { master: masterFd, slave: slaveFd, pty: path } = nativePty().open(80, 24);
  // Without raw mode the line discipline would send our own bytes back to us.
  const slave = new ReadStream(slaveFd).setRawMode(true).pause();
  slave.unref();
  const master = new ReadStream(masterFd);
  const writer = new MasterWriter(masterFd, (why) => setImmediate(() => link.end(why)));
  const link = new Endpoint(`pty:${path}`, {
    send: (bytes) => writer.send(bytes),
    shut: () => {
      writer.stop();
      master.destroy();
      slave.destroy();
      // Node opened the terminal anew for the slave stream; this is the one that we were given.
      closeSync(slaveFd);
    },
  });
  master.on('data', (bytes: Buffer) => link.arrive(bytes));
  master.on('error', (error) => link.end(error.message));
  master.on('close', () => link.end('the terminal closed'));
  slave.on('error', (error) => link.end(error.message));
  return Object.assign(link, { path });
}

/** A stable name for a terminal: a symbolic link. Replaces a left-over link, never a file. Returns how to remove it. */
export function linkName(path: string, name: string): () => void {
  const old = lstatSync(name, { throwIfNoEntry: false });
  if (old !== undefined && !old.isSymbolicLink()) {
    throw new UsageError(`--link ${name}: expected a free name or a symbolic link, found a file`);
  }
  try {
    if (old !== undefined) unlinkSync(name);
    symlinkSync(path, name);
  } catch (error) {
    throw new UsageError(`--link ${name}: ${(error as NodeJS.ErrnoException).code ?? 'failed'}`);
  }
  return () => {
    const now = lstatSync(name, { throwIfNoEntry: false });
    if (now?.isSymbolicLink() === true && readlinkSync(name) === path) unlinkSync(name);
  };
}
