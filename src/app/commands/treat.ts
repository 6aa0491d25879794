/**
 * `rwave treat`: a recording is the patient of a simulated defibrillator, faster than real time.
 */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { openRecord } from '../../../signals/formats/index.ts';
import { HOST_PROFILES } from '../../control/host-profile.ts';
import { LANGUAGE_TAGS } from '../../control/prompts/index.ts';
import type { Language } from '../../control/prompts/index.ts';
import { EXIT, RwaveError, UsageError } from '../../core/errors.ts';
import type { SessionEvent } from '../../core/session-events.ts';
import { FileSink } from '../black-box/file-sink.ts';
import { Recorder } from '../black-box/recorder.ts';
import { withCableOptions } from '../cable/cable-options.ts';
import type { CableFlags } from '../cable/cable-options.ts';
import type { RwaveCommand } from '../command.ts';
import { patientOf, withPatientOptions } from '../patient-options.ts';
import type { PatientFlags } from '../patient-options.ts';
import { jsonLine, TextLog } from '../treat-log.ts';
import { treatRecord } from '../treat-run.ts';
import { guidelineById } from '../../guidance/editions/index.ts';
import { anyWholeNumber, guidelineOption } from '../options.ts';
import { VERSION } from '../version.ts';

interface TreatCommandOptions extends CableFlags, PatientFlags {
  mode: 'aed' | 'sync';
  json?: true;
  operatorDelay: number;
  energy?: number;
  cpr?: number;
  maxShocks?: number;
  to?: number;
  seed: string;
  lead: number;
  checksum: boolean;
  language: Language;
  guideline: string;
  blackbox?: string;
}

const LADDER = HOST_PROFILES[0].energiesJ;

export const treatCommand: RwaveCommand = {
  register(program: Command): void {
    withPatientOptions(withCableOptions(program.command('treat'), { boxIsOurs: true }))
      .description('treat a recording: analysis, charge and shock run their whole path on a simulated clock')
      .argument('<record>', 'record without its ending')
      .addOption(
        new Option('--mode <mode>', 'aed: shock what the analysis advises; sync: cardiovert on R waves')
          .choices(['aed', 'sync'])
          .default('aed'),
      )
      .option('--json', 'one JSON object a line: {t, sample, type, ...}')
      .option('--operator-delay <seconds>', 'from SHOCK live to SHOCK pressed', seconds, 1)
      .option('--energy <joules>', 'energy of every shock (default: the plan of model and guideline)', energy)
      .option('--cpr <seconds>', 'AED: compressions after a shock (default: as the guideline says)', seconds)
      .option('--max-shocks <n>', 'the operator stops after so many (default: aed no limit, sync 1)', count)
      .option('--to <seconds>', 'stop there (default: the end of the recording)', anyWholeNumber)
      .option('--lead <n>', 'signal that the pads see, from 0', anyWholeNumber, 0)
      .option('--seed <text>', 'same seed, same bytes out', '1')
      .option('--blackbox <file>', 'append everything that happens to a black box (see: rwave summary)')
      .addOption(guidelineOption())
      .addOption(new Option('--language <tag>', 'of the prompts').choices([...LANGUAGE_TAGS]).default('en'))
      .option('--no-checksum', "ignore a signal that does not match its header's checksum")
      .addHelpText(
        'after',
        `
Examples:
  rwave treat data/cudb/cu01                       what happens, for people
  rwave treat data/cudb/cu01 --mode aed --json     every beat, advice, state and shock, one JSON object a line
  rwave treat data/vfdb/426 --guideline erc-2021   150 J first, and what the prompts say
  rwave treat data/mitdb/201 --mode sync --energy 120 --json | grep '"shock"'
  rwave treat data/vfdb/426 --patient child --weight 18
  rwave treat data/cudb/cu01 --faults drop=1/50,unplug@60s:5s --trace run.jsonl`,
      )
      .action(treat);
  },
};

function treat(path: string, options: TreatCommandOptions): void {
  const reader = openRecord(path);
  try {
    const leads = reader.header.signals.length;
    if (options.lead >= leads) {
      throw new UsageError(`${path}: --lead: expected 0 to ${leads - 1}, found ${options.lead}`);
    }
    const { mode, lead, seed, maxShocks = mode === 'sync' ? 1 : Infinity } = options;
    const text = new TextLog();
    const show = (event: SessionEvent): void => {
      const line = options.json === true ? jsonLine(event) : text.line(event);
      if (line !== undefined) process.stdout.write(`${line}\n`);
    };
    if (options.json !== true) process.stdout.write(`seed ${seed}\n`);
    const recorder = recorderFor(path, options);
    treatRecord(reader, {
      mode,
      seed,
      lead,
      language: options.language,
      guideline: guidelineById(options.guideline),
      operatorDelayS: options.operatorDelay,
      energyJ: options.energy,
      cprS: options.cpr,
      maxShocks,
      cable: options,
      ...patientOf(options, options.energy),
      toS: options.to ?? Infinity,
      onEvent: (event) => {
        recorder?.onEvent(event);
        show(event);
      },
      onWave: (wave) => recorder?.onWave(wave),
    });
    recorder?.close();
    // A checksum is known only when everything was read.
    const problems = options.checksum && options.to === undefined ? reader.problems() : [];
    if (problems.length > 0) throw new RwaveError(problems.join('\nrwave: '), EXIT.usage);
  } finally {
    reader.close();
  }
}

function recorderFor(path: string, { blackbox, seed }: TreatCommandOptions): Recorder | undefined {
  if (blackbox === undefined) return undefined;
  const source = `record ${path}`;
  return new Recorder(new FileSink(blackbox), { type: 'run', blackBox: 1, version: VERSION, seed, source });
}

function count(text: string): number {
  const n = anyWholeNumber(text);
  if (n === 0) throw new InvalidArgumentError('expected 1 or more, found 0');
  return n;
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 3600)) {
    throw new InvalidArgumentError(`expected 0 to 3600 seconds, found "${text}"`);
  }
  return value;
}

function energy(text: string): number {
  const joules = Number(text);
  if (!LADDER.includes(joules)) {
    throw new InvalidArgumentError(`expected one of ${LADDER.join(', ')} J, found "${text}"`);
  }
  return joules;
}
