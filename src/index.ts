/**
 * The library: what `import ... from 'rwave'` gives. A simulator for learning and testing, not a medical device.
 *
 * Reading and scoring records, detecting beats, advising, and the wire's codec; the commands are built from the same parts.
 */
export * from './core/advice.ts';
export * from './core/annotations.ts';
export * from './core/beat.ts';
export * from './core/record.ts';
export { RecordError, RwaveError } from './core/errors.ts';
export { Rng } from './core/rng.ts';
export type * from './core/session-events.ts';
export {
  adult,
  child,
  HeartRate,
  newborn,
  QrsDetector,
  type DetectorProfile,
  type QrsDetectorOptions,
} from './detect/index.ts';
export { FEATURES, RhythmAnalyser, type RhythmAnalyserOptions } from './advisory/index.ts';
export { openRecord, readAnnotations, recordPaths, writeAnnotations } from '../signals/formats/index.ts';
export { RHYTHMS } from '../signals/rhythms/index.ts';
export { SimPatient } from '../signals/patient/sim-patient.ts';
export { RecordPatient } from '../signals/patient/record-patient.ts';
export { Box } from '../firmware-sim/box.ts';
export { MESSAGES, type Message } from './protocol/messages.ts';
