/**
 * `npm run bench [-- accuracy|speed|decode|features|latency|day|cores ...]`: what the QRS detection reaches and what it costs,
 * as Markdown (parts.ts), in plain Node (lib/plain-node.ts tells why).
 *
 *   npm run bench -- latency --calls 1e8     so many calls (1e7)
 *   npm run bench -- cores --records 33      so many days of recordings (33: more than 10^9 samples)
 */
import { runInPlainNode } from './lib/plain-node.ts';

process.exitCode = runInPlainNode('parts.ts', process.argv.slice(2));
