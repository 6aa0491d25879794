/**
 * `npm run bench [-- accuracy|speed|features|latency|day ...]`: what the QRS detection reaches and what it and the
 * features of the shock advice cost, as Markdown.
 *
 * Speed is told as a ratio to the calibration kernel of the same run (lib/calibration.ts), and only after the result has been
 * checked. Needs RWAVE_DATA for accuracy and for the 24-h record; says so where it is missing.
 */
import { accuracy } from './parts/accuracy.ts';
import { day } from './parts/day.ts';
import { features } from './parts/features.ts';
import { latency } from './parts/latency.ts';
import { speed } from './parts/speed.ts';

const PARTS: Readonly<Record<string, () => string>> = { accuracy, speed, features, latency, day };

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(PARTS, name));
if (unknown !== undefined) {
  console.error(`bench: expected ${Object.keys(PARTS).join(', ')}, found "${unknown}"`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : Object.keys(PARTS))
  console.log(`\n### ${name}\n\n${PARTS[name]()}`);
