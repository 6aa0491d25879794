/**
 * The hands of a check: what a technician does at the bench, in words. Connect, charge, fire, read the load box, pull a pad.
 *
 * Nothing here judges. A device that stops answering ends the check (`Stopped`); that is a failure of the device.
 */
import type { Profile } from '../../../firmware-sim/profiles/index.ts';
import type { Rng } from '../../core/rng.ts';
import type { Joules, Microseconds } from '../../core/units.ts';
import type { BenchAnswerOf } from '../../protocol/bench-messages.ts';
import type { Message, MessageOf, Reply, Why } from '../../protocol/messages.ts';
import { EVENTS, FAULTS, WELCOME_FLAG, WHYS } from '../../protocol/messages.ts';
import type { Finding } from './finding.ts';
import { PacketHost } from './packet-host.ts';
import { BenchRefused } from './stand.ts';
import type { BenchHands, HostEnd, Stand } from './stand.ts';

/** The device does not do what has to come before the measurement. */
export class Stopped extends Error {}

export interface BayOptions {
  stand: Stand;
  /** Who was asked about at the start, and permitted where it is real: nobody else is charged. */
  device: { simulated: boolean; serial: string };
  profile: Profile;
  rng: Rng;
  /** Shocks of the R-to-shock check. */
  beats: number;
  /** Recordings that play the patient there; without one a synthetic rhythm does. */
  records: readonly string[];
  /** Three energies instead of the ladder, fewer repetitions. */
  quick: boolean;
  /** What is going on, for people who wait. */
  tell: (text: string) => void;
}

export interface Charge {
  armId: number;
  energyJ: Joules;
  /** From CHARGE sent to READY, the latter on the device's clock. */
  seconds: number;
  /** Seconds and stored joules, as status told on the way. */
  curve: { t: number[]; storedJ: number[] };
}

export interface Drawn {
  energyJ: Joules;
  tMs: number[];
  volts: number[];
  amps: number[];
}

const CONNECT_MS = 8000;
const COOLING_MS = 30_000;
const COOLING_MOST = 60;
const OVER_TEMPERATURE = 1 << FAULTS.indexOf('overTemperature');

export class Bay {
  readonly options: BayOptions;
  host: PacketHost;
  /** What was found so far: it counts also when the device stops answering. */
  readonly findings: Finding[] = [];
  /** Milliseconds in which the device was left alone because it was too hot. */
  cooledMs = 0;
  private connections = 0;

  constructor(options: BayOptions) {
    this.options = options;
    this.host = this.newHost();
  }

  get stand(): Stand {
    return this.options.stand;
  }
  get profile(): Profile {
    return this.options.profile;
  }
  get now(): Microseconds {
    return this.stand.now;
  }

  /** The bench channel. A check that names it in its needs has one. */
  get bench(): BenchHands {
    const { bench } = this.stand;
    if (bench === undefined) throw new BenchRefused('the device has no bench channel');
    return bench;
  }

  wait(ms: number): Promise<boolean> {
    return this.stand.until(() => false, ms);
  }

  async need(what: string, done: () => boolean, mostMs: number): Promise<void> {
    if (!(await this.stand.until(done, mostMs))) throw new Stopped(`waited ${mostMs} ms for ${what}`);
  }

  take(host: HostEnd): void {
    this.stand.attach(host);
  }

  /** A new session, with the device in standby. */
  async connect(): Promise<PacketHost> {
    this.host = this.newHost();
    this.take(this.host);
    const { host } = this;
    await this.need('a session', () => host.ready || host.refused !== '', CONNECT_MS);
    if (host.refused !== '') throw new Stopped(host.refused);
    this.expectSameDevice();
    await this.calm();
    return host;
  }

  /** Another host takes the cable while this one holds a charge; waits for its session only. */
  async connectOver(): Promise<void> {
    this.host = this.newHost();
    this.take(this.host);
    const { host } = this;
    await this.need('a session', () => host.welcome !== undefined, CONNECT_MS);
    this.expectSameDevice();
  }

  /** Until nothing is charged and nothing is dumped. */
  async calm(): Promise<void> {
    const { host } = this;
    const mostMs = this.profile.dumpMs + 3000;
    if (await this.stand.until(() => host.boxState === 'standby', mostMs)) return;
    throw new Stopped(
      `waited ${mostMs} ms for standby: the device is in "${host.boxState}"${await this.faultText()}`,
    );
  }

  async order(message: Message): Promise<Reply | 'silence'> {
    let answer: Reply | 'silence' | undefined;
    this.host.order(message, (reply) => (answer = reply));
    await this.need(`an answer to ${message.type}`, () => answer !== undefined, 3000);
    return answer ?? 'silence';
  }

  async status(): Promise<MessageOf<'status'>> {
    this.host.askStatus();
    await this.need('status', () => this.host.status !== undefined, 2000);
    return this.host.status as MessageOf<'status'>;
  }

  /** Charges, after the device has cooled down where it must. */
  async charge(energyJ: Joules): Promise<Charge> {
    const { host } = this;
    for (let pauses = 0; ; pauses++) {
      const from = host.events.length;
      const sentUs = this.now;
      const reply = await this.order({ type: 'charge', energyDj: energyJ * 10 });
      if (reply === 'ok' || reply === 'inProgress') return this.awaitReady(energyJ, from, sentUs);
      if (reply !== 'interlock' || pauses === COOLING_MOST || !(await this.isTooHot())) {
        throw new Stopped(`CHARGE to ${energyJ} J: ${reply}${await this.faultText()}`);
      }
      this.cooledMs += COOLING_MS;
      await this.wait(COOLING_MS);
    }
  }

  /** FIRE, and what came of it; undefined when nothing came in time. */
  async fire(
    charge: Charge,
    options: { sync?: boolean; waitRMs?: number } = {},
  ): Promise<MessageOf<'event'> | undefined> {
    const { host } = this;
    const { sync = false, waitRMs = sync ? 10_000 : 0 } = options;
    const from = host.events.length;
    const reply = await this.order(this.fireMessage(charge, sync, waitRMs));
    if (reply !== 'ok') throw new Stopped(`FIRE of ${charge.energyJ} J: ${reply}${await this.faultText()}`);
    const isOver = (): boolean => host.eventSince(from, 'shock', 'abort') !== undefined;
    await this.stand.until(isOver, waitRMs + 2000);
    return host.eventSince(from, 'shock', 'abort');
  }

  fireMessage(
    { armId, energyJ }: Pick<Charge, 'armId' | 'energyJ'>,
    sync = false,
    waitRMs = 0,
  ): MessageOf<'fire'> {
    const validUntilUs = this.host.time.toBox(this.now) + (1000 + waitRMs) * 1000;
    return { type: 'fire', armId, energyDj: energyJ * 10, sync: sync ? 1 : 0, validUntilUs, waitRMs };
  }

  /** Charge and shock, then standby again. */
  async shoot(energyJ: Joules): Promise<MessageOf<'event'>> {
    const shock = await this.fire(await this.charge(energyJ));
    if (shock === undefined || EVENTS[shock.code] !== 'shock')
      throw new Stopped(`FIRE of ${energyJ} J: no shock came`);
    await this.calm();
    return shock;
  }

  /** The pulse on the load, and its energy by integration of V times I. */
  async loadBox(): Promise<Drawn> {
    const shot = await this.bench.ask<'getShock'>({ do: 'getShock' });
    const [tMs, volts, amps] = [shot.tMs, shot.volts, shot.amps] as [number[], number[], number[]];
    let joules = 0;
    for (let i = 1; i < tMs.length; i++) {
      joules += (0.5 * (volts[i] * amps[i] + volts[i - 1] * amps[i - 1]) * (tMs[i] - tMs[i - 1])) / 1000;
    }
    return { energyJ: joules, tMs, volts, amps };
  }

  truth(): Promise<BenchAnswerOf<'getState'>> {
    return this.bench.ask<'getState'>({ do: 'getState' });
  }

  /** What is in the capacitor: the truth where there is a bench channel, else what the device says. */
  async stored(): Promise<{ joules: Joules; dumpRelay: boolean; boxUs: Microseconds }> {
    if (this.stand.bench !== undefined) {
      const { capJ, dumpRelay, tUs } = await this.truth();
      return { joules: capJ, dumpRelay, boxUs: tUs };
    }
    const status = await this.status();
    const boxUs = this.host.time.toBox(this.now);
    return { joules: status.capEnergyDj / 10, dumpRelay: status.dumpRelay !== 0, boxUs };
  }

  /** Time on the device's clock in seconds since `us` of ours. */
  sinceMs(us: Microseconds, boxUs: Microseconds): number {
    return (boxUs - this.host.time.toBox(us)) / 1000;
  }

  private newHost(): PacketHost {
    return new PacketHost(this.options.rng.fork(`host.${this.connections++}`));
  }

  /** A cable that was moved to another unit meanwhile. */
  private expectSameDevice(): void {
    const { device } = this.options;
    const { flags = 0, serial = '' } = this.host.welcome ?? {};
    const simulated = (flags & WELCOME_FLAG.simulated) !== 0;
    if (simulated === device.simulated && (simulated || serial === device.serial)) return;
    throw new Stopped(`another device is on the cable: expected "${device.serial}", found "${serial}"`);
  }

  private async awaitReady(energyJ: Joules, from: number, sentUs: Microseconds): Promise<Charge> {
    const { host } = this;
    const curve: Charge['curve'] = { t: [0], storedJ: [0] };
    let newest = host.status;
    const look = (): boolean => {
      if (host.status !== undefined && host.status !== newest) {
        newest = host.status;
        curve.t.push((this.now - sentUs) / 1e6);
        curve.storedJ.push(newest.capEnergyDj / 10);
      }
      return host.eventSince(from, 'ready', 'abort') !== undefined;
    };
    await this.need(`READY at ${energyJ} J`, look, this.profile.chargeTimeoutMs + 10_000);
    const end = host.eventSince(from, 'ready', 'abort');
    if (end === undefined || EVENTS[end.code] !== 'ready') {
      throw new Stopped(`CHARGE to ${energyJ} J: ended by ${whyOf(end)}${await this.faultText()}`);
    }
    return { armId: end.armId, energyJ, seconds: this.sinceMs(sentUs, end.tUs) / 1000, curve };
  }

  private async isTooHot(): Promise<boolean> {
    return ((await this.status()).faults & OVER_TEMPERATURE) !== 0;
  }

  private async faultText(): Promise<string> {
    const { faults } = await this.status();
    const names = FAULTS.filter((_, k) => (faults & (1 << k)) !== 0);
    return names.length === 0 ? '' : `; faults: ${names.join(', ')}`;
  }
}

export function whyOf(event: MessageOf<'event'> | undefined): Why {
  return event === undefined ? 'none' : (WHYS[event.why] ?? 'none');
}
