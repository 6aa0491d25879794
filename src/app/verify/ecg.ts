/** The ECG of the device, looked at with the host's own measuring half: heart rate, beats, and the samples themselves. */
import type { Microseconds } from '../../core/units.ts';
import { Pipeline } from '../../session/pipeline.ts';
import type { Bay } from './bay.ts';

export interface Ecg {
  /** Beats a minute at each full second of the stream; NaN where none is shown. */
  rateAt: { t: number; bpm: number }[];
  /** Of the lead that is analysed, mV, from the first sample that came. */
  samples: number[];
  fs: number;
  /** When the first sample arrived. */
  sinceUs: Microseconds;
}

const PER_SECOND = 25;
/** Range of the simulated front ends; the wire does not tell it. */
const RANGE_MV = 10;
/** i16 values in one WAVE packet of the default MTU. */
const MOST_VALUES = 110;

/** Connects and listens from now on; the object grows while time passes. The pads are lead 0. */
export async function listen(bay: Bay, withPipeline = true): Promise<Ecg> {
  const host = await bay.connect();
  const fs = host.welcome?.fs ?? 0;
  const ecg: Ecg = { rateAt: [], samples: [], fs, sinceUs: NaN };
  const range = { lowMv: -RANGE_MV, highMv: RANGE_MV };
  const options = { fs, range, onTold: () => undefined, onDecision: () => undefined };
  const pipeline = withPipeline ? new Pipeline(options) : undefined;
  host.onWave = ({ leads, n, firstSample }) => {
    if (Number.isNaN(ecg.sinceUs)) ecg.sinceUs = bay.now;
    for (let i = 0; i < n; i++) ecg.samples.push(leads[0][i]);
    if (pipeline === undefined) return;
    pipeline.process(leads[0], n, firstSample);
    const t = Math.floor((firstSample + n) / fs);
    if (t > (ecg.rateAt.at(-1)?.t ?? 0)) ecg.rateAt.push({ t, bpm: pipeline.bpm });
  };
  const samplesPerPacket = Math.max(1, Math.min(Math.floor(fs / PER_SECOND), MOST_VALUES));
  await bay.order({ type: 'streamCfg', leadMask: 1, samplesPerPacket });
  return ecg;
}

/** Plays a test wave on a fresh device and listens for so long. */
export async function play(bay: Bay, wave: string, seconds: number): Promise<Ecg> {
  bay.options.tell(wave);
  await bay.bench.ask<'setWave'>({ do: 'setWave', wave });
  const ecg = await listen(bay);
  await bay.wait(seconds * 1000);
  return ecg;
}
