/**
 * The box's fault campaign: many random 60-s runs, each from its own seed, judged at every step.
 *
 *   tsx bench/campaign.ts [--runs 1000] [--seed 0] [--for SECONDS]
 *
 * Ends with exit code 5 at the first broken rule, and prints the command that replays it.
 */
import { EXIT, SafetyError } from '../src/core/errors.ts';
import { randomRun } from '../test/sim/box-run.ts';

function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? Number(process.argv[at + 1]) : otherwise;
}

const runs = option('runs', 1000);
const first = option('seed', 0);
/** Ends after the run in which this time is over. */
const mostSeconds = option('for', Infinity);
const sum = { runs: 0, shocks: 0, syncShocks: 0, shocksOnT: 0, packetsOut: 0, naks: 0 };
const whys: Record<string, number> = {};
const from = process.hrtime.bigint();
const spentS = (): number => Number(process.hrtime.bigint() - from) / 1e9;
try {
  for (let seed = first; seed < first + runs && spentS() < mostSeconds; seed++) {
    try {
      const tally = randomRun(seed);
      sum.runs++;
      sum.shocks += tally.shocks;
      sum.syncShocks += tally.syncShocks;
      sum.shocksOnT += tally.shocksOnT;
      sum.packetsOut += tally.packetsOut;
      sum.naks += tally.naks;
      for (const [why, n] of Object.entries(tally.whys)) whys[why] = (whys[why] ?? 0) + n;
    } catch (error) {
      console.error(`replay: npx tsx bench/campaign.ts --runs 1 --seed ${seed}`);
      throw error;
    }
  }
} catch (error) {
  if (!(error instanceof SafetyError)) throw error;
  console.error(`broken safety rule: ${error.message}`);
  process.exitCode = EXIT.safety;
}
const seconds = spentS();
console.log(
  JSON.stringify({
    ...sum,
    whys,
    seconds: Math.round(seconds),
    xRealTime: Math.round((sum.runs * 60) / seconds),
  }),
);
