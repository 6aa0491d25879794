/** A small code as a log: organised, VF, a shock that fails, compressions, a shock that works. */
import type { RhythmName, Verdict } from '../../src/core/advice.ts';
import type { SessionEvent } from '../../src/core/session-events.ts';
import type { LogRecord, RunHeader } from '../../src/guidance/log.ts';

export const FS = 250;
export const HEADER: RunHeader = {
  type: 'run',
  blackBox: 1,
  version: '0.1.0',
  seed: '7',
  source: 'rhythm vf',
};

const at = (t: number) => ({ t, sample: t * FS });
const advice = (to: number, verdict: Verdict, rhythm: RhythmName): SessionEvent => ({
  ...at(to),
  ...{ type: 'advice', from: to - 6, to, verdict, rhythm, score: 1, evidence: [] },
});
const prompt = (t: number, name: string): SessionEvent => ({ ...at(t), type: 'prompt', name, text: name });
const shock = (t: number, selectedJ: number): SessionEvent => ({
  ...at(t),
  ...{
    type: 'shock',
    armId: t,
    synchronized: false,
    selectedJ,
    storedJ: 1.2 * selectedJ,
    deliveredJ: selectedJ - 1,
  },
  ...{ peakV: 1500, peakA: 20.5, impedanceOhm: 75, rToShockMs: NaN },
  ...{ firstPhaseMs: 6, secondPhaseMs: 4, tiltPct: 60 },
});
const wave = (t: number): LogRecord => ({
  ...{ type: 'wave', sample: t * FS, fs: FS },
  leads: [{ name: 'pads', mv: Float32Array.from({ length: FS }, (_, i) => 1 + Math.sin(i / 5)) }],
});

export const STORY: readonly LogRecord[] = [
  { ...at(0), type: 'device', model: 'rwave ALS', firmware: 'sim 1.0', simulated: true, session: 1 },
  prompt(1, 'analysing'),
  { ...at(5), type: 'heartRate', bpm: 72 },
  advice(6, 'noShock', 'organised'),
  prompt(7, 'noShock'),
  { ...at(30), type: 'heartRate', bpm: NaN },
  advice(36, 'shock', 'VF'),
  {
    ...at(36),
    type: 'alarm',
    alarm: 'shockable',
    priority: 'high',
    state: 'on',
    text: 'VF or VT: check the patient.',
  },
  prompt(37, 'advisedCharging'),
  prompt(40, 'shockReady'),
  ...[38, 39, 40, 41, 42, 43, 44, 45].map(wave),
  shock(41, 200),
  prompt(41, 'delivered'),
  // Looks at samples from before the shock: no outcome.
  advice(44, 'shock', 'VT'),
  advice(48, 'shock', 'VF'),
  advice(56, 'inconclusive', 'compressions'),
  advice(57, 'inconclusive', 'compressions'),
  advice(70, 'inconclusive', 'compressions'),
  prompt(80, 'shockReady'),
  shock(84, 300),
  prompt(84, 'delivered'),
  advice(92, 'noShock', 'organised'),
  { ...at(93), type: 'heartRate', bpm: 64 },
  {
    ...at(95),
    type: 'refused',
    action: 'shock',
    state: 'standby',
    why: 'nothing is charged: press CHARGE first',
    by: 'host',
  },
  { ...at(130), type: 'gap', lost: 12 },
  { ...at(150), type: 'end' },
];
