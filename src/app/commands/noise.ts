/** `rwave noise`: writes a record with calibrated noise in it, as `nst` made the MIT-BIH Noise Stress Test Database. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { NoiseMixer, noiseGain, STANDARD_PLAN } from '../../../signals/artifacts/noise-stress.ts';
import {
  openRecord,
  recordPaths,
  WfdbWriter,
  writeAnnotations,
  type SampleReader,
} from '../../../signals/formats/index.ts';
import type { Annotation } from '../../core/annotations.ts';
import { UsageError } from '../../core/errors.ts';
import { general } from '../../core/printf.ts';
import type { RwaveCommand } from '../command.ts';
import { noiseAmplitudes, qrsAmplitudes } from '../records/amplitudes.ts';
import { annotationPath, loadAnnotations } from '../records/annotators.ts';
import { NoiseStream } from '../records/noise-stream.ts';

interface NoiseOptions {
  add: string;
  snr: number[];
  out: string;
  annotator: string;
  format: '16' | '212';
  force?: boolean;
}

const FRAMES = 4096;

export const noiseCommand: RwaveCommand = {
  register(program: Command): void {
    program
      .command('noise')
      .description(
        'add recorded noise to a recording, calibrated as in the MIT-BIH Noise Stress Test Database',
      )
      .argument('<records...>', 'record without its ending, or a folder with a RECORDS file')
      .requiredOption('--add <noise>', 'noise record: a path, or a name in $RWAVE_DATA/nstdb (em, ma, bw)')
      .requiredOption(
        '--snr <dB...>',
        'signal-to-noise ratio of the noisy halves; several make several records',
        decibels,
      )
      .requiredOption('-o, --out <folder>', 'where to write')
      .option('-a, --annotator <name>', 'reference annotations: measure by them and copy them', 'atr')
      .option('-F, --format <n>', 'signal format, 16 or 212 (clips at 12 bits)', format, '16')
      .option('--force', 'overwrite records')
      .addHelpText(
        'after',
        `
The first 5 minutes stay clean, then 2 minutes are noisy and 2 clean, in turn. Names are those of NSTDB: 118e06, 118e_6.

Examples:
  rwave noise data/mitdb/118 --add em --snr 6 -o stress          stress/118e06
  rwave noise data/mitdb/118 data/mitdb/119 --add data/nstdb/ma --snr 24 18 12 6 0 -6 -o stress`,
      )
      .action(noise);
  },
};

function noise(records: readonly string[], options: NoiseOptions): void {
  const noisePath = noiseRecord(options.add);
  const jobs = records
    .flatMap(recordPaths)
    .flatMap((path) =>
      options.snr.map((snr) => ({ path, snr, target: join(options.out, stressName(path, noisePath, snr)) })),
    );
  const taken = jobs.find(({ target }) => existsSync(`${target}.hea`));
  if (taken !== undefined && options.force !== true) {
    throw new UsageError(`${taken.target}.hea: expected no such record, found one; --force overwrites it`);
  }
  for (const job of jobs) writeStressed(job.path, noisePath, job.snr, job.target, options);
}

function noiseRecord(text: string): string {
  const data = process.env['RWAVE_DATA'];
  const places = [text, ...(data === undefined ? [] : [join(data, 'nstdb', text)])];
  const found = places.find((place) => existsSync(`${place}.hea`));
  if (found !== undefined) return found;
  throw new UsageError(`--add: expected a noise record, found none at ${places.join(' or ')}`);
}

/** As in NSTDB: the record, the first letter of the noise, two digits of SNR. */
function stressName(path: string, noisePath: string, snr: number): string {
  const size = Math.abs(snr);
  const digits = snr < 0 ? `_${general(size)}` : general(size).padStart(2, '0');
  return `${basename(path)}${basename(noisePath)[0]}${digits}`;
}

function writeStressed(
  path: string,
  noisePath: string,
  snr: number,
  target: string,
  options: NoiseOptions,
): void {
  const ecg = openRecord(path);
  const noise = openRecord(noisePath);
  try {
    const beats = loadAnnotations(annotationPath(path, options.annotator), ecg.header.fs);
    const gains = gainsFor(ecg, noise, beats, snr);
    const clipped = mix(ecg, noise, gains, target, snr, options);
    writeAnnotations(`${target}.${options.annotator}`, beats);
    tell(target, path, noisePath, gains, clipped);
  } finally {
    ecg.close();
    noise.close();
  }
}

function gainsFor(
  ecg: SampleReader,
  noise: SampleReader,
  beats: readonly Annotation[],
  snr: number,
): number[] {
  const noiseRms = noiseAmplitudes(noise);
  return qrsAmplitudes(ecg, beats).map((size, k) => noiseGain(snr, size, noiseRms[k % noiseRms.length]));
}

/** Writes the record; returns how many samples did not fit the format. */
function mix(
  ecg: SampleReader,
  noise: SampleReader,
  gains: readonly number[],
  target: string,
  snr: number,
  options: NoiseOptions,
): number {
  const { header } = ecg;
  const leads = header.signals.map((_, k) => k);
  const stream = new NoiseStream(noise, header.fs);
  const mixer = new NoiseMixer({ fs: header.fs, ...STANDARD_PLAN, gains }, header.signals.map((s) => s.adcZero)); // prettier-ignore
  const writer = new WfdbWriter(target, {
    fs: header.fs,
    format: options.format === '16' ? 16 : 212,
    signals: header.signals,
    comments: [...header.comments, ` ${noise.header.name} added by rwave noise, SNR ${general(snr)} dB`],
    baseTime: header.baseTime,
    baseDate: header.baseDate,
  });
  const clean = leads.map(() => new Int32Array(FRAMES));
  const added = leads.map(() => new Int32Array(FRAMES));
  for (let n = ecg.readAdu(leads, clean, FRAMES); n > 0; n = ecg.readAdu(leads, clean, FRAMES)) {
    stream.take(added, n);
    mixer.process(clean, added, n);
    writer.writeAdu(clean, n);
  }
  writer.close();
  return writer.clipped;
}

function tell(
  target: string,
  path: string,
  noisePath: string,
  gains: readonly number[],
  clipped: number,
): void {
  const sums = gains.map(
    (gain, k) => `signal ${k}: ${basename(path)} + ${general(gain)} * ${basename(noisePath)}`,
  );
  process.stdout.write(`${target}: ${sums.join('; ')}\n`);
  if (clipped > 0)
    process.stderr.write(`rwave: (warning) ${target}: ${clipped} samples did not fit the format\n`);
}

function decibels(text: string, before: number[] | undefined): number[] {
  const value = Number(text);
  if (text.trim() === '' || !(Math.abs(value) <= 99)) {
    throw new InvalidArgumentError(`expected a number of decibels -99..99, found "${text}"`);
  }
  return [...(before ?? []), value];
}

function format(text: string): string {
  if (text !== '16' && text !== '212') throw new InvalidArgumentError(`expected 16 or 212, found "${text}"`);
  return text;
}
