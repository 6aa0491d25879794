/** The score's weights, by length of window. Written by `npm run train`; the manifests lie beside them. */
import { RwaveError } from '../core/errors.ts';
import type { ScoreModel } from './score.ts';
import { W4 } from './weights/w4.ts';

const MODELS: readonly ScoreModel[] = [W4];

/** Window lengths that a score was trained for, s. */
export const MODEL_WINDOWS: readonly number[] = [2, 3, 4, 5, 8];

export function modelFor(windowS: number): ScoreModel {
  const model = MODELS.find((m) => m.windowS === windowS);
  if (model === undefined)
    throw new RwaveError(`window: expected one of ${MODEL_WINDOWS.join(', ')} s, found ${windowS}`);
  return model;
}
