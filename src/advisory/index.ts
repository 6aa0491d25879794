/** Shock advice: what the rhythm is, whether a shock is advised, and why. */
export { amsa } from './amsa.ts';
export { AdviceQueue } from './advice-queue.ts';
export { HOP_S, RhythmAnalyser, type RhythmAnalyserOptions, WINDOW_S } from './analyser.ts';
export { ChestMotion } from './chest-motion.ts';
export { DECIDE, type DecideOptions, REGULAR } from './decide.ts';
export { FEATURES, featureNamed, TEACHING_FEATURES } from './features/registry.ts';
export { askGates, GATE_LIMITS } from './gates.ts';
export { MODEL_WINDOWS, modelFor } from './models.ts';
export { VOTE, type VoteOptions } from './vote.ts';
export { pushOf, stepOf, type ScoreModel, type ScoreTerm } from './score.ts';
export { ballot, vote, type VoteResult } from './vote.ts';
export { WindowFeed } from './window-feed.ts';
