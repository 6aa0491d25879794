/**
 * What is asked before the score, in this order. Each gate is one limit that can be read and held against its value.
 *
 *   leads off   holes > 50 % of the window                                        -> inconclusive
 *   saturation  still > 60 % of the window, at 0.5 mV or more from the start level -> inconclusive
 *   compressions  the chest is being compressed (compressions.ts)                 -> inconclusive
 *   noise       energy above 30 Hz > 2 x energy kept                              -> inconclusive
 *   asystole    peak to peak < 0.15 mV in 2.5-30 Hz (stillness.ts)                -> no shock
 *   narrow      beats <= 104 ms wide, alike (correlation >= 0.8), that hold half of the signal and of its energy -> no shock
 *   fast        >= 220/min, even (RR spread <= 0.3) and alike (correlation >= 0.5)  -> shock, VT
 *   organised   the beats explain >= half of the signal, at <= 130/min, and either no wave comes faster than that or
 *               half of the energy lies within 80 ms of a beat                    -> no shock
 *
 * 220/min is over the fastest sinus rhythm (220 - age) and nearly every SVT of adults. 130/min lies under every rate at
 * which a VT is treated (AEDs: from 140; AHA: rapid VT 150). The wave rate is asked beside the beats because a detector
 * that finds every second wave of a VT would halve its rate.
 * A QRS under 120 ms comes from above the ventricles, however fast: no VT. The detector's width is the duration over half of an
 * energy that is smeared over 90 ms: 100 ms is its width of a sinus beat, 104 ms is under 95 of 100 beats of annotated VT.
 * 0.15 mV is the line of Li, Rajagopalan & Clifford 2014. It needs a calibrated gain; where the gain is nominal (vfdb
 * 602-615) asystole lies above it and is left to the score, which sees shape, rate and stillness and no millivolts.
 */
import type { Evidence, RhythmName, Verdict } from '../core/advice.ts';
import { COMPRESSION_LIMITS, type CompressionState } from './compressions.ts';
import { beatEnergy, explained } from './features/explained.ts';
import { beatRate, beatWidth, likeness, rrSpread } from './features/rr.ts';
import { waveRate } from './features/waves.ts';
import type { Quality } from './front.ts';
import { quickPeakToPeak } from './stillness.ts';
import type { AnalysisWindow } from './window.ts';

export interface GateLimits {
  holeShare: number;
  stillShare: number;
  stillLevelMv: number;
  highOverKept: number;
  asystoleMv: number;
  organisedRate: number;
  organisedExplained: number;
  organisedEnergy: number;
  narrowMs: number;
  narrowLikeness: number;
  fastRate: number;
  fastSpread: number;
  fastLikeness: number;
}

export const GATE_LIMITS: GateLimits = {
  holeShare: 0.5,
  stillShare: 0.6,
  stillLevelMv: 0.5,
  highOverKept: 2,
  asystoleMv: 0.15,
  organisedRate: 130,
  organisedExplained: 0.5,
  organisedEnergy: 0.5,
  narrowMs: 104,
  narrowLikeness: 0.8,
  fastRate: 220,
  fastSpread: 0.3,
  fastLikeness: 0.5,
};

export interface GateAnswer {
  verdict: Verdict;
  rhythm: RhythmName;
}

/** The answer of the first gate that closes, or undefined. Every value that was looked at is added to `evidence`. */
export function askGates(
  w: AnalysisWindow,
  quality: Quality,
  limits: GateLimits,
  evidence: Evidence[],
  compressions?: CompressionState,
): GateAnswer | undefined {
  return (
    askSignal(quality, w.peakToPeak, limits, evidence) ??
    (compressions === undefined ? undefined : askCompressions(compressions, evidence)) ??
    askStillness(quality, quickPeakToPeak(w), limits, evidence) ??
    askBeats(w, limits, evidence)
  );
}

function askCompressions(
  { going, source, rest }: CompressionState,
  evidence: Evidence[],
): GateAnswer | undefined {
  if (source === 'channel')
    evidence.push({ name: 'gate.compressionChannel', value: going ? 1 : 0, unit: '', limit: 1 });
  else
    evidence.push(
      { name: 'gate.compressions', value: rest.contrast, unit: '', limit: COMPRESSION_LIMITS.contrast },
      { name: 'gate.compressionShare', value: rest.share, unit: '', limit: COMPRESSION_LIMITS.share },
      { name: 'gate.compressionRate', value: rest.ratePerMin, unit: '1/min' },
    );
  return going ? { verdict: 'inconclusive', rhythm: 'compressions' } : undefined;
}

function askBeats(w: AnalysisWindow, limits: GateLimits, evidence: Evidence[]): GateAnswer | undefined {
  const rate = beatRate.compute(w);
  const share = explained.compute(w);
  const energy = beatEnergy.compute(w);
  const width = beatWidth.compute(w);
  evidence.push({ name: 'gate.explained', value: share, unit: '', limit: limits.organisedExplained });
  evidence.push({ name: 'gate.beatEnergy', value: energy, unit: '', limit: limits.organisedEnergy });
  evidence.push({ name: 'gate.narrow', value: width, unit: 'ms', limit: limits.narrowMs });
  const isExplained = share >= limits.organisedExplained;
  const isInBeats = energy >= limits.organisedEnergy;
  if (isExplained && isInBeats && width <= limits.narrowMs && likeness.compute(w) >= limits.narrowLikeness)
    return { verdict: 'noShock', rhythm: 'organised' };

  evidence.push({ name: 'gate.fast', value: rate, unit: '1/min', limit: limits.fastRate });
  if (
    rate >= limits.fastRate &&
    rrSpread.compute(w) <= limits.fastSpread &&
    likeness.compute(w) >= limits.fastLikeness
  )
    return { verdict: 'shock', rhythm: 'VT' };

  const waves = waveRate.compute(w);
  evidence.push({ name: 'gate.beatRate', value: rate, unit: '1/min', limit: limits.organisedRate });
  evidence.push({ name: 'gate.waveRate', value: waves, unit: '1/min', limit: limits.organisedRate });
  const nothingFaster = waves <= limits.organisedRate || isInBeats;
  if (isExplained && rate <= limits.organisedRate && nothingFaster)
    return { verdict: 'noShock', rhythm: 'organised' };
  return undefined;
}

function askSignal(
  quality: Quality,
  peakToPeakMv: number,
  limits: GateLimits,
  evidence: Evidence[],
): GateAnswer | undefined {
  const of = Math.max(1, quality.samples);
  const holes = quality.holes / of;
  evidence.push({ name: 'gate.leadsOff', value: holes, unit: '', limit: limits.holeShare });
  if (holes > limits.holeShare) return { verdict: 'inconclusive', rhythm: 'leadsOff' };

  const still = quality.still / of;
  evidence.push({ name: 'gate.saturation', value: still, unit: '', limit: limits.stillShare });
  if (
    still > limits.stillShare &&
    quality.stillLevel >= limits.stillLevelMv &&
    peakToPeakMv < limits.stillLevelMv
  )
    return { verdict: 'inconclusive', rhythm: 'noise' };
  return undefined;
}

function askStillness(
  quality: Quality,
  peakToPeakMv: number,
  limits: GateLimits,
  evidence: Evidence[],
): GateAnswer | undefined {
  const high = quality.keptEnergy > 0 ? quality.highEnergy / quality.keptEnergy : 0;
  evidence.push({ name: 'gate.noise', value: high, unit: '', limit: limits.highOverKept });
  evidence.push({ name: 'gate.asystole', value: peakToPeakMv, unit: 'mV', limit: limits.asystoleMv });
  if (peakToPeakMv < limits.asystoleMv) return { verdict: 'noShock', rhythm: 'asystole' };
  if (high > limits.highOverKept) return { verdict: 'inconclusive', rhythm: 'noise' };
  return undefined;
}
