/**
 * A patient simulator that speaks the ProSim 8 dialect, so that an existing bench script runs with no hardware.
 *
 *   REMOTE            *          VFIB=COARSE   *          NSRA=080   *          NSRA=999   !03 Illegal parameter
 *
 * Rhythms, performance waves, amplitude and artifacts act on what it plays on the box's leads. Commands of the real thing
 * that would act on something this one does not have (blood pressure, respiration, temperature, SpO2, ST) are answered
 * as unknown, never with a `*`. The names of waves are the maker's; the abbreviations of ACLSWAVE other than TDP are
 * not explained in any source that could be read, and are illegal parameters here.
 */
import { qrsTrain } from '../../signals/patient/waves/qrs-train.ts';
import type { TestWave } from '../../signals/patient/waves/wave.ts';
import { Rng } from '../../src/core/rng.ts';
import type { Hertz } from '../../src/core/units.ts';
import type { Answer, DialectName } from './dialect.ts';
import { refused } from './dialect.ts';
import type { Command } from './gear.ts';
import { Gear, decimal, truth, wholeNumber } from './gear.ts';
import { PlayedPatient } from './played-patient.ts';
import { pulse, sine, square, triangle } from './prosim-waves.ts';

export interface ProSimOptions {
  fs?: Hertz;
  rng?: Rng;
  dialect?: DialectName;
}

type Played = readonly [rhythm: string, ratePerMin?: number];

/** Command, argument: our rhythm and its rate. */
const RHYTHMS: Readonly<Record<string, Readonly<Record<string, Played>>>> = {
  SPVWAVE: {
    AFL: ['flutter', 150],
    SNA: ['sinus-arrhythmia', 80],
    PAT: ['svt', 160],
    NOD: ['junctional', 80],
    SVT: ['svt', 200],
  },
  PREWAVE: { PVC1: ['pvcs', 80] },
  VNTWAVE: {
    TRIG: ['trigeminy', 80],
    BIG: ['bigeminy', 80],
    PAIR: ['couplets', 80],
    RUN5: ['vt-runs', 80],
    ASYS: ['asystole'],
  },
  CNDWAVE: {
    '1DB': ['block-1', 80],
    '2DB1': ['block-2-1', 80],
    '2DB2': ['block-2-2', 80],
    '3DB': ['block-3', 40],
    RBBB: ['rbbb', 80],
    LBBB: ['lbbb', 80],
  },
  TVPWAVE: { ASY: ['paced', 75] },
  ACLSWAVE: { TDP: ['torsades'] },
  AFIB: { COARSE: ['af', 110], FINE: ['af', 80] },
  VFIB: { COARSE: ['vf'], FINE: ['fine-vf'] },
};

/** EART: our artifact and its level at EARTSZ=100, mV. */
const ARTIFACTS: Readonly<Record<string, readonly [name: string, levelMv: number]>> = {
  '50': ['mains-50', 0.5],
  '60': ['mains-60', 0.5],
  MSC: ['muscle', 0.2],
  WAND: ['wander', 0.7],
  RESP: ['wander', 0.3],
};

const TALL_T_MV = 1;

export class ProSim {
  readonly patient: PlayedPatient;
  readonly gear: Gear;
  private artifact: readonly [name: string, levelMv: number] | undefined;
  private artifactSize = 1;

  constructor({ fs = 500, rng = new Rng('prosim'), dialect = 'prosim8' }: ProSimOptions = {}) {
    this.patient = new PlayedPatient(fs, rng);
    this.gear = new Gear({ dialect, identity: 'PROSIM8; 1.00; rwave SIMULATED', commands: this.commands() });
  }

  private commands(): Record<string, Command> {
    const rhythms = Object.entries(RHYTHMS).map(([name, played]): [string, Command] => [
      name,
      (argument) => this.playNamed(played, argument),
    ]);
    return {
      ...Object.fromEntries(rhythms),
      ECGRUN: (a) => this.with(truth(a), (on) => (this.patient.running = on)),
      ECGAMPL: (a) => this.with(decimal(a, 0.05, 5), (gain) => (this.patient.gain = gain)),
      NSRA: (a) => this.with(wholeNumber(a, 10, 360), (rate) => this.playSinus(rate)),
      MONOVTACH: (a) => this.with(wholeNumber(a, 120, 300), (rate) => this.patient.playRhythm('vt', rate)),
      POLYVTACH: (a) => this.with(wholeNumber(a, 1, 5), () => this.patient.playRhythm('torsades')),
      EART: (a) => this.setArtifact(a),
      EARTSZ: (a) =>
        this.with(a !== undefined && /^(025|050|100)$/.test(a) ? Number(a) : undefined, (size) =>
          this.sizeArtifact(size / 100),
        ),
      PULSE: (a) => this.playWave(wholeNumber(a, 30, 60), pulse),
      SQUARE: (a) => this.playWave(decimal(a, 0.125, 2), square),
      SINE: (a) => this.playWave(decimal(a, 0.05, 150), sine),
      TRI: (a) => this.playWave(decimal(a, 0.125, 3), triangle),
      RDET: (a) => this.playQrs(a),
      QRS: (a) => this.playQrs(a),
      TALLT: (a) =>
        this.playWave(wholeNumber(a, 0, 150), (percent) =>
          qrsTrain('tallt', `Tall T of ${percent} %`, { tMv: (TALL_T_MV * percent) / 100 }),
        ),
    };
  }

  private with<T>(value: T | undefined, act: (value: T) => void): Answer {
    if (value === undefined) return refused('parameter');
    act(value);
    return undefined;
  }

  private playNamed(played: Readonly<Record<string, Played>>, argument = ''): Answer {
    if (!Object.hasOwn(played, argument)) return refused('parameter');
    this.patient.playRhythm(...played[argument]);
    return undefined;
  }

  private playSinus(ratePerMin: number): void {
    this.patient.playRhythm('sinus-fixed', ratePerMin);
  }

  private playWave(value: number | undefined, make: (value: number) => TestWave): Answer {
    return this.with(value, (v) => this.patient.playWave(make(v)));
  }

  /** Width in ms, rate per minute: `RDET=080,060`. */
  private playQrs(argument = ''): Answer {
    const [width, rate, ...more] = argument.split(',');
    const widthMs = wholeNumber(width, 8, 200);
    const ratePerMin = wholeNumber(rate, 30, 250);
    if (widthMs === undefined || ratePerMin === undefined || more.length > 0) return refused('parameter');
    this.patient.playWave(
      qrsTrain('rdet', `QRS of ${widthMs} ms, ${ratePerMin}/min`, { widthMs, ratePerMin }),
    );
    return undefined;
  }

  private setArtifact(argument = ''): Answer {
    if (argument !== 'OFF' && !Object.hasOwn(ARTIFACTS, argument)) return refused('parameter');
    if (this.artifact) this.patient.setArtifact(this.artifact[0], 0);
    this.artifact = argument === 'OFF' ? undefined : ARTIFACTS[argument];
    this.sizeArtifact(this.artifactSize);
    return undefined;
  }

  private sizeArtifact(size: number): void {
    this.artifactSize = size;
    if (this.artifact) this.patient.setArtifact(this.artifact[0], this.artifact[1] * size);
  }
}
