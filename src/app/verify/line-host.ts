/** A terminal program: sends lines, keeps the lines that come back. For the ASCII personality. */
import { LineSplitter } from '../../protocol/lines.ts';
import type { HostEnd } from './stand.ts';

export class LineHost implements HostEnd {
  onSend: (bytes: Uint8Array) => void = () => undefined;
  readonly lines: string[] = [];
  private readonly splitter = new LineSplitter();

  opened(): void {
    // nothing is said before somebody asks
  }

  closed(): void {
    // the stand tells
  }

  receive(bytes: Uint8Array): void {
    this.splitter.push(bytes, (line) => this.lines.push(line.trim()));
  }

  poll(): undefined {
    return undefined;
  }

  say(line: string): void {
    this.onSend(new TextEncoder().encode(`${line}\r\n`));
  }
}
