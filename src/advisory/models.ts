/** The score's weights, by length of window. Written by `npm run train`; manifest beside them. */
import { RwaveError } from '../core/errors.ts';
import type { ScoreModel } from './score.ts';
import { FIRST } from './weights/first.ts';

const MODELS: readonly ScoreModel[] = [FIRST];

export const MODEL_WINDOWS: readonly number[] = [2, 3, 4, 5, 8];

export function modelFor(windowS: number): ScoreModel {
  const model = MODELS.find((m) => m.windowS === windowS) ?? FIRST;
  if (!MODEL_WINDOWS.includes(windowS))
    throw new RwaveError(`window: expected one of ${MODEL_WINDOWS.join(', ')} s, found ${windowS}`);
  return model;
}
