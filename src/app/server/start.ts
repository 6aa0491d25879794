/** Puts the monitor together: patient or cable, session, clock, server. */
import { join } from 'node:path';
import { profileByName } from '../../../firmware-sim/profiles/index.ts';
import { openRecord } from '../../../signals/formats/index.ts';
import { RecordPatient } from '../../../signals/patient/record-patient.ts';
import { SimPatient } from '../../../signals/patient/sim-patient.ts';
import type { Language } from '../../control/prompts/index.ts';
import { Rng } from '../../core/rng.ts';
import type { PatientType } from '../../core/session-events.ts';
import { DEFAULT_GUIDELINE, guidelineById } from '../../guidance/editions/index.ts';
import { SCREEN_VERSION } from '../../protocol/screen.ts';
import type { HelloMessage } from '../../protocol/screen.ts';
import { Session } from '../../session/session.ts';
import { FileSink } from '../black-box/file-sink.ts';
import { MemorySink } from '../black-box/memory-sink.ts';
import { Recorder } from '../black-box/recorder.ts';
import { PACKAGE_ROOT, VERSION } from '../version.ts';
import { CableKit } from '../cable/cable-kit.ts';
import { faultsOf } from '../cable/cable-options.ts';
import type { CableFlags } from '../cable/cable-options.ts';
import type { Bench } from './bench.ts';
import { Cable } from './cable.ts';
import { glossary } from './glossary.ts';
import { LiveRun } from './live-run.ts';
import { LocalBox } from './local-box.ts';
import { RealTime } from './real-time.ts';
import { RemoteBench } from './remote-bench.ts';
import { ScreenServer } from './screen-server.ts';
import { loadPage } from './static-files.ts';
import { summaryPage } from './summary-pages.ts';

export const DEFAULT_PORT = 8080;

export interface MonitorOptions extends Partial<CableFlags> {
  seed: number;
  host?: string;
  /** 0 takes any free one. */
  port?: number;
  nextFree?: boolean;
  /** One of the three; a sinus rhythm where none is given. */
  rhythm?: string;
  record?: string;
  device?: string;
  /** Bench channel of that device. */
  control?: string;
  /** Who is treated; an adult where it is left out. */
  patient?: PatientType;
  weightKg?: number;
  /** Speed to ask that device for, in bits a second. */
  setBaud?: number;
  /** Serial number of the real unit that may charge. */
  hvSerial?: string;
  /** Signal of the recording; all where it is left out. */
  lead?: number;
  profile?: string;
  /** Black box: a file that is appended to. */
  blackbox?: string;
  /** Of the prompts; English where it is left out. */
  language?: Language;
  /** Id of a guideline edition. */
  guideline?: string;
  pacingLinkLoss?: 'take-over' | 'stop';
  /** Where the built page is. */
  pageFolder?: string;
}

export interface RunningMonitor {
  readonly url: string;
  /** What is on the screen, for people. */
  readonly about: string;
  close(): Promise<void>;
}

export async function startMonitor(options: MonitorOptions): Promise<RunningMonitor> {
  const page = loadPage(options.pageFolder ?? join(PACKAGE_ROOT, 'dist', 'monitor'));
  const rng = new Rng(options.seed);
  const { language = 'en' } = options;
  const source = sourceOf(options);
  const memory = new MemorySink();
  const recorders = recordersOf(options, source, memory);
  const local = source.kind === 'device' ? undefined : localBox(options, rng);
  const remote = options.control === undefined ? undefined : await RemoteBench.open(options.control);
  const spec = faultsOf(options.faults ?? '', { boxIsOurs: local !== undefined || remote !== undefined });
  let clockUs = (): number => 0;
  const { trace, pcap } = options;
  const kit = new CableKit({
    near: 'host',
    spec,
    rng: rng.fork('cable'),
    now: () => clockUs(),
    ...(trace !== undefined && { trace }),
    ...(pcap !== undefined && { pcap }),
  });
  const run = new LiveRun({
    kit,
    faults: spec.timed ?? [],
    session: new Session({
      vitals: true,
      rng: rng.fork('session'),
      name: 'rwave monitor',
      language,
      guideline: guidelineById(options.guideline ?? DEFAULT_GUIDELINE),
      pacingOnLinkLoss: options.pacingLinkLoss === 'stop' ? 'stop' : 'takeOver',
      ...(options.hvSerial !== undefined && { hvSerial: options.hvSerial }),
      ...(options.setBaud !== undefined && { baud: options.setBaud }),
      ...(options.patient !== undefined && { patient: options.patient }),
      ...(options.weightKg !== undefined && { weightKg: options.weightKg }),
    }),
    recorders,
    hello: helloOf(options.seed, language, source, local ?? remote),
    ...(local === undefined ? {} : { local }),
    ...(remote === undefined ? {} : { bench: remote }),
  });
  clockUs = () => run.nowUs;
  const clock = new RealTime((now) => run.advanceTo(now));
  const cable = options.device === undefined ? undefined : new Cable(options.device, run, clock, kit);
  try {
    await cable?.open();
    const { host = '127.0.0.1', port = DEFAULT_PORT, nextFree = false } = options;
    const made = (path: string) => summaryPage(path, memory);
    const server = await ScreenServer.start({ host, port, nextFree, page, run, made });
    return {
      url: server.url,
      about: `${source.kind} ${source.name}`,
      async close() {
        clock.stop();
        cable?.close();
        remote?.close();
        kit.close();
        await server.close();
        for (const recorder of recorders) recorder.close();
      },
    };
  } catch (error) {
    clock.stop();
    cable?.close();
    remote?.close();
    throw error;
  }
}

function sourceOf({ rhythm = 'sinus', record, device }: MonitorOptions): HelloMessage['source'] {
  if (device !== undefined) return { kind: 'device', name: device };
  return record === undefined ? { kind: 'rhythm', name: rhythm } : { kind: 'record', name: record };
}

/** One in memory, for the page's code summary; one in a file, where it is wanted. */
function recordersOf(
  options: MonitorOptions,
  source: HelloMessage['source'],
  memory: MemorySink,
): Recorder[] {
  const header = {
    type: 'run' as const,
    blackBox: 1 as const,
    version: VERSION,
    seed: String(options.seed),
    source: `${source.kind} ${source.name}`,
    startedAt: new Date().toISOString(),
  };
  const sinks = options.blackbox === undefined ? [memory] : [memory, new FileSink(options.blackbox)];
  return sinks.map((sink) => new Recorder(sink, header));
}

function localBox(options: MonitorOptions, rng: Rng): LocalBox {
  const { rhythm = 'sinus', record, lead, profile = 'als' } = options;
  const patient =
    record === undefined
      ? new SimPatient({ rhythm, rng: rng.fork('patient') })
      : new RecordPatient(openRecord(record), lead === undefined ? {} : { lead });
  return new LocalBox({ patient, profile: profileByName(profile), rng: rng.fork('box') });
}

function helloOf(
  seed: number,
  language: Language,
  source: HelloMessage['source'],
  bench: Bench | undefined,
): HelloMessage {
  return {
    type: 'hello',
    screen: SCREEN_VERSION,
    version: VERSION,
    seed: String(seed),
    language,
    source,
    rhythms: bench?.rhythms ?? [],
    glossary: glossary(),
  };
}
