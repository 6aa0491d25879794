/** What a page calls the annotated rhythms, and their colours: warm is shockable, green and blue are not. */
interface RhythmWord {
  word: string;
  colour: string;
}

const RED = '#c62828';
const ORANGE = '#c75a00';
const GREEN = '#2e7d32';
const BLUE = '#1f5fa8';
const GREY = '#5f6b73';

const RHYTHM_WORDS: Readonly<Partial<Record<string, RhythmWord>>> = {
  VF: { word: 'VF', colour: RED },
  VFL: { word: 'VFL (flutter)', colour: RED },
  VT: { word: 'VT', colour: ORANGE },
  N: { word: 'N (sinus)', colour: GREEN },
  SBR: { word: 'sinus bradycardia', colour: GREEN },
  AFIB: { word: 'AF', colour: BLUE },
  SVTA: { word: 'SVT', colour: BLUE },
  NOD: { word: 'nodal rhythm', colour: BLUE },
  BI: { word: '1st-degree block', colour: BLUE },
  B: { word: 'bigeminy', colour: BLUE },
  HGEA: { word: 'many ventricular ectopics', colour: BLUE },
  IVR: { word: 'ventricular escape', colour: BLUE },
  P: { word: 'paced', colour: BLUE },
  PM: { word: 'paced', colour: BLUE },
  ASYS: { word: 'asystole', colour: GREY },
  NOISE: { word: 'noise', colour: GREY },
  unlabelled: { word: 'no label', colour: GREY },
};

export function rhythmWord(rhythm: string): RhythmWord {
  return RHYTHM_WORDS[rhythm] ?? { word: rhythm, colour: BLUE };
}
