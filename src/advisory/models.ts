/** The score's weights, by length of window. Written by `npm run train`; the manifests lie beside them. */
import { RwaveError } from '../core/errors.ts';
import type { ScoreModel } from './score.ts';
import { W2 } from './weights/w2.ts';
import { W3 } from './weights/w3.ts';
import { W4 } from './weights/w4.ts';
import { W5 } from './weights/w5.ts';
import { W8 } from './weights/w8.ts';

const MODELS: readonly ScoreModel[] = [W2, W3, W4, W5, W8];

/** Window lengths that a score was trained for, s. Each model is about 11 kB of tables. */
export const MODEL_WINDOWS: readonly number[] = MODELS.map((m) => m.windowS);

export function modelFor(windowS: number): ScoreModel {
  const model = MODELS.find((m) => m.windowS === windowS);
  if (model === undefined)
    throw new RwaveError(`window: expected one of ${MODEL_WINDOWS.join(', ')} s, found ${windowS}`);
  return model;
}
