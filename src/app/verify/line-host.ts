/** A terminal program: sends lines, keeps the lines that come back. For the ASCII personality. */
import { PacketDecoder } from '../../protocol/codec.ts';
import type { HostEnd } from './stand.ts';

export class LineHost implements HostEnd {
  onSend: (bytes: Uint8Array) => void = () => undefined;
  readonly lines: string[] = [];
  // Last packets of a session that was there before are no lines.
  private readonly decoder = new PacketDecoder({
    from: 'device',
    onLine: (line) => void this.lines.push(line.trim()),
  });

  opened(): void {
    // nothing is said before somebody asks
  }

  closed(): void {
    // the stand tells
  }

  receive(bytes: Uint8Array): void {
    this.decoder.push(bytes, () => undefined);
  }

  poll(): undefined {
    return undefined;
  }

  say(line: string): void {
    this.onSend(new TextEncoder().encode(`${line}\r\n`));
  }
}
