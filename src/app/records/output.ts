/** Text to standard output that waits for a slow reader: memory does not grow with what is printed. */
import { once } from 'node:events';

const CHUNK = 1 << 16;

export class TextOutput {
  private text = '';

  /** Collects; call `full` now and then, and `flush` at the end. */
  add(text: string): void {
    this.text += text;
  }

  get full(): boolean {
    return this.text.length >= CHUNK;
  }

  async flush(): Promise<void> {
    const { text } = this;
    this.text = '';
    if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
  }
}
