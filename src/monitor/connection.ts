/** The WebSocket to the server, opened again and again until it answers: after 0.5 s, then twice that, at most 4 s. */
import type { PageMessage, ScreenSlowWave, ScreenWave, ServerMessage } from '../protocol/screen.ts';
import { decodeSlowWave, decodeWave, parseServerMessage } from '../protocol/screen.ts';

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 4000;

export interface ConnectionEvents {
  onWave(wave: ScreenWave): void;
  onSlowWave(wave: ScreenSlowWave): void;
  onMessage(message: ServerMessage): void;
  onOpen(): void;
  onLost(): void;
}

export class Connection {
  private readonly url: string;
  private readonly events: ConnectionEvents;
  private socket: WebSocket | undefined;
  private retryMs = FIRST_RETRY_MS;

  constructor(url: string, events: ConnectionEvents) {
    this.url = url;
    this.events = events;
    this.connect();
  }

  get open(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  send(message: PageMessage): void {
    if (this.open) this.socket?.send(JSON.stringify(message));
  }

  private connect(): void {
    const socket = new WebSocket(this.url);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    socket.addEventListener('open', () => {
      this.retryMs = FIRST_RETRY_MS;
      this.events.onOpen();
    });
    socket.addEventListener('message', (event: MessageEvent<unknown>) => this.receive(event.data));
    socket.addEventListener('close', () => {
      this.events.onLost();
      setTimeout(() => this.connect(), this.retryMs);
      this.retryMs = Math.min(LAST_RETRY_MS, 2 * this.retryMs);
    });
  }

  private receive(data: unknown): void {
    if (data instanceof ArrayBuffer) {
      const bytes = new Uint8Array(data);
      const wave = decodeWave(bytes);
      const slow = decodeSlowWave(bytes);
      if (wave !== undefined) this.events.onWave(wave);
      else if (slow !== undefined) this.events.onSlowWave(slow);
    } else if (typeof data === 'string') {
      const message = parseServerMessage(data);
      if (message !== undefined) this.events.onMessage(message);
    }
  }
}

/** Next to the page, whatever folder it is served from. */
export function socketUrl(page: Location): string {
  const url = new URL('screen', page.href);
  url.protocol = page.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
