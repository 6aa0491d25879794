/**
 * What the wave commands play: a rhythm of our patient where he has it, else a train of beats. The names are the maker's;
 * what those of ACLSWAVE stand for is inferred from the usual teaching of the algorithms [K].
 */
import type { TestWave } from '../../../signals/patient/waves/wave.ts';
import { missed, perMinute, premature, run } from './beat-train.ts';

/** A rhythm of the registry and its rate, or a wave. */
export type Played = readonly [rhythm: string, ratePerMin?: number] | TestWave;

/** How premature: as usual, early, on the T of the beat before. */
const SHARE = { usual: 0.4, early: 0.5, rOnT: 0.6 } as const;

const BOTH = ['left', 'right'] as const;

/** Command, argument. */
export const WAVES: Readonly<Record<string, Readonly<Record<string, Played>>>> = {
  SPVWAVE: {
    AFL: ['flutter', 150],
    SNA: ['sinus-arrhythmia', 80],
    MB80: missed('mb80', 'Missed beat at 80/min', 80),
    MB120: missed('mb120', 'Missed beat at 120/min', 120),
    ATC: ['svt', 150],
    PAT: ['svt', 160],
    NOD: ['junctional', 80],
    SVT: ['svt', 200],
  },
  PREWAVE: {
    PAC: premature('pac', 'Premature atrial contractions', ['atrial'], SHARE.usual),
    PNC: premature('pnc', 'Premature nodal contractions', ['nodal'], SHARE.usual),
    PVC1: premature('pvc1', 'PVC, left focus', ['left'], SHARE.usual),
    PVC1E: premature('pvc1e', 'PVC, left focus, early', ['left'], SHARE.early),
    PVC1R: premature('pvc1r', 'PVC, left focus, R on T', ['left'], SHARE.rOnT),
    PVC2: premature('pvc2', 'PVC, right focus', ['right'], SHARE.usual),
    PVC2E: premature('pvc2e', 'PVC, right focus, early', ['right'], SHARE.early),
    PVC2R: premature('pvc2r', 'PVC, right focus, R on T', ['right'], SHARE.rOnT),
    MF: premature('mf', 'PVC, both foci', BOTH, SHARE.usual),
  },
  VNTWAVE: {
    PVC6M: perMinute('pvc6m', 'PVC, 6/min', 6, ['left']),
    PVC12M: perMinute('pvc12m', 'PVC, 12/min', 12, ['left']),
    PVC24M: perMinute('pvc24m', 'PVC, 24/min', 24, ['left']),
    FMF: perMinute('fmf', 'Frequent multifocal PVC', 24, BOTH),
    TRIG: ['trigeminy', 80],
    BIG: ['bigeminy', 80],
    PAIR: ['couplets', 80],
    RUN5: run('run5', 'Runs of 5 PVC', 5),
    RUN11: run('run11', 'Runs of 11 PVC', 11),
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
  ACLSWAVE: {
    // symptomatic bradycardia; polymorphic and monomorphic, unstable; narrow or wide, irregular or regular
    SBC: ['bradycardia', 40],
    PTU: ['torsades'],
    MTU: ['vt', 200],
    NSI: ['af', 140],
    NSV: ['svt', 180],
    WSI: ['torsades'],
    WSV: ['vt', 150],
    TDP: ['torsades'],
  },
  AFIB: { COARSE: ['af', 110], FINE: ['af', 80] },
  VFIB: { COARSE: ['vf'], FINE: ['fine-vf'] },
};
