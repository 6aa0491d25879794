/** The ECG of a patient simulator: rhythms, performance waves, amplitude, axis, ST and artifacts. */
import { qrsTrain } from '../../../signals/patient/waves/qrs-train.ts';
import type { TestWave } from '../../../signals/patient/waves/wave.ts';
import type { Answer } from '../dialect.ts';
import { refused } from '../dialect.ts';
import type { Command } from '../gear.ts';
import { decimal, truth, wholeNumber } from '../gear.ts';
import type { PlayedPatient } from '../played-patient.ts';
import type { Played } from './arrhythmias.ts';
import { WAVES } from './arrhythmias.ts';
import { Pacemaker } from './pacemaker.ts';
import { pulse, sine, square, triangle } from './performance.ts';

/** EART: our artifact and its level at EARTSZ=100, mV. */
const ARTIFACTS: Readonly<Record<string, readonly [name: string, levelMv: number]>> = {
  '50': ['mains-50', 0.5],
  '60': ['mains-60', 0.5],
  MSC: ['muscle', 0.2],
  WAND: ['wander', 0.7],
  RESP: ['wander', 0.3],
};

/** EARTLD: the limb electrodes; of the chest ones the box has no lead. */
const ELECTRODES: Readonly<Record<string, readonly string[]>> = {
  ALL: ['RA', 'LA', 'LL'],
  RA: ['RA'],
  LA: ['LA'],
  LL: ['LL'],
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((k) => [`V${k}`, []])),
};

/** NSRAX: turned from the axis of our patient, which is the intermediate one. */
const AXES: Readonly<Record<string, number>> = { INT: 0, HOR: -60, VER: 30 };

const TALL_T_MV = 1;

export class EcgCommands {
  private readonly patient: PlayedPatient;
  private artifact: readonly [name: string, levelMv: number] | undefined;
  private artifactSize = 1;

  constructor(patient: PlayedPatient) {
    this.patient = patient;
  }

  commands(): Record<string, Command> {
    const { patient } = this;
    const waves = Object.entries(WAVES).map(([name, played]): [string, Command] => [
      name,
      (argument) => this.playNamed(played, argument),
    ]);
    const sinus: Command = (a) =>
      this.with(wholeNumber(a, 10, 360), (rate) => patient.playRhythm('sinus-fixed', rate));
    return {
      ...Object.fromEntries(waves),
      ...new Pacemaker().commands((wave) => patient.playWave(wave)),
      ECGRUN: (a) => this.with(truth(a), (on) => (patient.running = on)),
      ECGAMPL: (a) => this.with(decimal(a, 0.05, 5), (gain) => (patient.gain = gain)),
      NSRA: sinus,
      // Our child's heart has the adult's shape.
      NSRP: sinus,
      NSRAX: (a = '') =>
        this.with(Object.hasOwn(AXES, a) ? AXES[a] : undefined, (d) => (patient.axisDegrees = d)),
      STDEV: (a) => this.with(deviation(a), (mv) => (patient.stMv = mv)),
      MONOVTACH: (a) => this.with(wholeNumber(a, 120, 300), (rate) => patient.playRhythm('vt', rate)),
      POLYVTACH: (a) => this.with(wholeNumber(a, 1, 5), () => patient.playRhythm('torsades')),
      EART: (a) => this.setArtifact(a),
      EARTLD: (a = '') =>
        this.with(Object.hasOwn(ELECTRODES, a) ? ELECTRODES[a] : undefined, (e) => (patient.disturbed = e)),
      EARTSZ: (a = '') =>
        this.with(/^(025|050|100)$/.test(a) ? Number(a) : undefined, (size) => this.sizeArtifact(size / 100)),
      PULSE: (a) => this.playWave(wholeNumber(a, 30, 80), pulse),
      SQUARE: (a) => this.playWave(decimal(a, 0.125, 2.5), square),
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
    const chosen = played[argument];
    if ('at' in chosen && 'limits' in chosen) this.patient.playWave(chosen);
    else this.patient.playRhythm(...chosen);
    return undefined;
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

/** 0.00 to 0.05 mV by 0.01, 0.10 to 0.80 by 0.10, of either sign. */
function deviation(argument: string | undefined): number | undefined {
  const mv = decimal(argument, -0.8, 0.8);
  if (mv === undefined) return undefined;
  const hundredths = Math.abs(mv) * 100;
  const isWhole = Math.abs(hundredths - Math.round(hundredths)) < 1e-6;
  const step = Math.round(hundredths);
  return isWhole && (step <= 5 || step % 10 === 0) ? mv : undefined;
}
