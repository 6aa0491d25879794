/** One record of `rwave detect`, in whichever thread: reads it, prints JSON lines, writes the annotation file. */
import { openRecord, writeAnnotations } from '../../../signals/formats/index.ts';
import type { JobOutput } from '../jobs/job.ts';
import { Detection, type DetectionOptions } from './detection.ts';

export interface DetectJob extends DetectionOptions {
  path: string;
  /** The annotation file to write. */
  target: string | undefined;
  /** Tell when the signal does not match its header's checksum: known at the end only, what was written stands. */
  checksum: boolean;
}

export async function detectRecord(job: DetectJob, output: JobOutput): Promise<readonly string[]> {
  const reader = openRecord(job.path);
  try {
    const detection = new Detection(job.path, reader, job);
    for (let hasMore = true; hasMore;) {
      const from = reader.position;
      hasMore = detection.advance();
      output.progress((reader.position - from) / reader.header.fs);
      const text = detection.takeText();
      if (text !== '') await output.text(text);
    }
    if (job.target !== undefined) writeAnnotations(job.target, detection.log);
    return job.checksum ? reader.problems() : [];
  } finally {
    reader.close();
  }
}
