/** A file appears whole or not at all: written under a temporary name beside it, then renamed. */
import { renameSync, writeFileSync } from 'node:fs';

export function writeWhole(file: string, text: string): void {
  const temporary = `${file}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}
