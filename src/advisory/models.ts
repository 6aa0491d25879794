/** The score's weights, by length of window. Written by `npm run train`; the manifests lie beside them. */
import { RwaveError } from '../core/errors.ts';
import type { ScoreModel } from './score.ts';
import { W3 } from './weights/w3.ts';
import { W4 } from './weights/w4.ts';

const MODELS: readonly ScoreModel[] = [W3, W4];

/** Window lengths that a score was trained for, s. */
export const MODEL_WINDOWS: readonly number[] = [3, 4];

export function modelFor(windowS: number): ScoreModel {
  const model = MODELS.find((m) => m.windowS === windowS);
  if (model === undefined)
    throw new RwaveError(`window: expected one of ${MODEL_WINDOWS.join(', ')} s, found ${windowS}`);
  return model;
}
