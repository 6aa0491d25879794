/** What goes wrong between the patient's skin and the R trigger. The box notices only what its own inputs can tell. */
import type { Defect } from './defect.ts';

export const leadOff: Defect = {
  name: 'leadOff',
  what: 'no electrode has contact: all leads off, a waiting shock is withdrawn',
  family: 'signal',
  set({ frontEnd }, on) {
    for (let k = 0; k < frontEnd.leadNames.length; k++) frontEnd.setOff(k, on);
  },
};

export const noR: Defect = {
  name: 'noR',
  what: "the box's trigger finds no R: no marker, a waiting shock ends with noRWave",
  family: 'signal',
  set: ({ synchroniser }, on) => void (synchroniser.deaf = on),
};

export const tAsR: Defect = {
  name: 'tAsR',
  what: "the box's trigger takes the T wave for an R as well: a synchronized shock may fall on T. The box cannot know",
  family: 'signal',
  set: ({ synchroniser }, on) => synchroniser.takeT(on),
};

export const stuckSample: Defect = {
  name: 'stuckSample',
  what: 'the ADC gives the same count for ever: a flat line that is no asystole',
  family: 'signal',
  set: ({ frontEnd }, on) => void (frontEnd.stuck = on),
};
