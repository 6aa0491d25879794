import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { GearOptions } from '../../firmware-sim/gear/gear.ts';
import { Impulse } from '../../firmware-sim/gear/impulse.ts';
import { ProSim } from '../../firmware-sim/gear/prosim.ts';
import { exampleOf, examplePacket } from '../../src/app/docs/examples.ts';
import { GENERATED } from '../../src/app/docs/generated.ts';
import { LAYOUTS, snake } from '../../src/app/docs/layout.ts';
import { PACKAGE_ROOT } from '../../src/app/version.ts';
import { MTU_MAX, PacketDecoder } from '../../src/protocol/codec.ts';
import type { Packet } from '../../src/protocol/codec.ts';

const docs = (file: string) => readFileSync(join(PACKAGE_ROOT, 'docs', file), 'utf8');

describe('what is generated', () => {
  test.each(Object.keys(GENERATED))('docs/%s is up to date (npm run docs)', (file) => {
    expect(docs(file)).toBe(GENERATED[file]());
  });
});

describe('the golden bytes of docs/PROTOCOL.md', () => {
  const page = docs('PROTOCOL.md');
  /** The hex under a message's heading, as a reader finds it. */
  const bytesOf = (name: string): Uint8Array => {
    const section = page.split('\n### ').find((s) => s.slice(5).startsWith(`${name} (`)) ?? '';
    const hex = /```\n([0-9a-f ]+)\n```/.exec(section)?.[1] ?? '';
    return Uint8Array.from(hex.split(' '), (byte) => parseInt(byte, 16));
  };

  test.each(LAYOUTS.map(({ type }) => [snake(type).toUpperCase(), type] as const))(
    '%s decodes to what it says',
    (name, type) => {
      const packets: Packet[] = [];
      new PacketDecoder({ mtu: MTU_MAX }).push(bytesOf(name), (packet) => packets.push(packet));
      expect(packets).toEqual([examplePacket(type)]);
      expect(packets[0].message).toEqual(exampleOf(type));
    },
  );
});

test('the C header names every message and asserts the size of every struct', () => {
  const header = docs('rwave_protocol.h');
  for (const { type, fixedBytes } of LAYOUTS) {
    expect(header).toContain(`DSP1_${snake(type).toUpperCase()} = `);
    if (fixedBytes > 0) expect(header).toContain(`DSP1_ASSERT_SIZE(dsp1_${snake(type)}_t, ${fixedBytes});`);
  }
});

test('the page about the instruments names every command that they know', () => {
  const page = docs('GEAR.md');
  for (const { gear } of [new ProSim(), new Impulse()]) {
    const { commands } = (gear as unknown as { options: GearOptions }).options;
    for (const name of Object.keys(commands)) expect(page).toMatch(new RegExp(`\\b${name}\\b`));
  }
});
