/**
 * A black box file, only ever appended to.
 *
 * Every record is one `write` before the call returns: a killed process loses nothing that was told. fsync (against loss of
 * power) comes before the call returns after each event about energy, faults and the link, and else when the sample clock is
 * 5 s past the last one. A file that is there already is continued: a torn tail is ended by a newline and stays where it is,
 * and the reader keeps it out.
 */
import { closeSync, fdatasyncSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { RecordError } from '../../core/errors.ts';
import type { LogRecord } from '../../guidance/log.ts';
import { lineOf } from './format.ts';
import type { LogSink } from './recorder.ts';

const SYNC_EVERY_S = 5;

export class FileSink implements LogSink {
  private readonly path: string;
  private readonly fd: number;
  private n = 0;
  private unsynced = false;
  private nextSyncS = SYNC_EVERY_S;

  constructor(path: string) {
    this.path = path;
    this.fd = openFile(path);
    if (endsTorn(this.fd)) this.write('\n');
  }

  append(record: LogRecord, atOnce: boolean): void {
    if (record.type === 'run') this.n = 0;
    this.write(lineOf(this.n++, record));
    this.unsynced = true;
    if (atOnce) this.sync();
  }

  tick(t: number): void {
    if (t < this.nextSyncS) return;
    this.nextSyncS = t + SYNC_EVERY_S;
    this.sync();
  }

  close(): void {
    this.sync();
    closeSync(this.fd);
  }

  private sync(): void {
    if (this.unsynced) fdatasyncSync(this.fd);
    this.unsynced = false;
  }

  private write(text: string): void {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) {
      try {
        at += writeSync(this.fd, bytes, at);
      } catch (error) {
        throw new RecordError(`${this.path}: the black box cannot be written: ${(error as Error).message}`);
      }
    }
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, 'a+');
  } catch (error) {
    throw new RecordError(
      `${path}: expected a file to write the black box to, found: ${(error as Error).message}`,
    );
  }
}

function endsTorn(fd: number): boolean {
  const { size } = fstatSync(fd);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(fd, last, 0, 1, size - 1);
  return last[0] !== 10;
}
