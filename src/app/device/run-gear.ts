/**
 * A test bench in one program: the box, a patient simulator on its leads and a defibrillator analyzer on its pads, each on
 * a port of its own, in real time.
 */
import { Box } from '../../../firmware-sim/box.ts';
import { BenchPatient } from '../../../firmware-sim/gear/bench-patient.ts';
import type { Gear } from '../../../firmware-sim/gear/gear.ts';
import { Impulse } from '../../../firmware-sim/gear/impulse.ts';
import { ProSim } from '../../../firmware-sim/gear/prosim.ts';
import { profileByName } from '../../../firmware-sim/profiles/index.ts';
import { Rng } from '../../core/rng.ts';
import type { Link } from '../../link/link.ts';
import type { CablePort } from './cable-port.ts';
import { ptyPort, tcpPort } from './cable-port.ts';
import { DeviceHost } from './device-host.ts';

export interface GearBenchOptions {
  /** Pseudo-terminals, or TCP from this port on (0 takes any three). */
  transport: { kind: 'pty' } | { kind: 'tcp'; port: number };
  profile: string;
  seed: number;
}

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

export async function runGear({ transport, profile, seed }: GearBenchOptions): Promise<RunningGear> {
  const rng = new Rng(seed);
  const prosim = new ProSim({ rng: rng.fork('prosim') });
  const impulse = new Impulse({ rng: rng.fork('impulse') });
  const patient = new BenchPatient(prosim.patient, impulse.patient);
  const device = profileByName(profile);
  const host = new DeviceHost(new Box({ profile: device, patient, rng: rng.fork('box') }));
  const instruments = { prosim: new GearPort(prosim.gear), impulse: new GearPort(impulse.gear) };
  host.onStep = () => instruments.impulse.flush();

  const ports: CablePort[] = [];
  const open = async (place: number, onPlug: (link: Link) => void): Promise<CablePort> => {
    const port =
      transport.kind === 'pty'
        ? ptyPort(onPlug)
        : await tcpPort(onPlug, transport.port && transport.port + place);
    ports.push(port);
    await port.plug();
    return port;
  };
  const close = (): void => {
    host.stop();
    for (const port of ports) port.close();
  };
  try {
    const box = await open(0, (link) => {
      link.onClose = () => host.detach(link);
      host.attach(link);
    });
    const leads = await open(1, (link) => instruments.prosim.plugIn(link));
    const pads = await open(2, (link) => instruments.impulse.plugIn(link));
    const about = {
      box: { ...box.describe(), model: device.model, protocol: 'DSP/1' },
      prosim: { ...leads.describe(), dialect: 'ProSim 8' },
      impulse: { ...pads.describe(), dialect: 'Impulse 7000DP' },
      simulated: true,
    };
    return { about, close };
  } catch (error) {
    close();
    throw error;
  }
}
