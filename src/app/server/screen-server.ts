/**
 * The monitor's server: the built page over HTTP, and one WebSocket (`/screen`) on which every page sees the same run.
 *
 * A page that comes late gets hello, the events so far (the last 500) and the status; a page that does not read is
 * skipped: its waveform is dropped while more than 1 MiB waits for it.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { RwaveError, UsageError } from '../../core/errors.ts';
import type { SessionEvent } from '../../core/session-events.ts';
import { encodeSlowWave, encodeWave, parsePageMessage } from '../../protocol/screen.ts';
import type { ServerMessage } from '../../protocol/screen.ts';
import { hostAllowed, refusal, SECURITY_HEADERS, urlHost } from './guard.ts';
import type { MonitorRun } from './monitor-run.ts';
import type { StaticFile } from './static-files.ts';

const MANY: readonly string[] = [
  ...(['beat', 'sync', 'heartRate', 'pacePulse', 'vitals'] satisfies SessionEvent['type'][]),
];
const EVENTS_KEPT = 500;
const STATUS_EVERY_MS = 100;
const MOST_WAITING_BYTES = 1 << 20;
const LARGEST_MESSAGE_BYTES = 4096;
const PORTS_TRIED = 20;

export interface ScreenServerOptions {
  host: string;
  port: number;
  /** Take the next free port when this one is taken. */
  nextFree: boolean;
  page: ReadonlyMap<string, StaticFile>;
  run: MonitorRun;
  /** What is made when it is asked for. */
  made?: (path: string) => StaticFile | undefined;
}

export class ScreenServer {
  readonly url: string;
  private readonly http: Server;
  private readonly sockets: WebSocketServer;
  private readonly run: MonitorRun;
  private readonly past: string[] = [];
  private readonly ticker: NodeJS.Timeout;
  private lastStatus = '';

  private constructor(http: Server, options: ScreenServerOptions) {
    const { port } = http.address() as AddressInfo;
    this.url = `http://${urlHost(options.host)}:${port}/`;
    this.http = http;
    this.run = options.run;
    this.sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE_BYTES });
    http.on('request', (request, response) => serve(options, request, response));
    http.on('upgrade', (request, socket, head) => {
      const why = pathOf(request) === '/screen' ? refusal(request, options.host) : 'no such path';
      if (why !== undefined) {
        socket.end(`HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-type: text/plain\r\n\r\n${why}\n`);
        return;
      }
      this.sockets.handleUpgrade(request, socket, head, (ws) => this.welcome(ws));
    });
    this.run.onEvent = (event) => this.tell(event);
    this.run.onWave = (wave) => {
      if (this.sockets.clients.size > 0) {
        this.broadcast(encodeWave(wave.fs, wave.firstSample, wave.n, wave.leads));
      }
    };
    this.run.onSlowWave = (fs, wave) => {
      if (this.sockets.clients.size > 0) this.broadcast(encodeSlowWave(fs, wave));
    };
    this.ticker = setInterval(() => this.refresh(), STATUS_EVERY_MS);
  }

  static async start(options: ScreenServerOptions): Promise<ScreenServer> {
    const http = createServer();
    await listen(http, options);
    return new ScreenServer(http, options);
  }

  async close(): Promise<void> {
    clearInterval(this.ticker);
    for (const ws of this.sockets.clients) ws.terminate();
    this.http.closeAllConnections();
    await new Promise((done) => this.http.close(done));
  }

  private welcome(ws: WebSocket): void {
    ws.on('error', () => ws.terminate());
    ws.on('message', (data, isBinary) => {
      if (!isBinary) this.obey((data as Buffer).toString('utf8'));
    });
    ws.send(JSON.stringify(this.run.hello()));
    for (const event of this.past) ws.send(event);
    ws.send(JSON.stringify(this.run.status()));
  }

  private obey(text: string): void {
    const message = parsePageMessage(text);
    if (message === undefined) return;
    if (message.type === 'operate') this.run.operate(message.action);
    else this.run.bench(message.action);
    this.refresh();
  }

  private tell(event: SessionEvent): void {
    const text = JSON.stringify({ type: 'event', event } satisfies ServerMessage);
    // Beats and heart rates are many and nobody reads old ones.
    if (!MANY.includes(event.type)) {
      this.past.push(text);
      if (this.past.length > EVENTS_KEPT) this.past.shift();
    }
    this.broadcast(text);
    if (event.type === 'state' || event.type === 'refused') this.refresh();
  }

  /** Sends the status where it changed. Its clock makes that at least once a second. */
  private refresh(): void {
    if (this.sockets.clients.size === 0) return;
    const status = this.run.status();
    const text = JSON.stringify({ ...status, t: Math.floor(status.t) });
    if (text === this.lastStatus) return;
    this.lastStatus = text;
    this.broadcast(text);
  }

  private broadcast(data: string | Uint8Array): void {
    for (const ws of this.sockets.clients) {
      const full = typeof data !== 'string' && ws.bufferedAmount > MOST_WAITING_BYTES;
      if (ws.readyState === WebSocket.OPEN && !full) ws.send(data);
    }
  }
}

function serve(options: ScreenServerOptions, request: IncomingMessage, response: ServerResponse): void {
  const path = pathOf(request);
  const file = options.page.get(path) ?? options.made?.(path);
  const [status, body] = !hostAllowed(request.headers.host, options.host)
    ? ([421, 'this server does not answer to that name\n'] as const)
    : request.method !== 'GET' && request.method !== 'HEAD'
      ? ([405, 'only GET\n'] as const)
      : file === undefined
        ? ([404, 'no such page\n'] as const)
        : ([200, file.bytes] as const);
  const type = status === 200 && file !== undefined ? file.type : 'text/plain; charset=utf-8';
  const policy = file?.policy === undefined ? {} : { 'content-security-policy': file.policy };
  response.writeHead(status, { ...SECURITY_HEADERS, ...policy, 'content-type': type });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/';
}

async function listen(http: Server, options: ScreenServerOptions): Promise<void> {
  const last = options.nextFree && options.port !== 0 ? options.port + PORTS_TRIED - 1 : options.port;
  for (let port = options.port; port <= Math.min(last, 65535); port++) {
    const error = await tryListen(http, options.host, port);
    if (error === undefined) return;
    if (error.code !== 'EADDRINUSE') {
      throw new RwaveError(`cannot listen on ${options.host}:${port}: ${error.code ?? error.message}`);
    }
  }
  throw new UsageError(
    last === options.port
      ? `port ${options.port} on ${options.host} is taken; choose another with --port`
      : `ports ${options.port} to ${last} on ${options.host} are all taken; choose another with --port`,
  );
}

function tryListen(http: Server, host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((done) => {
    const failed = (error: NodeJS.ErrnoException) => done(error);
    http.once('error', failed);
    http.listen({ host, port }, () => {
      http.off('error', failed);
      done(undefined);
    });
  });
}
