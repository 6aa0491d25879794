/** A box that does not say SIMULATED is charged by nobody who has not permitted this very unit. */
import { describe, expect, test } from 'vitest';
import { encodePacket, MTU_MAX, PacketDecoder } from '../../src/protocol/codec.ts';
import { memoryPair } from '../../src/link/memory.ts';
import type { MemoryPair } from '../../src/link/memory.ts';
import type { SessionOptions } from '../../src/session/session.ts';
import { story } from './rig.ts';
import type { Story } from './rig.ts';

/** A cable on which the box's WELCOME loses its flags: the box behind it looks like a real one. */
function realCable(): MemoryPair {
  const pair = memoryPair();
  const device = Object.create(pair.device, {
    onBytes: { set: (hear: (bytes: Uint8Array) => void) => (pair.device.onBytes = hear) },
    write: { value: (bytes: Uint8Array) => pair.device.write(withoutFlags(bytes)) },
  }) as MemoryPair['device'];
  return { host: pair.host, device, poll: (now) => pair.poll(now) };
}

function withoutFlags(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  new PacketDecoder({ from: 'device', mtu: MTU_MAX }).push(bytes, (packet) => {
    const { message } = packet;
    parts.push(
      encodePacket(message.type === 'welcome' ? { ...packet, message: { ...message, flags: 0 } } : packet),
    );
  });
  return Buffer.concat(parts);
}

function realStory(rhythm: string, session: SessionOptions): Story {
  const s = story(rhythm, { session, makePair: realCable });
  s.until(() => s.session.state.link === 'up', 5);
  s.wait(2);
  return s;
}

const press = (s: Story, type: 'charge' | 'shock'): void => s.session.operate({ type }, s.rig.clock.now);

describe('a device that does not say SIMULATED', () => {
  test('is seen as what it is, and is not charged', () => {
    const s = realStory('vf', {});
    expect(s.session.state.device?.simulated).toBe(false);
    expect(s.session.whyNot({ type: 'charge' }, s.rig.clock.now)).toContain('--allow-hv');
    press(s, 'charge');
    s.wait(10);
    expect(s.of('refused').at(-1)).toMatchObject({ action: 'charge', by: 'host' });
    expect(s.box.bench.capacitorJ).toBeLessThan(1);
  });

  test('is not charged by an AED that advises a shock either, and not paced', () => {
    const s = realStory('vf', { mode: 'aed' });
    s.wait(30);
    expect(s.of('advice').some((a) => a.verdict === 'shock')).toBe(true);
    expect(s.of('refused').some((r) => r.action === 'charge' && r.why.includes('--allow-hv'))).toBe(true);
    expect(s.box.bench.capacitorJ).toBeLessThan(1);
    s.session.operate({ type: 'mode', mode: 'manual' }, s.rig.clock.now);
    s.session.operate({ type: 'pace', key: 'start' }, s.rig.clock.now);
    s.wait(2);
    expect(s.session.state.pacing).toBe('off');
  });

  test('is charged by whoever has permitted this serial number, and by nobody who has permitted another', () => {
    const other = realStory('vf', { hvSerial: 'SIM-0002' });
    press(other, 'charge');
    other.wait(10);
    expect(other.box.bench.capacitorJ).toBeLessThan(1);
    const s = realStory('vf', { hvSerial: 'SIM-0001' });
    press(s, 'charge');
    s.until(() => s.session.state.therapy === 'ready', 10);
    press(s, 'shock');
    s.wait(2);
    expect(s.box.bench.shocks).toBe(1);
  });

  test('obeys DISARM at all times: that is never refused', () => {
    const s = realStory('vf', {});
    expect(s.session.whyNot({ type: 'disarm' }, s.rig.clock.now) ?? '').not.toContain('--allow-hv');
  });
});
