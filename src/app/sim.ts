/**
 * The breaker: `npm run sim -- --seed N --minutes M`. Both ends, a cable with faults, a patient and a random operator on the
 * simulated clock; the safety rules of sim/rules.ts are checked at every step. A story that breaks one is shrunk and printed
 * with the command that tells it again. Exit code 5 when a rule was broken.
 */
import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { EXIT, RwaveError, UsageError } from '../core/errors.ts';
import type { CampaignResult } from './sim/campaign.ts';
import { campaign, failureText, storyOf, STORY_MINUTES, withSteps } from './sim/campaign.ts';
import { deedText } from './sim/story.ts';
import { LEVELS } from './sim/stage.ts';
import type { Level } from './sim/stage.ts';
import { tell } from './sim/world.ts';

interface SimOptions {
  seed: string;
  minutes: number;
  level: Level;
  jobs: number;
  replay?: string;
  steps?: string;
  /** Of a child: every jobs-th story from this one on, result as JSON. */
  part?: number;
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError(`expected a whole number, found "${text}"`);
  return Number(text);
}

function atLeastOne(text: string): number {
  const n = whole(text);
  if (n < 1) throw new InvalidArgumentError('expected 1 or more, found 0');
  return n;
}

function buildCommand(): Command {
  return new Command('sim')
    .description('tries to break the safety rules with random stories')
    .option('--seed <text>', 'one seed is one campaign', '1')
    .option('--minutes <n>', `simulated minutes, in stories of ${STORY_MINUTES}`, atLeastOne, 300)
    .addOption(
      new Option(
        '--level <level>',
        'signal: ECG samples through the whole pipeline; wire: no analysis; event: beats and packets',
      )
        .choices(LEVELS)
        .default('signal'),
    )
    .option('--jobs <n>', 'processes', atLeastOne, cpus().length)
    .option('--replay <seed/k>', 'tells one story and prints what happens')
    .option('--steps <list>', 'with --replay: only these steps, as printed for a failure')
    .addOption(new Option('--part <n>').argParser(whole).hideHelp())
    .exitOverride();
}

function replay(seed: string, { steps, level }: SimOptions): number {
  const full = storyOf(seed);
  const kept = steps === undefined ? undefined : steps === 'none' ? [] : steps.split(',').map(Number);
  if (kept?.some((k) => !(k in full.steps))) {
    throw new UsageError(
      `--steps: expected numbers from 0 to ${full.steps.length - 1}, found "${steps ?? ''}"`,
    );
  }
  const story = kept === undefined ? full : withSteps(full, kept);
  for (const step of story.steps)
    console.log(`${(step.atMs / 1000).toFixed(3).padStart(9)} s  ${deedText(step)}`);
  const { broken } = tell(story, level);
  console.log(broken === undefined ? 'no rule broken' : `BROKEN ${broken}`);
  return broken === undefined ? EXIT.ok : EXIT.safety;
}

/** The same program, on one share of the stories. */
function child(options: SimOptions, part: number): Promise<CampaignResult> {
  const args = ['--seed', options.seed, '--minutes', String(options.minutes), '--level', options.level];
  const self = [
    ...process.execArgv,
    process.argv[1],
    ...args,
    '--jobs',
    String(options.jobs),
    '--part',
    String(part),
  ];
  return new Promise((resolve, reject) => {
    const run = spawn(process.execPath, self, { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    run.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    run.on('error', reject);
    run.on('close', (code) => {
      if (code === EXIT.ok) resolve(JSON.parse(out) as CampaignResult);
      else reject(new Error(`part ${part} ended with ${code ?? 'a signal'}`));
    });
  });
}

function join(parts: readonly CampaignResult[]): CampaignResult {
  const [first, ...rest] = parts;
  for (const part of rest) {
    first.stories += part.stories;
    first.minutes += part.minutes;
    first.failures.push(...part.failures);
    for (const key of Object.keys(first.tally) as (keyof CampaignResult['tally'])[])
      first.tally[key] += part.tally[key];
  }
  return first;
}

async function run(options: SimOptions): Promise<number> {
  const { seed, minutes, level, jobs, part } = options;
  const count = Math.ceil(minutes / STORY_MINUTES);
  if (options.replay !== undefined) return replay(options.replay, options);
  if (part !== undefined) {
    process.stdout.write(JSON.stringify(campaign(seed, count, level, { first: part, every: jobs })));
    return EXIT.ok;
  }
  console.log(
    `seed ${seed}, ${count} stories of ${STORY_MINUTES} minutes, level ${level}, ${jobs} processes`,
  );
  const began = performance.now();
  const result =
    jobs === 1
      ? campaign(seed, count, level)
      : join(await Promise.all(Array.from({ length: jobs }, (_, k) => child(options, k))));
  const seconds = (performance.now() - began) / 1000;
  for (const failure of result.failures) console.log(failureText(failure, level));
  const { tally } = result;
  const counts = Object.entries(tally).map(([name, n]) => `${name} ${n}`);
  console.log(
    `${Math.round(result.minutes)} simulated minutes, ${(result.minutes / seconds).toFixed(0)} a second`,
  );
  console.log(counts.join(', '));
  console.log(`${result.failures.length} broken`);
  return result.failures.length === 0 ? EXIT.ok : EXIT.safety;
}

try {
  const command = buildCommand().parse(process.argv);
  process.exitCode = await run(command.opts<SimOptions>());
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  else if (error instanceof RwaveError) {
    process.stderr.write(`sim: ${error.message}\n`);
    process.exitCode = error.exitCode;
  } else throw error;
}
