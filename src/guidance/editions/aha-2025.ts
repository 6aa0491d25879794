/** American Heart Association 2025. */
import type { Guideline } from '../../core/guideline.ts';

const APP = '[S] an open decision aid after AHA 2025 (facts 3d, "RB")';
const TEXTS = '[2] teaching texts of 2025 (facts 3d)';

export const aha2025: Guideline = {
  id: 'aha-2025',
  name: 'AHA 2025',
  jurisdiction: 'United States',
  date: '2025-10',
  citation: '2025 American Heart Association Guidelines for CPR and Emergency Cardiovascular Care',
  cprS: { value: 120, from: APP },
  warnS: { value: 15, from: APP },
  compressionsPerMin: { value: { least: 100, most: 120 }, from: TEXTS },
  depthCm: { value: { least: 5, most: 6 }, from: TEXTS },
  leastCompressedPct: { value: 80, from: TEXTS },
  defibrillation: {
    value: { firstJ: 'maker', later: 'equalOrHigher' },
    from: '[2] biphasic 120-200 J as the maker recommends, else the maximum; later equal or higher',
  },
  cardioversionJ: {
    value: [100, 200],
    from: '[2] narrow regular and monomorphic VT 100 J, AF and flutter 200 J',
  },
  child: { value: { joulesPerKg: [2, 4], mostJPerKg: 10 }, from: APP },
};
