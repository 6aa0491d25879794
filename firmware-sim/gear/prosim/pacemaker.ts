/**
 * The transvenous pacemaker of a patient simulator: TVPWAVE plays it, TVPPOL, TVPAMPL and TVPWID set the pulses of each
 * chamber.
 *
 *   ATR  atrial     ASY  asynchronous, ventricular     AVS  atrium, then ventricle     DFS, DOS  on demand, with frequent
 *   or occasional sinus beats     NCP  every fifth pulse captures nothing     NFN  every fifth pulse does not come
 */
import type { TestWave } from '../../../signals/patient/waves/wave.ts';
import type { Answer } from '../dialect.ts';
import { refused } from '../dialect.ts';
import type { Command } from '../gear.ts';
import type { BeatKind, TrainBeat, TrainPulse } from './beat-train.ts';
import { beatTrain } from './beat-train.ts';

type Chamber = 'A' | 'V';
interface Setting {
  sign: 1 | -1;
  mv: number;
  widthMs: number;
}
/** One place of the rhythm: what beats there, and which chambers get a pulse. */
type Place = readonly [kind: BeatKind, ...pulses: readonly Chamber[]];

const RR_S = 60 / 75;
const FIRST_S = 0.4;
/** Before R. */
const LEAD_S: Readonly<Record<Chamber, number>> = { A: 0.2, V: 0.045 };

const paced: Place = ['left', 'V'];
const own: Place = ['normal'];
const fifth = (other: Place): Place[] => [paced, paced, paced, paced, other];

const RHYTHMS: Readonly<Record<string, readonly [title: string, places: readonly Place[]]>> = {
  ATR: ['Atrial pacing', [['normal', 'A']]],
  ASY: ['Asynchronous ventricular pacing', [paced]],
  DFS: ['Demand pacing, frequent sinus beats', [paced, paced, paced, own, own, own, own, own]],
  DOS: ['Demand pacing, occasional sinus beats', [paced, paced, paced, paced, paced, paced, own, own]],
  AVS: ['Atrioventricular sequential pacing', [['left', 'A', 'V']]],
  NCP: ['Pacing without capture at every fifth pulse', fifth(['none', 'V'])],
  NFN: ['Pacing that fails at every fifth beat', fifth(['none'])],
};

const AMPLITUDES_MV = [50, 100, 200, 500, 700];
const WIDTHS_MS = ['0.1', '0.2', '0.5', '1.0', '2.0'];

/** For the page about the instruments. */
export const PACEMAKER_WAVES: readonly string[] = Object.keys(RHYTHMS);

export class Pacemaker {
  private readonly settings: Record<Chamber, Setting> = {
    A: { sign: 1, mv: 10, widthMs: 1 },
    V: { sign: 1, mv: 10, widthMs: 1 },
  };

  /** `play` gets the wave. */
  commands(play: (wave: TestWave) => void): Record<string, Command> {
    return {
      TVPPOL: (a) => this.set(a, /^[PN]$/, (pulse, value) => (pulse.sign = value === 'N' ? -1 : 1)),
      TVPAMPL: (a) => this.set(a, isAmplitude, (pulse, value) => (pulse.mv = Number(value))),
      TVPWID: (a) => this.set(a, isWidth, (pulse, value) => (pulse.widthMs = Number(value))),
      TVPWAVE: (a = '') => {
        if (!Object.hasOwn(RHYTHMS, a)) return refused('parameter');
        play(this.wave(a));
        return undefined;
      },
    };
  }

  private set(
    argument: string | undefined,
    good: RegExp | ((value: string) => boolean),
    change: (pulse: Setting, value: string) => void,
  ): Answer {
    const [chamber, value = '', ...more] = (argument ?? '').split(',');
    const isGood = good instanceof RegExp ? good.test(value) : good(value);
    if ((chamber !== 'A' && chamber !== 'V') || !isGood || more.length > 0) return refused('parameter');
    change(this.settings[chamber], value);
    return undefined;
  }

  private wave(name: string): TestWave {
    const [title, places] = RHYTHMS[name];
    const rOf = (k: number): number => FIRST_S + k * RR_S;
    const beats = places.map(([kind], k): TrainBeat => ({ atS: rOf(k), kind }));
    const pulses = places.flatMap(([, ...chambers], k) =>
      chambers.map((chamber): TrainPulse => {
        const { sign, mv, widthMs } = this.settings[chamber];
        return { atS: rOf(k) - LEAD_S[chamber], mv: sign * mv, widthMs };
      }),
    );
    return beatTrain(`tvp-${name.toLowerCase()}`, title, beats, places.length * RR_S, pulses);
  }
}

const isAmplitude = (value: string): boolean =>
  /^\d{1,3}$/.test(value) && (Number(value) <= 20 || AMPLITUDES_MV.includes(Number(value)));

const isWidth = (value: string): boolean => WIDTHS_MS.includes(value);
