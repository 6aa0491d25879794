/** What the numbers behind an advice mean, for the page's "Why" window: the features' own sentences, and the gates'. */
import { FEATURES, TEACHING_FEATURES } from '../../advisory/index.ts';

const GATES: Readonly<Record<string, string>> = {
  'gate.leadsOff': 'share of the window that could not be measured; above the limit there is no decision',
  'gate.saturation':
    'share of the window that stands still away from zero; above the limit there is no decision',
  'gate.noise': 'energy above 30 Hz over the energy below; above the limit there is no decision',
  'gate.asystole': 'height of the signal from peak to peak; below the limit it is asystole',
  'gate.vtRate': 'rate of the waves; above the limit a tachycardia counts as shockable',
  bias: 'the constant of the score: where it starts before the signal is looked at',
};

export function glossary(): Readonly<Record<string, string>> {
  const features = [...FEATURES, ...TEACHING_FEATURES].map(({ name, what }) => [name, what] as const);
  return { ...GATES, ...Object.fromEntries(features) };
}
