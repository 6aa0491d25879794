/**
 * What several features of one file look up in the same window: made once, then remembered until the window is filled
 * again. Keeps one value for the newest window; costs two comparisons a look-up.
 */
import type { AnalysisWindow } from '../window.ts';

export function oncePerWindow<T>(make: (w: AnalysisWindow) => T): (w: AnalysisWindow) => T {
  let of: AnalysisWindow | undefined;
  let filling = -1;
  let value: T;
  return (w) => {
    if (of === w && filling === w.fillings) return value;
    value = make(w);
    of = w;
    filling = w.fillings;
    return value;
  };
}
