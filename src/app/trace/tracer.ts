/** Writes what passes on a cable: `--trace FILE` as JSON lines, `--pcap FILE` for Wireshark. */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Command } from 'commander';
import { UsageError } from '../../core/errors.ts';
import { tap } from '../../link/tap.ts';
import type { Link } from '../../link/link.ts';
import type { BenchRequest } from '../../protocol/bench-messages.ts';
import { MTU_MAX, PacketDecoder, SCHEMA_HASH } from '../../protocol/codec.ts';
import { describePacket } from './describe.ts';
import { FrameSplitter } from './frames.ts';
import { pcapngHead, pcapngPacket } from './pcapng.ts';
import { toHex } from './trace-line.ts';
import type { Side, TraceHeader, TraceLine } from './trace-line.ts';

export interface TraceFlags {
  trace?: string;
  pcap?: string;
}

/** Adds the two options to a command. */
export function withTraceOptions(command: Command): Command {
  return command
    .option('--trace <file>', 'write every byte on the cable, with nanoseconds, as JSON lines (rwave decode)')
    .option('--pcap <file>', 'write the packets on the cable for Wireshark (docs/rwave.lua)');
}

function create(option: string, path: string): number {
  try {
    return openSync(path, 'w');
  } catch (error) {
    throw new UsageError(
      `${option} ${path}: ${(error as NodeJS.ErrnoException).code ?? 'cannot be written'}`,
    );
  }
}

export class Tracer {
  private readonly traceFd: number | undefined;
  private readonly pcapFd: number | undefined;
  private readonly decoders: Readonly<Record<Side, PacketDecoder>>;
  private readonly splitters: Readonly<Record<Side, FrameSplitter>>;
  private isOpen = true;

  constructor({ trace, pcap }: TraceFlags, box?: TraceHeader['box']) {
    if (trace !== undefined) this.traceFd = create('--trace', trace);
    if (pcap !== undefined) this.pcapFd = create('--pcap', pcap);
    this.decoders = {
      host: new PacketDecoder({ mtu: MTU_MAX }),
      device: new PacketDecoder({ mtu: MTU_MAX }),
    };
    this.splitters = { host: new FrameSplitter(), device: new FrameSplitter() };
    this.writeLine({ trace: 1, protocol: 'DSP/1', schemaHash: SCHEMA_HASH, ...(box && { box }) });
    if (this.pcapFd !== undefined) writeSync(this.pcapFd, pcapngHead());
  }

  bytes(ns: number, from: Side, bytes: Uint8Array): void {
    if (!this.isOpen || bytes.length === 0) return;
    if (this.traceFd !== undefined) {
      const packets: object[] = [];
      const decoder = this.decoders[from];
      decoder.onLine = (line) => packets.push({ line });
      decoder.push(bytes, (packet) => packets.push(describePacket(packet)));
      this.writeLine({ ns, from, hex: toHex(bytes), ...(packets.length > 0 && { packets }) });
    }
    const { pcapFd } = this;
    if (pcapFd !== undefined) {
      this.splitters[from].push(bytes, (frame) => {
        writeSync(pcapFd, pcapngPacket(ns, from === 'host', frame));
      });
    }
  }

  bench(ns: number, request: BenchRequest): void {
    this.writeLine({ ns, bench: request });
  }

  /** A link whose traffic is written; `near` is the side that holds it. */
  around(link: Link, near: Side, clockNs: () => number): Link {
    const far: Side = near === 'host' ? 'device' : 'host';
    return tap(link, {
      bytes: (direction, bytes) => this.bytes(clockNs(), direction === 'out' ? near : far, bytes),
    });
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    if (this.traceFd !== undefined) closeSync(this.traceFd);
    if (this.pcapFd !== undefined) closeSync(this.pcapFd);
  }

  private writeLine(line: TraceLine): void {
    if (this.isOpen && this.traceFd !== undefined) writeSync(this.traceFd, `${JSON.stringify(line)}\n`);
  }
}

/** A tracer where one of the two options was given. */
export function tracerOf(flags: TraceFlags, box?: TraceHeader['box']): Tracer | undefined {
  return flags.trace === undefined && flags.pcap === undefined ? undefined : new Tracer(flags, box);
}
