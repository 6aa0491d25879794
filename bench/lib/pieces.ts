/** What is measured: the yardstick, the monitor's filters, the detector, and both as the live chain. */
import { emptyBeat, emptyRWave } from '../../src/core/beat.ts';
import { QrsDetector } from '../../src/detect/index.ts';
import { butter, notchSection, Sos } from '../../src/dsp/index.ts';
import { calibrationKernel, kernelState } from './calibration.ts';
import type { Piece } from './measure.ts';

const BLOCK = 256;

export function monitorFilter(fs: number): Sos {
  return new Sos(
    [...butter(4, 'highpass', fs, 0.5), ...butter(4, 'lowpass', fs, 40), notchSection({ fs, mains: 50 })],
    fs,
  );
}

export interface Counted extends Piece {
  /** Beats found in all rounds. */
  beats: number;
}

/** `x` must hold whole blocks of 256. */
export function pieces(x: Float64Array, fs: number): { kernel: Piece; filter: Piece; detector: Counted } {
  const y = new Float64Array(x.length);
  const z = kernelState();
  const filter = monitorFilter(fs);
  const detector = new QrsDetector({ fs });
  const blocks = Array.from({ length: Math.floor(x.length / BLOCK) }, (_, i) =>
    x.subarray(i * BLOCK, (i + 1) * BLOCK),
  );
  const beat = emptyBeat();
  const sync = emptyRWave();
  const detect: Counted = {
    name: 'detector',
    samples: blocks.length * BLOCK,
    beats: 0,
    run: () => {
      // by index: an iterator allocates
      for (let i = 0; i < blocks.length; i++) {
        detector.process(blocks[i], BLOCK);
        while (detector.beats.take(beat)) detect.beats++;
        while (detector.syncs.take(sync));
      }
    },
  };
  return {
    kernel: { name: 'kernel', samples: x.length, run: () => calibrationKernel(x, y, z) },
    filter: { name: 'filter', samples: x.length, run: () => filter.process(x, y, x.length) },
    detector: detect,
  };
}
