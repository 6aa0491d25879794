/**
 * A test bench in one program: the box, a patient simulator on its leads and a defibrillator analyzer on its pads, each on
 * a port of its own, in real time.
 */
import { Box } from '../../../firmware-sim/box.ts';
import { BenchPatient } from '../../../firmware-sim/gear/bench-patient.ts';
import type { DialectName } from '../../../firmware-sim/gear/dialect.ts';
import { DIALECT_TITLES } from '../../../firmware-sim/gear/dialect.ts';
import type { Gear } from '../../../firmware-sim/gear/gear.ts';
import { Impulse } from '../../../firmware-sim/gear/impulse.ts';
import { ProSim } from '../../../firmware-sim/gear/prosim.ts';
import { FaultPlan } from '../../../firmware-sim/fault-plan.ts';
import { profileByName } from '../../../firmware-sim/profiles/index.ts';
import { Rng } from '../../core/rng.ts';
import type { Link } from '../../link/link.ts';
import { CableKit } from '../cable/cable-kit.ts';
import { faultsOf } from '../cable/cable-options.ts';
import type { CableFlags } from '../cable/cable-options.ts';
import type { CablePort } from './cable-port.ts';
import { ptyPort, tcpPort } from './cable-port.ts';
import { DeviceHost } from './device-host.ts';

export interface GearBenchOptions extends Partial<CableFlags> {
  /** Pseudo-terminals, or TCP from this port on (0 takes any three). */
  transport: { kind: 'pty'; link?: string } | { kind: 'tcp'; port: number };
  profile: string;
  seed: number;
  /** Gets the port that was asked for, and the name itself of --link: `rwave device --as impulse`. */
  first?: Station;
  /** Words of the patient simulator. */
  dialect?: DialectName;
}

/** What stands on the bench; each has a port of its own. */
export const STATIONS = ['box', 'prosim', 'impulse'] as const;
export type Station = (typeof STATIONS)[number];

export interface RunningGear {
  /** The first line of output. */
  readonly about: Readonly<Record<string, unknown>>;
  close(): void;
}

const LATIN = new TextEncoder();

/** An instrument at the end of a cable; `flush` sends what it says by itself. */
class GearPort {
  private readonly gear: Gear;
  private link: Link | undefined;

  constructor(gear: Gear) {
    this.gear = gear;
  }

  plugIn(link: Link): void {
    this.link = link;
    this.gear.take();
    link.onBytes = (bytes) => {
      this.gear.receive(bytes);
      this.flush();
    };
  }

  flush(): void {
    const text = this.gear.take();
    if (text !== '') this.link?.write(LATIN.encode(text));
  }
}

export async function runGear(options: GearBenchOptions): Promise<RunningGear> {
  const { transport, profile, seed, faults = '', trace, pcap, first, dialect = 'prosim8' } = options;
  const rng = new Rng(seed);
  const spec = faultsOf(faults, { boxIsOurs: true });
  const prosim = new ProSim({ rng: rng.fork('prosim'), dialect });
  const impulse = new Impulse({ rng: rng.fork('impulse') });
  const patient = new BenchPatient(prosim.patient, impulse.patient);
  const device = profileByName(profile);
  const simulated = new Box({ profile: device, patient, rng: rng.fork('box') });
  const host = new DeviceHost(simulated);
  const plan = new FaultPlan(spec.timed ?? [], (fault, on) => {
    simulated.bench.setFault(fault, on);
    host.poke();
  });
  const kit = new CableKit({
    near: 'device',
    spec,
    rng: rng.fork('cable'),
    now: () => host.now,
    ...(trace !== undefined && { trace }),
    ...(pcap !== undefined && { pcap }),
  });
  const instruments = { prosim: new GearPort(prosim.gear), impulse: new GearPort(impulse.gear) };
  host.onStep = (us) => {
    plan.poll(us);
    instruments.impulse.flush();
  };

  const ports: CablePort[] = [];
  const places = first === undefined ? STATIONS : [first, ...STATIONS.filter((name) => name !== first)];
  const open = async (name: Station, onPlug: (link: Link) => void): Promise<CablePort> => {
    const port =
      transport.kind === 'pty'
        ? ptyPort(onPlug, transport.link && (name === first ? transport.link : `${transport.link}.${name}`))
        : await tcpPort(onPlug, transport.port && transport.port + places.indexOf(name));
    ports.push(port);
    await port.plug();
    return port;
  };
  const close = (): void => {
    host.stop();
    for (const port of ports) port.close();
    kit.close();
  };
  try {
    const box = await open('box', (cable) => {
      const { link, timed } = kit.wrap(cable);
      link.onClose = () => host.detach(link);
      host.attach(link, timed);
    });
    const leads = await open('prosim', (link) => instruments.prosim.plugIn(link));
    const pads = await open('impulse', (link) => instruments.impulse.plugIn(link));
    const about = {
      box: { ...box.describe(), model: device.model, protocol: 'DSP/1' },
      prosim: { ...leads.describe(), dialect: DIALECT_TITLES[dialect] },
      impulse: { ...pads.describe(), dialect: 'Impulse 7000DP' },
      simulated: true,
    };
    return { about: first === undefined ? about : { ...about[first], ...about }, close };
  } catch (error) {
    close();
    throw error;
  }
}
