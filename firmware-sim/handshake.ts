/**
 * HELLO and WELCOME: who may open a session, and what the box says of itself.
 *
 * The same HELLO again (same nonce) means that the WELCOME was lost; anything else is somebody new.
 */
import type { Rng } from '../src/core/rng.ts';
import { earlierTable, MINOR, MTU_DEFAULT, MTU_MAX, SCHEMA_HASH, VERSION } from '../src/protocol/codec.ts';
import type { MessageOf } from '../src/protocol/messages.ts';
import { WELCOME_FLAG } from '../src/protocol/messages.ts';
import type { FrontEndFace } from './front-end.ts';
import type { Profile } from './profiles/index.ts';

const MAGIC = 'DFIB';

export interface HandshakeParts {
  profile: Profile;
  serial: string;
  rng: Rng;
  frontEnd: FrontEndFace;
  /** FEATURE bits. */
  features: number;
}

export class Handshake {
  mtu = MTU_DEFAULT;
  /** What this firmware speaks: another one after an update that went wrong. */
  version = VERSION;
  private readonly parts: HandshakeParts;
  private nonce = 0;

  constructor(parts: HandshakeParts) {
    this.parts = parts;
  }

  speaks(hello: MessageOf<'hello'>): boolean {
    const { version } = this;
    const isShared = hello.minVer <= version && hello.maxVer >= version;
    const isKnown = hello.schemaHash === SCHEMA_HASH || earlierTable(hello.schemaHash) !== undefined;
    return hello.magic === MAGIC && isShared && isKnown;
  }

  /** For the log, where the host has an earlier table: what it will not see. */
  warning(hello: MessageOf<'hello'>): string | undefined {
    const table = earlierTable(hello.schemaHash);
    return table && `${this.language}; yours is earlier, without ${table.without}`;
  }

  /** For the log of who was refused. */
  get language(): string {
    return `this box speaks DSP/${this.version}, table 0x${SCHEMA_HASH.toString(16).padStart(8, '0')}`;
  }

  isRepeat(hello: MessageOf<'hello'>): boolean {
    return hello.nonce === this.nonce;
  }

  /** The number of a new session, other than the last one's. */
  open(hello: MessageOf<'hello'>, last: number): number {
    let session = 0;
    while (session === 0 || session === last) session = this.parts.rng.u32() & 0xffff;
    this.nonce = hello.nonce;
    this.mtu = Math.max(MTU_DEFAULT, Math.min(hello.mtu, MTU_MAX));
    return session;
  }

  welcome(hello: MessageOf<'hello'>, session: number): MessageOf<'welcome'> {
    const { profile, frontEnd, serial } = this.parts;
    return {
      type: 'welcome',
      ver: VERSION,
      minor: MINOR,
      features: this.parts.features,
      mtu: this.mtu,
      session,
      flags: WELCOME_FLAG.simulated,
      // The table that both speak: fields are appended, so ours reads as his.
      schemaHash: hello.schemaHash,
      tickHz: 1_000_000,
      nonce: hello.nonce,
      model: profile.model,
      serial,
      firmware: profile.firmware,
      leads: frontEnd.leadNames.length,
      fs: frontEnd.fs,
      adcGain: frontEnd.adcGain,
      leadNames: frontEnd.leadNames.join(','),
    };
  }
}
