/**
 * The simulated box in this program, on the simulated clock: a run of an hour takes seconds and gives the same bytes
 * every time. Bench channel and cable are the real code, without sockets.
 */
import { profileByName } from '../../../firmware-sim/profiles/index.ts';
import { FaultPlan } from '../../../firmware-sim/fault-plan.ts';
import { assert, LinkLostError, RwaveError } from '../../core/errors.ts';
import { Rng } from '../../core/rng.ts';
import type { Microseconds } from '../../core/units.ts';
import type { MemoryPair } from '../../link/memory.ts';
import type { BenchAnswerOf, BenchRequest, BenchType } from '../../protocol/bench-messages.ts';
import { CableKit } from '../cable/cable-kit.ts';
import { faultsOf } from '../cable/cable-options.ts';
import type { CableFlags } from '../cable/cable-options.ts';
import { kitPair } from '../cable/replug.ts';
import { BenchDesk } from '../device/bench-desk.ts';
import { bedsideOf } from '../device/bedside.ts';
import type { Bedside, BoxOptions } from '../device/bedside.ts';
import { BenchRefused } from './stand.ts';
import type { BenchHands, HostEnd, Stand } from './stand.ts';

const NOTHING = new Uint8Array(0);
/** At one instant: more means that two parts wake each other for ever. */
const MOST_ROUNDS = 10_000;

export interface SimStandOptions {
  seed: number;
  profile: string;
  /** What goes wrong on the cable and in the box, and who writes down what passes. */
  cable?: CableFlags;
}

export class SimStand implements Stand {
  readonly kind = 'simulated';
  bench: BenchHands;
  now: Microseconds = 0;
  private readonly options: BoxOptions;
  private readonly rng: Rng;
  private readonly desk: BenchDesk;
  private readonly kit: CableKit;
  private readonly pair: MemoryPair;
  private readonly plan: FaultPlan;
  private closedWhy: string | undefined;
  private host: HostEnd | undefined;
  private bedside: Bedside;
  private boxes = 0;
  private boxWakeUs: Microseconds = 0;

  constructor({ seed, profile, cable = { faults: '' } }: SimStandOptions) {
    this.options = { seed, profile, rhythm: 'sinus' };
    this.rng = new Rng(seed);
    this.bedside = this.nextBedside({});
    this.desk = new BenchDesk({
      model: profileByName(profile).model,
      seed: this.rng.seed,
      bedside: () => this.bedside,
      loadRecord: (record, fromS) => this.replace({ record }, fromS),
      playWave: (wave) => this.replace(wave === undefined ? {} : { wave }),
      setCableFaults: () => undefined,
      unplug: () => undefined,
      nowUs: () => this.now,
    });
    this.bench = { ask: (request) => this.ask(request) };
    const spec = faultsOf(cable.faults, { boxIsOurs: true });
    const rng = this.rng.fork('cable');
    this.kit = new CableKit({ ...cable, near: 'host', spec, rng, now: () => this.now });
    this.plan = new FaultPlan(spec.timed ?? [], (fault, on) => this.desk.do({ do: 'setFault', fault, on }));
    this.pair = kitPair(this.kit);
    this.pair.host.onClose = (why) => {
      this.closedWhy = why;
      this.host?.closed(why, this.now);
    };
    this.pair.device.onBytes = (bytes) => this.step(bytes);
    this.pair.host.onBytes = (bytes) => this.host?.receive(bytes, this.now);
  }

  attach(host: HostEnd): void {
    if (this.host !== undefined) this.host.onSend = () => undefined;
    this.host = host;
    host.onSend = (bytes) => void this.pair.host.write(bytes);
    host.opened(this.now);
  }

  // A cable that was pulled is a rejection, as on a real one.
  // eslint-disable-next-line @typescript-eslint/require-await
  async until(done: () => boolean, mostMs: number): Promise<boolean> {
    const end = this.now + Math.round(mostMs * 1000);
    for (let rounds = 0; ;) {
      const next = this.wake();
      if (this.closedWhy !== undefined) throw new LinkLostError(`cable in memory: ${this.closedWhy}`);
      if (done()) return true;
      if (next > end) break;
      rounds = next > this.now ? 0 : rounds + 1;
      assert(rounds < MOST_ROUNDS, () => `time stands still at ${this.now} us`);
      this.now = Math.max(next, this.now);
    }
    this.now = end;
    this.wake();
    return done();
  }

  close(): void {
    this.host = undefined;
    this.kit.close();
  }

  private wake(): Microseconds {
    const { pair, now } = this;
    pair.poll(now);
    if (now >= this.boxWakeUs) this.step(NOTHING);
    const faultUs = this.plan.poll(now) ?? Infinity;
    const hostUs = this.host?.poll(now) ?? Infinity;
    return Math.min(this.boxWakeUs, hostUs, faultUs, pair.poll(now) ?? Infinity);
  }

  private step(bytesIn: Uint8Array): void {
    const { bytesOut, nextWakeUs } = this.bedside.box.step(this.now, bytesIn);
    this.boxWakeUs = nextWakeUs;
    if (bytesOut.length > 0) this.pair.device.write(bytesOut);
  }

  /** The box is brought up to now before and after: what is set acts at once. */
  private ask<K extends BenchType>(request: Extract<BenchRequest, { do: K }>): Promise<BenchAnswerOf<K>> {
    try {
      this.step(NOTHING);
      const answer = this.desk.do(request) as BenchAnswerOf<K>;
      this.step(NOTHING);
      return Promise.resolve(answer);
    } catch (error) {
      if (error instanceof RwaveError) return Promise.reject(new BenchRefused(error.message));
      throw error;
    }
  }

  private replace(patient: Partial<BoxOptions>, fromS = 0): void {
    this.bedside = this.nextBedside(patient, fromS);
    this.boxWakeUs = 0;
  }

  private nextBedside(patient: Partial<BoxOptions>, fromS = 0): Bedside {
    return bedsideOf({ ...this.options, ...patient }, this.rng, ++this.boxes, fromS);
  }
}
