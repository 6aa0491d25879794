/**
 * Lines from a serial port, as bench instruments take them: CR, LF or both end a line, backspace deletes, ESC throws the
 * line away. A line that is too long is reported once, when it ends, and forgotten.
 */
const MOST = 80;
const BACKSPACE = 0x08;
const DELETE = 0x7f;
const ESCAPE = 0x1b;
const CR = 0x0d;
const LF = 0x0a;

export class LineInput {
  private text = '';
  private tooLong = false;
  private readonly onLine: (line: string) => void;
  private readonly onOverflow: () => void;

  constructor(onLine: (line: string) => void, onOverflow: () => void) {
    this.onLine = onLine;
    this.onOverflow = onOverflow;
  }

  receive(bytes: Uint8Array): void {
    for (const byte of bytes) this.take(byte);
  }

  private take(byte: number): void {
    if (byte === CR || byte === LF) this.end();
    else if (byte === ESCAPE) this.clear();
    else if (byte === BACKSPACE || byte === DELETE) this.text = this.text.slice(0, -1);
    else if (this.text.length >= MOST) this.tooLong = true;
    else if (byte >= 0x20 && byte < 0x7f) this.text += String.fromCharCode(byte);
  }

  private end(): void {
    const line = this.text.trim();
    const { tooLong } = this;
    this.clear();
    if (tooLong) this.onOverflow();
    else if (line !== '') this.onLine(line);
  }

  private clear(): void {
    this.text = '';
    this.tooLong = false;
  }
}
