/**
 * What `--faults`, `--trace` and `--pcap` make of the cables of one run: each new cable is spoiled as the string says and
 * written down, and they all count their times from the start of the run.
 *
 *   near side -> trace -> faults -> cable          what is traced is what the near side sends and hears
 *
 * The near side is who runs this program: the host for `monitor` and `treat`, the device for `device`.
 */
import type { Rng } from '../../core/rng.ts';
import type { Microseconds } from '../../core/units.ts';
import { isUnplugged, spoilsCable } from '../../link/fault-spec.ts';
import type { FaultSpec } from '../../link/fault-spec.ts';
import { faulty } from '../../link/faulty.ts';
import type { TimedLink } from '../../link/faulty.ts';
import type { Link } from '../../link/link.ts';
import { tracerOf } from '../trace/tracer.ts';
import type { TraceFlags, Tracer } from '../trace/tracer.ts';
import type { Side } from '../trace/trace-line.ts';

export interface CableKitOptions extends TraceFlags {
  near: Side;
  spec: FaultSpec;
  /** The same dice, the same damage. */
  rng: Rng;
  now: () => Microseconds;
}

/** A cable as it is used; `timed` must be polled where it is there. */
export interface KitCable {
  link: Link;
  timed: TimedLink | undefined;
}

export class CableKit {
  private readonly options: CableKitOptions;
  private readonly tracer: Tracer | undefined;
  private plugs = 0;

  constructor(options: CableKitOptions) {
    this.options = options;
    this.tracer = tracerOf(options);
  }

  /** The plug is out now: no cable can be opened. */
  get unplugged(): boolean {
    return isUnplugged(this.options.spec, this.options.now());
  }

  wrap(link: Link): KitCable {
    const { spec, rng, near, now } = this.options;
    const bad = spoilsCable(spec) ? faulty(link, rng.fork(`cable.${++this.plugs}`), spec, 0) : undefined;
    bad?.poll(now());
    const cable = bad ?? link;
    return { link: this.tracer?.around(cable, near, () => now() * 1000) ?? cable, timed: bad };
  }

  close(): void {
    this.tracer?.close();
  }
}
