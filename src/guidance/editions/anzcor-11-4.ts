/** Australian and New Zealand Committee on Resuscitation, guideline 11.4 (electrical therapy for adults). */
import type { Guideline } from '../../core/guideline.ts';

const OWN_PAGE = '[S] anzcor.org, guideline 11.4';

export const anzcor: Guideline = {
  id: 'anzcor',
  name: 'ANZCOR 11.4',
  jurisdiction: 'Australia and New Zealand',
  date: 'in force until its review of July 2024',
  citation: 'ANZCOR Guideline 11.4: Electrical Therapy for Adult Advanced Life Support',
  cprS: { value: 120, from: '[K] two minutes after each shock' },
  compressionsPerMin: { value: { least: 100, most: 120 }, from: '[K]' },
  depthCm: { value: { least: 5, most: 6 }, from: '[K] at least 5 cm' },
  defibrillation: {
    value: { firstJ: 200, later: 'same' },
    from: `${OWN_PAGE}: 200 J for all shocks (biphasic)`,
  },
  cardioversionJ: { value: [], from: 'not taken from any source' },
  child: { value: { joulesPerKg: [4] }, from: '[K]' },
};
