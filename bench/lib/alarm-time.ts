/**
 * From the instant at which a test wave changes to the alarm: the whole way, as a person at the screen would see it. The box
 * samples the wave at 250 Hz, the packets go over a cable in memory, the session analyses and alarms.
 */
import { Box } from '../../firmware-sim/box.ts';
import { profileByName } from '../../firmware-sim/profiles/index.ts';
import { testWaveByName } from '../../signals/patient/waves/index.ts';
import { qrsTrain } from '../../signals/patient/waves/qrs-train.ts';
import { WavePatient } from '../../signals/patient/wave-patient.ts';
import { Rig } from '../../src/app/treat-rig.ts';
import { Rng } from '../../src/core/rng.ts';
import { Session } from '../../src/session/session.ts';

export interface AlarmCase {
  /** A test wave's name, or 'flat'. */
  wave: string;
  /** Of the regular rhythm before it. */
  fromPerMin: number;
  bpmLow: number;
  bpmHigh: number;
  mostS: number;
}

const BEFORE_S = 20;
const WATCHED_S = 20;
const usual = { fromPerMin: 80, bpmLow: 50, bpmHigh: 120, mostS: 10 };

/** Limits so that the rate before is allowed and the wave's own is not. */
export const ALARM_CASES: readonly AlarmCase[] = [
  { ...usual, wave: '3a', fromPerMin: 60, bpmHigh: 70 },
  { ...usual, wave: '3b', bpmLow: 70 },
  { ...usual, wave: '3c', bpmHigh: 100 },
  { ...usual, wave: '3d', fromPerMin: 70, bpmHigh: 80 },
  ...['4ah', '4a', '4ad', '4bh', '4b', '4bd'].map((wave) => ({ ...usual, wave })),
  { ...usual, wave: '80-to-120', bpmHigh: 100 },
  { ...usual, wave: '80-to-40', bpmLow: 60 },
  { ...usual, wave: 'flat', mostS: 5 },
];

export interface AlarmTime {
  alarm: string;
  /** NaN: none came in time. */
  seconds: number;
}

/** The voltage before and after; a wave that changes by itself is taken from its start. */
function voltage({ wave, fromPerMin }: AlarmCase): (tS: number, dtS: number) => number {
  const before = qrsTrain('before', 'before', { ratePerMin: fromPerMin, tMv: 0.2 });
  if (wave === 'flat') return (tS, dtS) => (tS < BEFORE_S ? before.at(tS, dtS) : 0);
  const after = testWaveByName(wave);
  if (wave.includes('-to-')) return (tS, dtS) => after.at(tS, dtS);
  return (tS, dtS) => (tS < BEFORE_S ? before.at(tS, dtS) : after.at(tS - BEFORE_S, dtS));
}

export function timeToAlarm(test: AlarmCase): AlarmTime {
  const rng = new Rng('alarm-time');
  const wave = { name: test.wave, title: test.wave, source: '', limits: [], at: voltage(test) };
  const patient = new WavePatient(wave, 250);
  const box = new Box({ profile: profileByName('als'), patient, rng: rng.fork('box') });
  const session = new Session({ rng: rng.fork('session') });
  const rig = new Rig(box, session);
  const found: AlarmTime = { alarm: 'none', seconds: NaN };
  session.onEvent = (event) => {
    if (event.type !== 'alarm' || event.state !== 'on' || found.alarm !== 'none') return;
    found.alarm = event.alarm;
    found.seconds = rig.clock.now / 1e6 - BEFORE_S;
  };
  session.opened(0);
  rig.run(2e6);
  const { bpmLow, bpmHigh } = test;
  session.operate({ type: 'alarmLimits', limits: { bpmLow, bpmHigh } }, rig.clock.now);
  rig.run((BEFORE_S + WATCHED_S) * 1e6, () => found.alarm !== 'none');
  return found;
}
