/** `npm run bench:guard [-- --update]`: has the chain become slower? See guard-parts.ts; in plain Node (lib/plain-node.ts). */
import { runInPlainNode } from './lib/plain-node.ts';

process.exitCode = runInPlainNode('guard-parts.ts', process.argv.slice(2));
