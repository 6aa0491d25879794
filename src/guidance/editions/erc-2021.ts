/** European Resuscitation Council 2021. */
import type { Guideline } from '../../core/guideline.ts';

export const erc2021: Guideline = {
  id: 'erc-2021',
  name: 'ERC 2021',
  jurisdiction: 'Europe',
  date: '2021-03-24',
  citation: 'Soar et al., ERC Guidelines 2021: Adult advanced life support, Resuscitation 161, 2021',
  cprS: { value: 120, from: '[2] facts 3d, rhythm check' },
  compressionsPerMin: { value: { least: 100, most: 120 }, from: '[2] facts 3d' },
  depthCm: { value: { least: 5, most: 6 }, from: '[2] facts 3d' },
  defibrillation: {
    value: { firstJ: 150, later: 'equalOrHigher' },
    from: '[2] 150 J first, later equal or higher (facts 3d)',
  },
  cardioversionJ: {
    value: [70, 120, 150],
    from: '[S] AF and VT 120-150 J, SVT and flutter 70-120 J in a simulator after the UK edition; AF at the maximum [K]',
  },
  child: { value: { joulesPerKg: [4] }, from: '[2] 4 J/kg for all shocks (facts 3d, paediatric)' },
};
