/**
 * The file system, as the formats see it: whole-file reads for small files, positioned reads into a reused buffer
 * for long ones, and writes that never leave half a file behind. Every error names the file.
 */
import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { RecordError } from '../../src/core/errors.ts';

/** Why the system refused, in a few words. */
export function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EEXIST') return 'it is a file';
  if (code === 'ENOTDIR') return 'a part of the path is not a folder';
  if (code === 'EACCES') return 'no permission';
  if (code === 'ENOSPC') return 'the disk is full';
  return code ?? String(error);
}

export function readWhole(path: string, what: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new RecordError(`${path}: expected ${what}, found ${reason(error)}`);
  }
}

export function readText(path: string, what: string): string {
  return new TextDecoder().decode(readWhole(path, what));
}

/** A file open for reading at any place. */
export class RandomAccessFile {
  readonly path: string;
  readonly size: number;
  private fd: number;

  constructor(path: string, what: string) {
    this.path = path;
    try {
      this.fd = openSync(path, 'r');
    } catch (error) {
      throw new RecordError(`${path}: expected ${what}, found ${reason(error)}`);
    }
    const stat = fstatSync(this.fd);
    if (!stat.isFile()) {
      this.close();
      throw new RecordError(`${path}: expected ${what}, found a folder or a device`);
    }
    this.size = stat.size;
  }

  /** Fills `into` from byte `position` on; returns how many bytes there were. */
  read(into: Uint8Array, position: number, length = into.length): number {
    let done = 0;
    try {
      while (done < length) {
        const got = readSync(this.fd, into, done, length - done, position + done);
        if (got === 0) break;
        done += got;
      }
    } catch (error) {
      throw new RecordError(`${this.path}: cannot read at byte ${position + done}: ${reason(error)}`);
    }
    return done;
  }

  close(): void {
    if (this.fd >= 0) closeSync(this.fd);
    this.fd = -1;
  }
}

/** Writes beside the target, then renames: a reader sees the old file or the new one, never a part. */
export function writeWhole(path: string, content: Uint8Array | string): void {
  const temporary = `${path}.part`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new RecordError(`${path}: cannot write: ${reason(error)}`);
  }
}
