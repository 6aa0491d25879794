/** QRS detection: confirmed beats, synchroniser triggers and heart rate from one lead. */
export type { Mains } from '../dsp/mains-meter.ts';
export type { PacingSpike } from '../dsp/pacing-spikes.ts';
export { BaselineMotion } from './baseline-motion.ts';
export type { EcgInput } from './ecg-input.ts';
export { HeartRate } from './heart-rate.ts';
export { adult, child, newborn, type DetectorProfile } from './profile.ts';
export { type SignalRange, SignalQuality } from './signal-quality.ts';
export { QrsDetector, type QrsDetectorOptions, type Tutor } from './qrs-detector.ts';
