/** Resuscitation Council UK 2025. */
import type { Guideline } from '../../core/guideline.ts';

const SIMULATOR = '[S] a one-page simulator after RCUK 2025 (facts 3d, "ZS")';
const TEXT = '[2] a training provider on RCUK 2025 (facts 3d)';

export const rcuk2025: Guideline = {
  id: 'rcuk-2025',
  name: 'RCUK 2025',
  jurisdiction: 'United Kingdom',
  date: '2025',
  citation: 'Resuscitation Council UK, Resuscitation Guidelines 2025',
  cprS: { value: 120, from: TEXT },
  compressionsPerMin: { value: { least: 100, most: 120 }, from: TEXT },
  depthCm: { value: { least: 5, most: 6 }, from: TEXT },
  defibrillation: { value: { firstJ: 150, later: 'equalOrHigher' }, from: SIMULATOR },
  cardioversionJ: { value: [100, 120, 150], from: `${SIMULATOR}: SVT and AF 100-120 J, VT 120-150 J` },
  child: { value: { joulesPerKg: [4] }, from: '[2] as ERC: 4 J/kg for all shocks (facts 3d, paediatric)' },
};
