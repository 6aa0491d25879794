/** Filter design and streaming stages. */
export { butter, ownButter, type Band } from './butter.ts';
export { Derivative } from './derivative.ts';
export { MovingAverage } from './moving-average.ts';
export { mainsNotch, notchSection, type NotchOptions } from './notch.ts';
export { Resampler } from './resampler.ts';
export { groupDelayAt, isStable, responseAt, type Section } from './section.ts';
export { Sos } from './sos.ts';
export type { Stage } from './stage.ts';
