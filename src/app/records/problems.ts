/** What a record turns out to be at its end: told on stderr, exit code 2; what was printed stands. */
import { EXIT } from '../../core/errors.ts';
import type { RecordReader } from '../../core/record.ts';

export function tellProblems(reader: RecordReader): void {
  for (const problem of reader.problems()) {
    process.stderr.write(`rwave: ${problem}\n`);
    process.exitCode = EXIT.usage;
  }
}
