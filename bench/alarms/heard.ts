/** What the analysis hears in a recording up to one moment: beats and advice of each ECG lead, pulses of the artery. */
import { openRecord } from '../../signals/formats/index.ts';
import { RhythmAnalyser } from '../../src/advisory/index.ts';
import type { Advice } from '../../src/core/advice.ts';
import { emptyBeat, emptyRWave } from '../../src/core/beat.ts';
import type { SampleIndex } from '../../src/core/units.ts';

export interface HeardLead {
  name: string;
  fs: number;
  beats: { sample: SampleIndex; ventricular: boolean }[];
  /** Of one window of 3 s each. */
  advices: Advice[];
  /** Of three windows together. */
  decisions: Advice[];
}

export interface Heard {
  leads: HeardLead[];
  /** Pulse pressure of each whole second, mmHg; empty without an arterial line. */
  pulseMmHg: number[];
}

const CHUNK = 1024;

/** Every lead in mV, and the artery; the first `seconds`, and nothing after them is read. */
export function hear(path: string, seconds: number): Heard {
  const reader = openRecord(path);
  const { signals } = reader.header;
  reader.close();
  const artery = signals.findIndex((s) => s.description === 'ABP' && s.units === 'mmHg');
  return {
    leads: signals.flatMap(({ units }, lead) => (units === 'mV' ? [hearLead(path, lead, seconds)] : [])),
    pulseMmHg: artery < 0 ? [] : pulsesOf(path, artery, seconds),
  };
}

/** Highest less lowest value of each second. */
function pulsesOf(path: string, artery: number, seconds: number): number[] {
  const reader = openRecord(path);
  const second = [new Float64Array(reader.header.fs)];
  const pulses: number[] = [];
  while (pulses.length < seconds && reader.read([artery], second, second[0].length) === second[0].length) {
    const values = second[0].filter((v) => !Number.isNaN(v));
    pulses.push(values.length > 0 ? Math.max(...values) - Math.min(...values) : NaN);
  }
  reader.close();
  return pulses;
}

function hearLead(path: string, lead: number, seconds: number): HeardLead {
  const reader = openRecord(path);
  const { fs, signals } = reader.header;
  const analyser = new RhythmAnalyser({ fs });
  const heard: HeardLead = { name: signals[lead].description, fs, beats: [], advices: [], decisions: [] };
  const out = [new Float64Array(CHUNK)];
  for (let left = Math.round(seconds * fs); left > 0;) {
    const n = reader.read([lead], out, Math.min(CHUNK, left));
    if (n === 0) break;
    left -= n;
    analyser.process(out[0], n);
    collect(analyser, heard);
  }
  analyser.flush();
  collect(analyser, heard);
  reader.close();
  return heard;
}

function collect(analyser: RhythmAnalyser, heard: HeardLead): void {
  const beat = emptyBeat();
  const rWave = emptyRWave();
  while (analyser.syncs.take(rWave));
  while (analyser.beats.take(beat))
    heard.beats.push({ sample: beat.sample, ventricular: beat.beatClass === 'V' });
  for (let a = analyser.advices.take(); a !== undefined; a = analyser.advices.take()) heard.advices.push(a);
  for (let a = analyser.decisions.take(); a !== undefined; a = analyser.decisions.take())
    heard.decisions.push(a);
}
