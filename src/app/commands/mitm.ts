/** `rwave mitm`: sits between a host and a device, writes down what passes, and spoils it where it is asked to. */
import type { Command } from 'commander';
import { Rng } from '../../core/rng.ts';
import { UsageError } from '../../core/errors.ts';
import { pluggedAgainUs } from '../../link/fault-spec.ts';
import type { FaultSpec } from '../../link/fault-spec.ts';
import { faulty } from '../../link/faulty.ts';
import type { TimedLink } from '../../link/faulty.ts';
import type { Link } from '../../link/link.ts';
import { ADDRESS_HELP, openLink } from '../../link/open.ts';
import { faultsOf, withCableOptions } from '../cable/cable-options.ts';
import type { CableFlags } from '../cable/cable-options.ts';
import type { RwaveCommand } from '../command.ts';
import { ptyPort, tcpPort } from '../device/cable-port.ts';
import type { CablePort } from '../device/cable-port.ts';
import { tracerOf } from '../trace/tracer.ts';
import type { Tracer } from '../trace/tracer.ts';
import { anyWholeNumber } from '../options.ts';

interface MitmFlags extends CableFlags {
  seed: number;
}

/** How exactly a bad cable keeps its times. */
const POLL_MS = 2;

export const mitmCommand: RwaveCommand = {
  register(program: Command): void {
    withCableOptions(program.command('mitm'), { boxIsOurs: false })
      .description('sit between a host and a device: trace, capture, and faults on a real cable')
      .argument('<host-side>', 'where the host connects: pty, pty:NAME (a symbolic link) or tcp:PORT')
      .argument('<device-side>', `the device: ${ADDRESS_HELP}`)
      .option('--seed <n>', 'the same seed is the same bad cable', anyWholeNumber, 1)
      .addHelpText(
        'after',
        `
The first line of output is JSON: where the host connects. It ends when the device goes away.

Examples:
  rwave mitm pty serial:/dev/ttyUSB0 --trace run.jsonl --pcap run.pcapng
  rwave mitm pty:./bad tcp:127.0.0.1:4000 --faults flip=1/5000,delay=20ms,unplug@60s:5s`,
      )
      .action(mitm);
  },
};

async function mitm(hostSide: string, deviceSide: string, flags: MitmFlags): Promise<void> {
  const spec = faultsOf(flags.faults, { boxIsOurs: false });
  const tracer = tracerOf(flags);
  const device = await openLink(deviceSide);
  const bridge = new Bridge(device, spec, flags.seed, tracer);
  const port = await portOf(hostSide, (host) => bridge.plug(host));
  const stop = () => {
    bridge.stop();
    port.close();
    device.close();
    tracer?.close();
  };
  process.once('exit', stop);
  bridge.onPulled = (outMs) => {
    port.unplug();
    if (outMs < Infinity) setTimeout(() => void port.plug(), outMs).unref();
  };
  await port.plug();
  process.stdout.write(`${JSON.stringify({ ...port.describe(), device: deviceSide, protocol: 'DSP/1' })}\n`);
  const why = await new Promise<string>((resolve) => {
    device.onClose = resolve;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(''));
  });
  stop();
  if (why !== '') process.stderr.write(`rwave: ${deviceSide}: ${why}\n`);
}

/** Joins the device's cable to whatever the host has plugged in. */
class Bridge {
  private readonly device: Link;
  /** The faults have pulled the plug on the host's side, for so long. */
  onPulled: (outMs: number) => void = () => undefined;
  private readonly spec: FaultSpec;
  private readonly tracer: Tracer | undefined;
  private readonly rng: Rng;
  private readonly startMs = performance.now();
  private readonly timer: NodeJS.Timeout;
  private host: TimedLink | undefined;
  private plugs = 0;

  constructor(device: Link, spec: FaultSpec, seed: number, tracer: Tracer | undefined) {
    this.device = device;
    this.spec = spec;
    this.tracer = tracer;
    this.rng = new Rng(seed);
    this.timer = setInterval(() => this.host?.poll(this.nowUs), POLL_MS);
    device.onBytes = (bytes) => {
      this.tracer?.bytes(this.nowUs * 1000, 'device', bytes);
      this.host?.write(bytes);
    };
  }

  private get nowUs(): number {
    return Math.round((performance.now() - this.startMs) * 1000);
  }

  plug(link: Link): void {
    const host = faulty(link, this.rng.fork(`cable.${++this.plugs}`), this.spec, 0);
    host.poll(this.nowUs);
    host.onBytes = (bytes) => {
      this.tracer?.bytes(this.nowUs * 1000, 'host', bytes);
      this.device.write(bytes);
    };
    host.onClose = () => {
      if (this.host === host) this.host = undefined;
      const { nowUs } = this;
      const outUs = pluggedAgainUs(this.spec, nowUs) - nowUs;
      if (outUs > 0) this.onPulled(outUs / 1000);
    };
    this.host = host;
  }

  stop(): void {
    clearInterval(this.timer);
    this.host?.close();
  }
}

function portOf(side: string, onPlug: (link: Link) => void): Promise<CablePort> {
  const pty = /^pty(?::(.+))?$/.exec(side);
  if (pty !== null) return Promise.resolve(ptyPort(onPlug, pty.at(1)));
  const tcp = /^tcp:(\d{1,5})$/.exec(side);
  if (tcp !== null && Number(tcp[1]) <= 65_535) return tcpPort(onPlug, Number(tcp[1]));
  throw new UsageError(`mitm: expected pty, pty:NAME or tcp:PORT for the host's side, found "${side}"`);
}
