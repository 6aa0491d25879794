/** Bytes in pieces of any size to lines of UTF-8 text. A line longer than the limit is dropped whole. */
export class LineSplitter {
  private readonly limit: number;
  private readonly decoder = new TextDecoder();
  private rest = '';
  private skipping = false;

  constructor(limit = 65_536) {
    this.limit = limit;
  }

  push(bytes: Uint8Array, onLine: (line: string) => void): void {
    const parts = this.decoder.decode(bytes, { stream: true }).split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) this.endLine(part, onLine);
    if (this.rest.length + last.length > this.limit) {
      this.rest = '';
      this.skipping = true;
    } else if (!this.skipping) {
      this.rest += last;
    }
  }

  private endLine(part: string, onLine: (line: string) => void): void {
    const line = (this.rest + part).replace(/\r$/, '');
    const isWhole = !this.skipping && line.length <= this.limit;
    this.rest = '';
    this.skipping = false;
    if (isWhole && line !== '') onLine(line);
  }
}
