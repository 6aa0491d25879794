/**
 * One random run of the box, 60 s, from one seed: a host that is good, hasty, hostile or dead in turns, a cable that
 * loses, repeats, flips and cuts, a bench that pulls pads and sets faults. The judge watches (watched-box).
 */
import { Rng } from '../../src/core/rng.ts';
import type { Microseconds } from '../../src/core/units.ts';
import { encodePacket, SCHEMA_HASH } from '../../src/protocol/codec.ts';
import type { Packet } from '../../src/protocol/codec.ts';
import type { Message } from '../../src/protocol/messages.ts';
import { BOX_STATES, EVENTS, WHYS } from '../../src/protocol/messages.ts';
import { Box } from '../../firmware-sim/box.ts';
import { BENCH_FAULTS } from '../../firmware-sim/bench.ts';
import { PROFILES } from '../../firmware-sim/profiles/index.ts';
import type { Profile } from '../../firmware-sim/profiles/index.ts';
import { SpikePatient } from '../firmware-sim/wire-host.ts';
import { WatchedBox } from './watched-box.ts';

export interface Tally {
  shocks: number;
  syncShocks: number;
  /** Of the synchronized ones: on a T, by the fault that the bench set. */
  shocksOnT: number;
  packetsOut: number;
  naks: number;
  /** Aborts by cause. */
  whys: Record<string, number>;
}

const RUN_US = 60_000_000;
const NONE = new Uint8Array(0);

/** Something between a careful host and an attacker, and the cable in front of it. */
class RandomHost {
  private readonly rng: Rng;
  private readonly profile: Profile;
  private session = 0;
  private seq = 0;
  private armId = 0;
  private energyDj = 0;
  private state = 'selfTest';
  private sync = 0;
  private silentUntilUs: Microseconds = 0;
  private nextBeatUs: Microseconds = 0;
  private readonly past: Uint8Array[] = [];
  private readonly toAcknowledge: number[] = [];
  private readonly oldIds: number[] = [];
  private readonly faulty: boolean;

  constructor(rng: Rng, profile: Profile) {
    this.rng = rng;
    this.profile = profile;
    this.faulty = rng.chance(1, 2);
  }

  hear({ message, session }: Packet): void {
    if (message.type === 'event' && this.rng.chance(9, 10)) this.toAcknowledge.push(message.eventId);
    if (message.type === 'welcome') this.session = session;
    else if (message.type === 'status') {
      this.state = BOX_STATES[message.state] ?? '';
      this.sync = message.sync;
    } else if (message.type === 'event' && EVENTS[message.code] === 'ready') {
      if (this.armId !== 0) this.oldIds.push(this.armId);
      this.armId = message.armId;
      this.energyDj = message.selectedDj;
    }
  }

  /** Bytes for the cable at this time; empty for silence. */
  speak(us: Microseconds): Uint8Array {
    const { rng } = this;
    if (us < this.silentUntilUs) return NONE;
    if (rng.chance(1, 150)) this.silentUntilUs = us + rng.int(100, 4000) * 1000;
    const parts: Uint8Array[] = [];
    if (us >= this.nextBeatUs) {
      this.nextBeatUs = us + 200_000;
      parts.push(
        this.packet({ type: 'heartbeat', tUs: us, state: 0, lastSeqSeen: 0, rxErrors: 0, dropped: 0 }),
      );
    }
    if (this.session === 0 || rng.chance(1, 200)) parts.push(this.packet(this.hello(), 0));
    else if (rng.chance(1, 4)) parts.push(this.progress(us));
    if (rng.chance(1, 12)) parts.push(this.mischief(us));
    for (const eventId of this.toAcknowledge.splice(0))
      parts.push(this.packet({ type: 'eventAck', eventId }));
    return this.cable(parts.length === 0 ? NONE : Uint8Array.from(Buffer.concat(parts)));
  }

  /** What a sensible host would do next. */
  private progress(us: Microseconds): Uint8Array {
    const { rng } = this;
    if (this.state === 'standby') {
      if (this.profile.hasSync && rng.chance(1, 6)) {
        return this.packet({ type: 'syncSet', on: rng.int(0, 1), lead: 0 });
      }
      return this.packet({ type: 'charge', energyDj: this.anEnergyDj() });
    }
    if (this.state === 'ready' && rng.chance(1, 2)) {
      if (rng.chance(2, 3)) return this.packet(this.fire(us, this.armId, this.energyDj, this.sync, 3000));
      return this.packet(this.wrongFire(us));
    }
    return this.packet({ type: 'getStatus' });
  }

  private mischief(us: Microseconds): Uint8Array {
    const { rng } = this;
    const anId = this.anArmId();
    const messages: readonly [Message, ...Message[]] = [
      this.wrongFire(us),
      this.wrongFire(us),
      { type: 'charge', energyDj: rng.chance(1, 2) ? this.anEnergyDj() : rng.int(0, 65_535) },
      { type: 'selectEnergy', energyDj: this.anEnergyDj() },
      { type: 'disarm' },
      { type: 'cancelFire', armId: anId },
      { type: 'syncSet', on: rng.int(0, 1), lead: rng.int(0, 2) },
      {
        type: 'paceSet',
        on: rng.int(0, 1),
        mode: rng.int(0, 2),
        ratePpm: rng.int(20, 190),
        currentMa: rng.int(0, 220),
        widthUs: 40_000,
      },
      { type: 'streamCfg', leadMask: rng.int(0, 3), samplesPerPacket: rng.int(0, 60) },
      { type: 'getResult', armId: anId },
      { type: 'timesync', t1: us, t2: 0, t3: 0 },
      { type: 'eventAck', eventId: rng.int(0, 50) },
      { type: 'reset' },
      this.hello(),
    ];
    switch (rng.int(0, 5)) {
      case 0:
        return Uint8Array.from({ length: rng.int(1, 60) }, () => rng.int(0, 255));
      case 1:
        return this.past[rng.int(0, this.past.length - 1)] ?? NONE;
      case 2:
        return new TextEncoder().encode(
          rng.pick(['REMOTE\r', 'ENERGY=360\r', 'FIRE\r', 'CHARGE\r\n', 'SYNC=OFF\r', 'SELFTEST\r']),
        );
      default:
        return this.packet(rng.pick(messages), rng.chance(1, 8) ? rng.int(0, 65_535) : this.session);
    }
  }

  private fire(us: Microseconds, armId: number, energyDj: number, sync: number, validMs: number): Message {
    return {
      type: 'fire',
      armId,
      energyDj,
      sync,
      validUntilUs: Math.max(0, us + validMs * 1000),
      waitRMs: this.rng.int(0, 4000),
    };
  }

  /** Most of these must not shoot: another id, another energy, the other mode, too late. */
  private wrongFire(us: Microseconds): Message {
    const { rng } = this;
    const energyDj = rng.chance(3, 4) ? this.energyDj : this.anEnergyDj();
    const sync = rng.chance(3, 4) ? this.sync : 1 - this.sync;
    return this.fire(us, this.anArmId(), energyDj, sync, rng.int(-500, 8000));
  }

  private anArmId(): number {
    const { rng } = this;
    return rng.pick([this.armId, this.armId + 1, 0, rng.u32(), this.oldIds.at(-1) ?? 1]);
  }

  private anEnergyDj(): number {
    const { ladderJ } = this.profile;
    return 10 * ladderJ[this.rng.int(0, ladderJ.length - 1)];
  }

  private hello(): Message {
    const nonce = this.rng.int(1, 4);
    return {
      type: 'hello',
      magic: 'DFIB',
      minVer: 1,
      maxVer: 1,
      features: 0,
      mtu: 252,
      nonce,
      schemaHash: SCHEMA_HASH,
      name: 'random',
    };
  }

  private packet(message: Message, session = this.session): Uint8Array {
    const repeatsSeq = this.rng.chance(1, 30);
    if (!repeatsSeq) this.seq = (this.seq + 1) & 0xffff;
    const bytes = encodePacket({ message, seq: this.seq, session, flags: 0 });
    this.past.push(bytes);
    if (this.past.length > 20) this.past.shift();
    return bytes;
  }

  private cable(bytes: Uint8Array): Uint8Array {
    const { rng } = this;
    if (!this.faulty || bytes.length === 0) return bytes;
    if (rng.chance(1, 60)) return NONE;
    if (rng.chance(1, 60)) return Uint8Array.from([...bytes, ...bytes]);
    if (rng.chance(1, 60)) return bytes.slice(0, rng.int(0, bytes.length));
    if (rng.chance(1, 40)) {
      const flipped = bytes.slice();
      flipped[rng.int(0, bytes.length - 1)] ^= 1 << rng.int(0, 7);
      return flipped;
    }
    return bytes;
  }
}

function disturb(box: Box, rng: Rng): void {
  const { bench } = box;
  switch (rng.int(0, 5)) {
    case 0:
      return bench.setPads(rng.chance(2, 3));
    case 1:
      return bench.setLoadOhm(rng.chance(1, 2) ? undefined : rng.int(5, 250));
    case 2:
      return bench.setLead('pads', rng.chance(2, 3));
    case 3:
      return bench.setBattery(rng.int(5, 100));
    default: {
      const fault = BENCH_FAULTS[rng.int(0, BENCH_FAULTS.length - 1)];
      return bench.setFault(fault, rng.chance(1, 4));
    }
  }
}

/** `always`: a fault that the bench sets again whenever somebody mends it. */
export function randomRun(seed: number | string, always?: string): Tally {
  const rng = new Rng(seed);
  const profile = rng.pick(PROFILES as readonly [Profile, ...Profile[]]);
  const patient = new SpikePatient(rng.chance(1, 4) ? 0 : rng.int(45, 150) * 10);
  const box = new Box({ profile, patient, rng: rng.fork('box') });
  const host = new RandomHost(rng.fork('host'), profile);
  const bench = rng.fork('bench');
  const tally: Tally = { shocks: 0, syncShocks: 0, shocksOnT: 0, packetsOut: 0, naks: 0, whys: {} };
  const watched = new WatchedBox(box, profile, (us) => patient.nearestRUs(us));
  watched.onPacket = (packet) => {
    host.hear(packet);
    tally.packetsOut++;
    const { message } = packet;
    if (message.type === 'nak') tally.naks++;
    if (message.type === 'event' && EVENTS[message.code] === 'abort' && (packet.flags & 4) === 0) {
      const why = WHYS[message.why];
      tally.whys[why] = (tally.whys[why] ?? 0) + 1;
    }
  };
  for (let us = 0; us < RUN_US; us += rng.int(5, 120) * 1000) {
    if (bench.chance(1, 120)) disturb(box, bench);
    if (bench.chance(1, 60)) {
      for (const fault of [...box.bench.faults, ...box.bench.defects]) {
        if (bench.chance(1, 2)) box.bench.setFault(fault, false);
      }
    }
    if (box.bench.loadOhm === Infinity && bench.chance(1, 20)) box.bench.setPads(true);
    if (always !== undefined) box.bench.setFault(always, true);
    watched.step(us, host.speak(us));
  }
  tally.shocks = watched.shocks;
  tally.syncShocks = watched.syncShocks;
  tally.shocksOnT = watched.shocksOnT;
  return tally;
}
