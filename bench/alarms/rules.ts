/**
 * Does what was heard confirm the alarm? The definitions are those of the PhysioNet/CinC Challenge 2015 (Clifford et al.,
 * Computing in Cardiology 42, 2015): the event is to be found in the 10 s before the alarm, and nothing later is known.
 *
 *   asystole      no beat for 4 s                        bradycardia   under 40/min over 5 beats
 *   tachycardia   over 140/min over 17 beats             VT            5 or more V beats in a row, over 100/min, or a shock
 *                                                        advised
 *   VF, flutter   the analysis advises a shock
 *
 * Fixed before any alarm was looked at. With several leads: a beat that one lead shows is a beat, so a pause and a slow rate
 * need every lead; a fast rate, VT and VF need one. Two stricter rules for VF were added after the first result, for what VF
 * is, not for single records: it shows in every lead at the same time, and an artery that pulses is not one of a heart in
 * VF (Aboukhalil et al., J. Biomed. Inform. 41, 2008, hold alarms back by the arterial pressure).
 */
import type { Advice } from '../../src/core/advice.ts';
import type { Heard, HeardLead } from './heard.ts';

const BEFORE_S = 10;
/** Of a second with a pulse in it, mmHg. */
const PULSE_MMHG = 20;
/** Seconds without a pulse that VF needs: the shortest VF of the Challenge is 4 s. */
const PULSELESS_S = 4;

/** True where the alarm is confirmed. */
export type AlarmRule = (heard: Heard, alarmS: number) => boolean;

const inTime = (a: Advice, fs: number, alarmS: number): boolean => a.to / fs > alarmS - BEFORE_S;

/** Seconds before the alarm in which the list of this lead advises a shock. */
function shockSeconds(list: readonly Advice[], fs: number, alarmS: number): number[] {
  return list.filter((a) => a.verdict === 'shock' && inTime(a, fs, alarmS)).map((a) => Math.round(a.to / fs));
}

const votedShock: AlarmRule = ({ leads }, alarmS) =>
  leads.some((l) => shockSeconds(l.decisions, l.fs, alarmS).length > 0);

export const windowShock: AlarmRule = ({ leads }, alarmS) =>
  leads.some((l) => shockSeconds(l.advices, l.fs, alarmS).length > 0);

/** One second in which every lead is voted to be shocked. */
export const everyLeadShock: AlarmRule = ({ leads }, alarmS) => {
  const seconds = leads.map((l) => shockSeconds(l.decisions, l.fs, alarmS));
  return seconds.length > 0 && seconds[0].some((s) => seconds.every((list) => list.includes(s)));
};

/** The same, and the last seconds before the alarm show no pulse in the artery (where there is a line). */
export const pulselessShock: AlarmRule = (heard, alarmS) => {
  const last = heard.pulseMmHg.slice(alarmS - PULSELESS_S, alarmS);
  const pulses = last.length > 0 && last.every((p) => p >= PULSE_MMHG);
  return !pulses && everyLeadShock(heard, alarmS);
};

const asystole: AlarmRule = ({ leads }, alarmS) => leads.every((l) => longestPauseS(l, alarmS) >= 4);

const bradycardia: AlarmRule = ({ leads }, alarmS) =>
  leads.every((l) => extremeRate(l, alarmS, 5, Math.min, Infinity) < 40);

const tachycardia: AlarmRule = ({ leads }, alarmS) =>
  leads.some((l) => extremeRate(l, alarmS, 17, Math.max, 0) > 140);

const ventricularTachycardia: AlarmRule = (heard, alarmS) =>
  votedShock(heard, alarmS) || heard.leads.some((l) => hasRun(l, alarmS));

/** Names as in the file ALARMS. */
export const RULES: Readonly<Record<string, AlarmRule>> = {
  Ventricular_Flutter_Fib: votedShock,
  Ventricular_Tachycardia: ventricularTachycardia,
  Asystole: asystole,
  Bradycardia: bradycardia,
  Tachycardia: tachycardia,
};

/** The pause before the first beat inside counts from the beat before it; the last runs to the alarm. */
function longestPauseS({ beats, fs }: HeardLead, alarmS: number): number {
  const end = alarmS * fs;
  const from = end - BEFORE_S * fs;
  let longest = 0;
  let last = from - BEFORE_S * fs;
  for (const sample of [...beats.map((b) => b.sample), end]) {
    if (sample > from) longest = Math.max(longest, sample - last);
    last = sample;
  }
  return longest / fs;
}

/** Rate over each `count` beats that end inside, folded by `fold`. */
function extremeRate(
  { beats, fs }: HeardLead,
  alarmS: number,
  count: number,
  fold: (a: number, b: number) => number,
  start: number,
): number {
  let found = start;
  for (let i = count - 1; i < beats.length; i++) {
    if (beats[i].sample <= (alarmS - BEFORE_S) * fs) continue;
    found = fold(found, (60 * fs * (count - 1)) / (beats[i].sample - beats[i - count + 1].sample));
  }
  return found;
}

/** Five V beats in a row, the last inside, at over 100/min. */
function hasRun({ beats, fs }: HeardLead, alarmS: number): boolean {
  for (let i = 4; i < beats.length; i++) {
    const run = beats.slice(i - 4, i + 1);
    if (beats[i].sample <= (alarmS - BEFORE_S) * fs || !run.every((b) => b.ventricular)) continue;
    if ((60 * fs * 4) / (run[4].sample - run[0].sample) > 100) return true;
  }
  return false;
}
