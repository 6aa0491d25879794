/** Puts a simulated box together with its patient, its cable and its bench channel, and runs it in real time. */
import { FaultPlan } from '../../../firmware-sim/fault-plan.ts';
import { profileByName } from '../../../firmware-sim/profiles/index.ts';
import { UsageError } from '../../core/errors.ts';
import { Rng } from '../../core/rng.ts';
import { pluggedAgainUs, spoilsCable } from '../../link/fault-spec.ts';
import type { FaultSpec } from '../../link/fault-spec.ts';
import { faulty } from '../../link/faulty.ts';
import type { Link } from '../../link/link.ts';
import { faultsOf } from '../cable/cable-options.ts';
import { BenchDesk } from './bench-desk.ts';
import { bedsideOf, playing } from './bedside.ts';
import type { Bedside, BoxOptions } from './bedside.ts';
import { serveBench } from './bench-server.ts';
import type { BenchServer } from './bench-server.ts';
import { tracerOf } from '../trace/tracer.ts';
import type { Tracer } from '../trace/tracer.ts';
import { ptyPort, serialPort, tcpPort } from './cable-port.ts';
import type { CablePort } from './cable-port.ts';
import { DeviceHost } from './device-host.ts';

export type Transport =
  | { kind: 'pty'; link?: string }
  | { kind: 'tcp'; port: number }
  | { kind: 'serial'; path: string; baud: number };

export interface DeviceOptions {
  transport: Transport;
  seed: number;
  profile: string;
  rhythm: string;
  record?: string;
  lead?: number;
  /** Samples a second of a simulated patient. */
  fs?: number;
  /** The line takes everything at once, also after SET_BAUD. */
  raw?: true;
  /** Port of the bench channel; 0 takes any. */
  controlPort: number;
  faults: string;
  trace?: string;
  pcap?: string;
}

export interface RunningDevice {
  /** The first line of output. */
  readonly about: object;
  close(): void;
}

/** After a pulled plug, how often a serial port is tried again. */
const REPLUG_MS = 1000;

/** What it takes to make the same box again. */
function boxOptionsOf({ seed, profile, rhythm, record, lead, fs, raw }: DeviceOptions): BoxOptions {
  return {
    seed,
    profile,
    rhythm,
    ...(record !== undefined && { record }),
    ...(lead !== undefined && { lead }),
    ...(fs !== undefined && { fs }),
    ...(raw && { raw }),
  };
}

class Device {
  readonly host: DeviceHost;
  readonly desk: BenchDesk;
  bench: BenchServer | undefined;
  port: CablePort | undefined;
  readonly tracer: Tracer | undefined;
  private bedside: Bedside;
  private readonly options: DeviceOptions;
  private readonly rng: Rng;
  private faults: FaultSpec;
  /** What the times of the cable's faults count from. */
  private faultsSinceUs = 0;
  private readonly plan: FaultPlan;
  private cables = 0;
  private boxes = 0;
  private shocksTold = 0;
  private stateTold = '';
  private replug: NodeJS.Timeout | undefined;

  constructor(options: DeviceOptions) {
    this.options = options;
    this.faults = faultsOf(options.faults, { boxIsOurs: true });
    this.plan = new FaultPlan(this.faults.timed ?? [], (fault, on) => this.breakBox(fault, on));
    this.rng = new Rng(options.seed);
    this.bedside = this.nextBedside(options.record, 0);
    this.host = new DeviceHost(this.bedside.box);
    this.host.onStep = (us) => {
      this.plan.poll(us);
      this.tellNews();
    };
    this.tracer = tracerOf(options, boxOptionsOf(options));
    this.host.onTraffic = (us, from, bytes) => this.tracer?.bytes(us * 1000, from, bytes);
    this.desk = new BenchDesk({
      model: profileByName(options.profile).model,
      seed: this.rng.seed,
      bedside: () => this.bedside,
      loadRecord: (path, fromS) => {
        this.bedside = this.nextBedside(path, fromS);
        this.host.replace(this.bedside.box);
      },
      playWave: (wave) => {
        this.bedside = bedsideOf(playing(boxOptionsOf(options), wave), this.rng, ++this.boxes);
        this.host.replace(this.bedside.box);
      },
      setCableFaults: (spec) => {
        this.faults = faultsOf(spec, { boxIsOurs: false });
        this.faultsSinceUs = this.host.now;
      },
      unplug: (ms) => this.unplug(ms),
      nowUs: () => this.host.now,
    });
  }

  /** A new cable, as bad as it was asked for. */
  plugIn(link: Link): void {
    const { faults } = this;
    const bad = spoilsCable(faults)
      ? faulty(link, this.rng.fork(`cable.${++this.cables}`), faults, this.faultsSinceUs)
      : undefined;
    const cable = bad ?? link;
    cable.onClose = (why) => {
      this.host.detach(cable);
      this.keepOut();
      this.bench?.tell('unplugged', { why });
    };
    this.host.attach(cable, bad);
    this.bench?.tell('plugged', { ...this.port?.describe() });
  }

  close(): void {
    clearTimeout(this.replug);
    this.host.stop();
    this.port?.close();
    this.bench?.close();
    this.tracer?.close();
  }

  /** The faults have pulled the plug: it stays out as long as they say. */
  private keepOut(): void {
    const us = this.host.now - this.faultsSinceUs;
    const outUs = pluggedAgainUs(this.faults, us) - us;
    if (outUs > 0) this.port?.unplug();
    if (outUs > 0 && outUs < Infinity) this.plugAgain(outUs / 1000);
  }

  /** Written down as the bench would have done it, so that the trace runs again. */
  private breakBox(fault: string, on: boolean): void {
    const request = { do: 'setFault', fault, on } as const;
    this.desk.do(request);
    this.tracer?.bench(this.host.now * 1000, request);
    this.host.poke();
  }

  private nextBedside(record: string | undefined, fromS: number): Bedside {
    const box = boxOptionsOf(this.options);
    return bedsideOf({ ...box, ...(record !== undefined && { record }) }, this.rng, ++this.boxes, fromS);
  }

  private unplug(ms: number | undefined): void {
    if (this.port === undefined) throw new UsageError('nothing is plugged in');
    this.port.unplug();
    if (ms !== undefined) this.plugAgain(ms);
  }

  private plugAgain(ms: number): void {
    clearTimeout(this.replug);
    this.replug = setTimeout(() => {
      this.port?.plug().catch(() => this.plugAgain(REPLUG_MS));
    }, ms);
  }

  private tellNews(): void {
    const { bench } = this.bedside.box;
    if (bench.state !== this.stateTold) {
      this.stateTold = bench.state;
      this.bench?.tell('state', { tUs: this.host.now, state: bench.state, capJ: bench.capacitorJ });
    }
    if (bench.shocks !== this.shocksTold) {
      this.shocksTold = bench.shocks;
      this.bench?.tell('shock', { tUs: this.host.now, shocks: bench.shocks, shot: bench.lastShot ?? null });
    }
  }
}

async function openPort(transport: Transport, onPlug: (link: Link) => void): Promise<CablePort> {
  switch (transport.kind) {
    case 'pty':
      return ptyPort(onPlug, transport.link);
    case 'tcp':
      return tcpPort(onPlug, transport.port);
    case 'serial':
      return serialPort(onPlug, transport.path, transport.baud);
  }
}

export async function runDevice(options: DeviceOptions): Promise<RunningDevice> {
  const device = new Device(options);
  try {
    device.bench = await serveBench(options.controlPort, (request) => {
      const answer = device.desk.do(request);
      if (!request.do.startsWith('get')) device.tracer?.bench(device.host.now * 1000, request);
      device.host.poke();
      return answer;
    });
    device.port = await openPort(options.transport, (link) => device.plugIn(link));
    await device.port.plug();
  } catch (error) {
    device.close();
    throw error;
  }
  const { model } = profileByName(options.profile);
  const about = {
    ...device.port.describe(),
    control: device.bench.address,
    model,
    protocol: 'DSP/1',
    simulated: true,
    seed: options.seed,
    pid: process.pid,
  };
  return { about, close: () => device.close() };
}
