/** Shock advice: what the rhythm is, whether a shock is advised, and why. */
export { AdviceQueue } from './advice-queue.ts';
export { RhythmAnalyser, type RhythmAnalyserOptions } from './analyser.ts';
export { DECIDE, type DecideOptions } from './decide.ts';
export { FEATURES, featureNamed, TEACHING_FEATURES } from './features/registry.ts';
export { MODEL_WINDOWS } from './models.ts';
export { VOTE, type VoteOptions } from './vote.ts';
