/**
 * A first score by hand: single-feature limits of the literature (facts B4: count2 0.36, leakage 0.636, slope-quiet 0.357,
 * a2 0.33, acMin -0.41, power 2-8 Hz 0.74), each pushing by how far the value is on its side.
 */
import type { ScoreModel } from '../score.ts';

export const FIRST: ScoreModel = {
  windowS: 3,
  bias: -0.8,
  terms: [
    { feature: 'count2', edges: [0.28, 0.33, 0.36, 0.39], pushes: [0, -2.5, -1.5, -0.5, 0.7, 1.2] },
    { feature: 'leakage', edges: [0.5, 0.636, 0.72], pushes: [0, 0.8, 0.4, -0.5, -1] },
    { feature: 'slopeQuiet', edges: [0.25, 0.357, 0.5], pushes: [0, 0.8, 0.4, -0.5, -1.5] },
    { feature: 'a2', edges: [0.25, 0.33, 0.5], pushes: [0, -0.7, -0.3, 0.3, 0.6] },
    { feature: 'acMin', edges: [-0.55, -0.41, -0.3], pushes: [0, 0.5, 0.3, -0.3, -0.6] },
    { feature: 'power2to8', edges: [0.5, 0.74], pushes: [0, -0.5, -0.2, 0.4] },
  ],
};
