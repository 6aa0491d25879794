/** QRS detection: confirmed beats, synchroniser triggers and heart rate from one lead. */
export { HeartRate } from './heart-rate.ts';
export { adult, child, newborn, type DetectorProfile } from './profile.ts';
export { QrsDetector, type QrsDetectorOptions, type Tutor } from './qrs-detector.ts';
