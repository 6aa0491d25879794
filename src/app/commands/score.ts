/** `rwave score`: one subcommand for each kind of comparison. */
import type { Command } from 'commander';
import type { RwaveCommand } from '../command.ts';
import { scoreAdviceCommand } from './score/advice.ts';
import { scoreBeatsCommand } from './score/beats.ts';
import { scoreEpisodesCommand } from './score/episodes.ts';
import { scoreRunsCommand } from './score/runs.ts';
import { scoreSumstatsCommand } from './score/summary.ts';

const KINDS: readonly RwaveCommand[] = [
  scoreAdviceCommand,
  scoreBeatsCommand,
  scoreRunsCommand,
  scoreEpisodesCommand,
  scoreSumstatsCommand,
];

export const scoreCommand: RwaveCommand = {
  register(program: Command): void {
    const score = program.command('score').description('compare results with a reference');
    for (const kind of KINDS) kind.register(score);
    score.commands.forEach((c) => c.exitOverride().copyInheritedSettings(program));
  },
};
