/**
 * A defibrillator analyzer that speaks the Impulse 6000D/7000DP dialect: a load, an ECG to synchronise on, and a meter.
 *
 *   REMOTE  *      MODE=DEFIB  *      DREADY  *      ... the device under test fires ...   2,199.8,1502,030.0,05.8,...
 *
 * The line for a monophasic pulse is the maker's: 1,E,Vpk,Ipk,W50,W10,sync,ECG,charge. Of the biphasic one only the
 * contents of its 14 fields could be read, not their order; ours is
 * 2,E,V1,I1,W1,V2,I2,W2,gap,tilt1,tilt2,sync,ECG,charge. Sync is ms from the nearest R of the analyzer's own ECG (minus:
 * before it), charge is seconds from DREADY. One DREADY, one line: a shock that nobody waits for is not reported.
 *
 * LOAD=25..200 (ohm) and ECG=OFF|NSR|AF|VF|VT|ASYS are ours: the real thing has a knob and a menu.
 */
import type { PacePulse, Patient, ShockTrace } from '../../signals/patient/patient.ts';
import { Rng } from '../../src/core/rng.ts';
import type { Hertz, Ohms, SampleIndex } from '../../src/core/units.ts';
import type { Answer } from './dialect.ts';
import { refused } from './dialect.ts';
import { Gear, wholeNumber } from './gear.ts';
import { PlayedPatient } from './played-patient.ts';
import type { ShockReading } from './shock-meter.ts';
import { readShock } from './shock-meter.ts';

export interface ImpulseOptions {
  model?: '6000D' | '7000DP';
  fs?: Hertz;
  rng?: Rng;
}

const MODES = ['DEFIB', 'PACER'] as const;
type Mode = (typeof MODES)[number];

const ECG: Readonly<Record<string, readonly [rhythm: string, letter: string]>> = {
  NSR: ['sinus-fixed', 'N'],
  AF: ['af', 'A'],
  VF: ['vf', 'F'],
  VT: ['vt', 'V'],
  ASYS: ['asystole', '-'],
};

/** Samples a second of the meter. */
const METER_HZ = 100_000;
/** No R near the shock. */
const NO_SYNC = '+000';

/** A fixed field: sign-less, `digits` before the point and `places` after it. */
function field(value: number, digits: number, places: number): string {
  return Math.abs(value)
    .toFixed(places)
    .padStart(digits + (places > 0 ? places + 1 : 0), '0');
}

export class Impulse {
  readonly gear: Gear;
  readonly fs: Hertz;
  /** ECG and load: what the box has on its cables. */
  readonly patient: Patient;
  private readonly ecg: PlayedPatient;
  private mode: Mode = 'DEFIB';
  private letter = 'N';
  private readyAtS = NaN;
  private pulses: { atS: number; pulse: PacePulse }[] = [];
  private waitsForPulses = false;

  constructor({ model = '7000DP', fs = 500, rng = new Rng('impulse') }: ImpulseOptions = {}) {
    this.fs = fs;
    this.ecg = new PlayedPatient(fs, rng);
    this.ecg.playRhythm('sinus-fixed', 80);
    this.patient = this.onTheCable();
    this.gear = new Gear({
      dialect: 'prosim8',
      identity: `IMPULSE ${model}; 2.40; rwave SIMULATED`,
      commands: {
        MODE: (a) => {
          const mode = MODES.find((m) => m === a);
          if (!mode || (mode === 'PACER' && model !== '7000DP')) return refused('parameter');
          this.mode = mode;
          this.readyAtS = NaN;
          this.waitsForPulses = false;
          return undefined;
        },
        DREADY: () => {
          if (this.mode !== 'DEFIB') return refused('illegal');
          this.readyAtS = this.nowS;
          return undefined;
        },
        PAPULSE: () => {
          if (this.mode !== 'PACER') return refused('illegal');
          this.pulses = [];
          this.waitsForPulses = true;
          return undefined;
        },
        // What their answers look like could not be read.
        PASENSE: () => refused('option'),
        PAREFRACT: () => refused('option'),
        LOAD: (a) => {
          const ohm = wholeNumber(a, 25, 200);
          if (ohm === undefined) return refused('parameter');
          this.ecg.impedanceOhm = ohm;
          return undefined;
        },
        ECG: (a = '') => this.setEcg(a),
      },
    });
  }

  private get nowS(): number {
    return this.ecg.position / this.fs;
  }

  private setEcg(name: string): Answer {
    if (name !== 'OFF' && !Object.hasOwn(ECG, name)) return refused('parameter');
    this.ecg.running = name !== 'OFF';
    const [rhythm, letter] = name === 'OFF' ? ['asystole', '-'] : ECG[name];
    this.ecg.playRhythm(rhythm);
    this.letter = letter;
    return undefined;
  }

  private onTheCable(): Patient {
    const { ecg } = this;
    const nowS = (): number => this.nowS;
    return {
      fs: ecg.fs,
      leads: ecg.leads,
      get position(): SampleIndex {
        return ecg.position;
      },
      get impedanceOhm(): Ohms {
        return ecg.impedanceOhm;
      },
      render: (out, n) => ecg.render(out, n),
      shock: ({ trace }) => {
        if (trace) this.shocked(trace(METER_HZ));
      },
      pace: (pulse) => this.paced(pulse, nowS()),
    };
  }

  /** The pulse on the load. */
  shocked(trace: ShockTrace): void {
    if (Number.isNaN(this.readyAtS)) return;
    const chargeS = this.nowS - this.readyAtS;
    this.readyAtS = NaN;
    this.gear.say(this.line(readShock(trace), chargeS));
  }

  private line({ energyJ, phases, w50Ms, w10Ms }: ShockReading, chargeS: number): string {
    const syncMs = Math.round(this.ecg.msFromR);
    const sync = Math.abs(syncMs) <= 999 ? `${syncMs < 0 ? '-' : '+'}${field(syncMs, 3, 0)}` : NO_SYNC;
    const tail = [sync, this.letter, field(chargeS, 3, 1)];
    const [first, second] = phases;
    const energy = field(energyJ, 3, 1);
    if (phases.length < 2) {
      const peak =
        phases.length > 0 ? [field(first.peakV, 4, 0), field(first.peakA, 3, 1)] : ['0000', '000.0'];
      return ['1', energy, ...peak, field(w50Ms, 2, 1), field(w10Ms, 2, 1), ...tail].join(',');
    }
    const gapMs = second.startMs - first.startMs - first.widthMs;
    const both = [first, second].flatMap((p) => [
      field(p.peakV, 4, 0),
      field(p.peakA, 3, 1),
      field(p.widthMs, 2, 1),
    ]);
    const tilts = [first, second].map((p) => field(100 * p.tilt, 2, 1));
    return ['2', energy, ...both, field(gapMs, 1, 2), ...tilts, ...tail].join(',');
  }

  /** Two pulses make a rate: `P,rate,mA,ms`. */
  private paced(pulse: PacePulse, atS: number): void {
    if (!this.waitsForPulses) return;
    this.pulses.push({ atS, pulse: { ...pulse } });
    if (this.pulses.length < 2) return;
    const [before, now] = this.pulses;
    this.waitsForPulses = false;
    const { currentMa, widthUs } = now.pulse;
    this.gear.say(
      [
        'P',
        field(60 / (now.atS - before.atS), 3, 1),
        field(currentMa, 3, 1),
        field(widthUs / 1000, 2, 1),
      ].join(','),
    );
  }
}
