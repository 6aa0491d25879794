import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { RecordError } from '../../src/core/errors.ts';
import { runDevice } from '../../src/app/device/run-device.ts';
import { packetLine } from '../../src/app/trace/describe.ts';
import { FrameSplitter } from '../../src/app/trace/frames.ts';
import { replayBox } from '../../src/app/trace/replay-box.ts';
import { fromHex, parseTrace } from '../../src/app/trace/trace-line.ts';
import { examplePacket } from '../../src/app/docs/examples.ts';
import { encodePacket } from '../../src/protocol/codec.ts';
import { BenchClient, LiveHost, until } from './device-kit.ts';

const folder = mkdtempSync(join(tmpdir(), 'rwave-trace-'));
const trace = join(folder, 'run.jsonl');
const pcap = join(folder, 'run.pcapng');

/** A run in real time: connect, charge, shock, another rhythm over the bench channel. */
async function record(): Promise<void> {
  const device = await runDevice({
    transport: { kind: 'pty' },
    seed: 5,
    profile: 'als',
    rhythm: 'vf',
    controlPort: 0,
    faults: '',
    trace,
    pcap,
  });
  const about = device.about as { address: string; control: string };
  const desk = await BenchClient.connect(about.control);
  const host = await LiveHost.connect(about.address);
  await until('the self-test', () => host.received > 350);
  host.session.operate({ type: 'selectEnergy', energyJ: 10 }, host.now);
  host.session.operate({ type: 'charge' }, host.now);
  await until('charged', () => host.event('charged') !== undefined);
  await desk.ask({ do: 'setRhythm', rhythm: 'asystole' });
  host.session.operate({ type: 'shock' }, host.now);
  await until('the shock', () => host.event('shock') !== undefined);
  host.stop();
  desk.close();
  device.close();
}

describe('a trace of a box on a pseudo-terminal', () => {
  beforeAll(record);
  const parsed = () => parseTrace(readFileSync(trace, 'utf8'), trace);

  test('holds what both sides said, in words', () => {
    const text = readFileSync(trace, 'utf8');
    for (const word of ['"hello"', '"welcome"', '"charge"', '"fire"', '"wave"']) expect(text).toContain(word);
    expect(text).toContain('"bench":{"id":1,"do":"setRhythm"');
  });

  test('runs again in memory, byte for byte', () => {
    const { header, lines } = parsed();
    const verdict = replayBox(header, lines);
    expect(verdict).toMatchObject({ same: true });
    expect(verdict.bytes).toBeGreaterThan(3000);
  });

  test('tells another box apart, and where', () => {
    const { header, lines } = parsed();
    const other = { ...header, box: { seed: 6, profile: 'als', rhythm: 'vf' } };
    const verdict = replayBox(other, lines);
    expect(verdict.same).toBe(false);
    expect(verdict.differsAt).toBeDefined();
  });

  test('has the same packets in its pcapng twin', () => {
    const file = readFileSync(pcap);
    expect(file.readUInt32LE(0)).toBe(0x0a0d0d0a);
    let packets = 0;
    let lastNs = 0n;
    for (let at = 0; at < file.length;) {
      const type = file.readUInt32LE(at);
      const length = file.readUInt32LE(at + 4);
      expect(file.readUInt32LE(at + length - 4)).toBe(length);
      if (type === 6) {
        packets++;
        const ns = (BigInt(file.readUInt32LE(at + 12)) << 32n) | BigInt(file.readUInt32LE(at + 16));
        expect(ns).toBeGreaterThanOrEqual(lastNs);
        lastNs = ns;
        expect(file[at + 28 + file.readUInt32LE(at + 20) - 1]).toBe(0);
      }
      at += length;
    }
    const { lines } = parsed();
    const splitter = new FrameSplitter();
    let expected = 0;
    for (const side of ['host', 'device'] as const) {
      for (const line of lines) {
        if (!('hex' in line) || line.from !== side) continue;
        splitter.push(fromHex(line.hex) ?? new Uint8Array(0), () => expected++);
      }
    }
    expect(packets).toBe(expected);
  });
});

describe('a trace file that is wrong', () => {
  test.each([
    ['', /:1: expected a trace that starts with/],
    ['{"a":1}', /:1: expected a trace/],
    ['{"trace":1}\nnonsense', /:2: expected one JSON object a line, found "nonsense"/],
    ['{"trace":1}\n{"from":"host","hex":""}', /:2: expected "ns"/],
    ['{"trace":1}\n{"ns":1,"from":"moon","hex":"00"}', /:2: expected "from" and "hex"/],
    ['{"trace":1}\n{"ns":1,"from":"host","hex":"0"}', /:2: expected "from" and "hex"/],
  ])('%j is refused with its place', (text, message) => {
    const read = () => parseTrace(text, 'run.jsonl');
    expect(read).toThrow(RecordError);
    expect(read).toThrow(message);
  });
});

test('a packet in words names its codes', () => {
  expect(packetLine(examplePacket('charge'))).toBe('CHARGE seq 7 session 2bad energyDj=2000');
  expect(packetLine(examplePacket('nak'))).toContain('code=badState');
  expect(packetLine(examplePacket('event'))).toContain('faults=[lowBattery]');
});

test('frames are the same however the bytes were cut', () => {
  const wire = Uint8Array.from([
    ...new TextEncoder().encode('IDENT\r\n'),
    ...encodePacket(examplePacket('fire')),
    0,
    ...encodePacket(examplePacket('disarm')),
  ]);
  const frames = (step: number) => {
    const list: string[] = [];
    const splitter = new FrameSplitter();
    for (let at = 0; at < wire.length; at += step) {
      splitter.push(wire.subarray(at, at + step), (f) => list.push(Buffer.from(f).toString('hex')));
    }
    return list;
  };
  expect(frames(1)).toEqual(frames(1000));
  expect(frames(1).filter((f) => f.endsWith('00'))).toHaveLength(2);
});
