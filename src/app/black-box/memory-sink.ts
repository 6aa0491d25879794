/** The newest records of a run in memory, for the page's code summary: about 40 MB at most, then the oldest go. */
import type { LogRecord, RunHeader } from '../../guidance/log.ts';
import type { LogSink } from './recorder.ts';

const MOST_RECORDS = 100_000;

export class MemorySink implements LogSink {
  header: RunHeader | undefined;
  private records: LogRecord[] = [];

  append(record: LogRecord): void {
    if (record.type === 'run') {
      this.header = record;
      this.records = [];
      return;
    }
    this.records.push(record);
    if (this.records.length > MOST_RECORDS) this.records = this.records.slice(MOST_RECORDS / 10);
  }

  get all(): readonly LogRecord[] {
    return this.records;
  }

  tick(): void {
    // nothing to bring to a disk
  }

  close(): void {
    // nothing to close
  }
}
