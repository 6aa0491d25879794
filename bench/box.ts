/**
 * How fast the box is: times real time with one lead at 500 Hz from a buffer, streamed, heartbeats both ways.
 *
 *   tsx bench/box.ts [--seconds 3600] [--json]
 *
 * The patient is a recording in memory that is copied, so that his making does not count. Best of five rounds.
 */
import { Rng } from '../src/core/rng.ts';
import { encodePacket, SCHEMA_HASH } from '../src/protocol/codec.ts';
import { PacketDecoder } from '../src/protocol/codec.ts';
import { Box } from '../firmware-sim/box.ts';
import { als } from '../firmware-sim/profiles/als.ts';
import type { Patient } from '../signals/patient/patient.ts';
import { SimPatient } from '../signals/patient/sim-patient.ts';

const FS = 500;
const LOOP_S = 60;

/** One minute of sinus rhythm over and over. */
class BufferPatient implements Patient {
  readonly fs = FS;
  readonly leads = ['pads'];
  readonly impedanceOhm = 50;
  position = 0;
  private readonly loop: Float64Array;

  constructor() {
    const sim = new SimPatient({ fs: FS, seed: 'bench', rhythm: 'sinus' });
    const all = sim.leads.map(() => new Float64Array(FS * LOOP_S));
    sim.render(all, FS * LOOP_S);
    this.loop = all[0];
  }

  render(out: readonly Float64Array[], n: number): number {
    const { loop } = this;
    const to = out[0];
    let at = this.position % loop.length;
    for (let i = 0; i < n; i++) {
      to[i] = loop[at];
      if (++at === loop.length) at = 0;
    }
    this.position += n;
    return n;
  }

  shock(): void {
    // a buffer does not answer
  }

  pace(): void {
    // a buffer does not answer
  }
}

/** Simulated seconds per second of processor time (not of the wall: others may use the machine). */
function run(seconds: number, sync: boolean): number {
  const box = new Box({ profile: als, patient: new BufferPatient(), rng: new Rng('bench') });
  const none = new Uint8Array(0);
  let session = 0;
  let seq = 0;
  new PacketDecoder({ from: 'device' }).push(
    box.step(
      0,
      encodePacket({
        message: {
          type: 'hello',
          magic: 'DFIB',
          minVer: 1,
          maxVer: 1,
          features: 0,
          mtu: 252,
          nonce: 1,
          schemaHash: SCHEMA_HASH,
          name: 'bench',
        },
        seq: ++seq,
        session: 0,
        flags: 0,
      }),
    ).bytesOut,
    ({ message }) => {
      if (message.type === 'welcome') session = message.session;
    },
  );
  box.step(
    0,
    encodePacket({
      message: { type: 'streamCfg', leadMask: 1, samplesPerPacket: 20 },
      seq: ++seq,
      session,
      flags: 1,
    }),
  );
  if (sync)
    box.step(
      0,
      encodePacket({ message: { type: 'syncSet', on: 1, lead: 0 }, seq: ++seq, session, flags: 1 }),
    );
  const end = seconds * 1e6;
  let bytes = 0;
  let nextBeatUs = 200_000;
  let wakeUs = 0;
  const from = process.cpuUsage();
  while (wakeUs < end) {
    const beats = wakeUs >= nextBeatUs;
    const heartbeat = beats
      ? encodePacket({
          message: { type: 'heartbeat', tUs: wakeUs, state: 0, lastSeqSeen: 0, rxErrors: 0, dropped: 0 },
          seq: ++seq & 0xffff,
          session,
          flags: 0,
        })
      : none;
    if (beats) nextBeatUs += 200_000;
    const { bytesOut, nextWakeUs } = box.step(wakeUs, heartbeat);
    bytes += bytesOut.length;
    wakeUs = Math.min(nextWakeUs, nextBeatUs);
  }
  const { user, system } = process.cpuUsage(from);
  const spentS = (user + system) / 1e6;
  if (bytes < seconds * FS * 2) throw new Error(`only ${bytes} bytes came out`);
  return seconds / spentS;
}

function best(seconds: number, sync: boolean): number {
  return Math.max(...Array.from({ length: 5 }, () => run(seconds, sync)));
}

const at = process.argv.indexOf('--seconds');
const seconds = at > 0 ? Number(process.argv[at + 1]) : 3600;
const plain = Math.round(best(seconds, false));
const sync = Math.round(best(seconds, true));
if (process.argv.includes('--json'))
  console.log(JSON.stringify({ box: { xRealTime: plain, xRealTimeSync: sync } }));
else console.log(`box, 1 lead at ${FS} Hz: ${plain} x real time; with SYNC markers: ${sync} x`);
