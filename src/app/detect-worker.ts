/** A thread of `rwave detect --jobs N`. */
import { detectRecord } from './detect/detect-record.ts';
import { serve } from './jobs/serve.ts';

serve(detectRecord);
