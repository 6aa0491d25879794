/** Guideline editions by their id: a new edition is a new small file and a line here. */
import type { Guideline } from '../../core/guideline.ts';
import { aha2020 } from './aha-2020.ts';
import { aha2025 } from './aha-2025.ts';
import { anzcor } from './anzcor-11-4.ts';
import { erc2021 } from './erc-2021.ts';
import { rcuk2025 } from './rcuk-2025.ts';

const EDITIONS: readonly Guideline[] = [aha2025, aha2020, erc2021, rcuk2025, anzcor];

export const GUIDELINE_IDS: readonly string[] = EDITIONS.map(({ id }) => id);
/** Where none is chosen. Energies as the maker recommends, 2 min of compressions. */
export const DEFAULT_GUIDELINE = aha2025.id;

/** The id has been checked against the list. */
export function guidelineById(id: string): Guideline {
  return EDITIONS.find((edition) => edition.id === id) ?? aha2025;
}
