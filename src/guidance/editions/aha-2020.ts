/** American Heart Association 2020. */
import type { Guideline } from '../../core/guideline.ts';

const CARD = '[2] copies of the adult cardiac arrest algorithm of 2020';

export const aha2020: Guideline = {
  id: 'aha-2020',
  name: 'AHA 2020',
  jurisdiction: 'United States',
  date: '2020-10-20',
  citation:
    'Panchal et al., Part 3: Adult basic and advanced life support, Circulation 142(16 suppl 2), 2020',
  cprS: { value: 120, from: CARD },
  compressionsPerMin: { value: { least: 100, most: 120 }, from: CARD },
  depthCm: {
    value: { least: 5, most: 6 },
    from: '[2] at least 5 cm on the algorithm; not over 6 cm [K]',
  },
  leastCompressedPct: { value: 60, from: '[2] facts 3d' },
  defibrillation: {
    value: { firstJ: 'maker', later: 'equalOrHigher' },
    from: `${CARD}: as the maker recommends (120-200 J), later equivalent, higher may be considered`,
  },
  cardioversionJ: {
    value: [50, 100, 120, 200],
    from: '[2] narrow regular 50-100 J, narrow irregular 120-200 J, wide regular 100 J (facts 3d)',
  },
  child: { value: { joulesPerKg: [2, 4], mostJPerKg: 10 }, from: '[2] facts 3d, paediatric' },
};
