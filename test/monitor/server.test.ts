/** The screen server with a run that only takes notes: what is served, who may connect, what reaches the run. */
import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { MonitorRun } from '../../src/app/server/monitor-run.ts';
import { ScreenServer } from '../../src/app/server/screen-server.ts';
import type { ScreenServerOptions } from '../../src/app/server/screen-server.ts';
import { loadPage } from '../../src/app/server/static-files.ts';
import type { StaticFile } from '../../src/app/server/static-files.ts';
import type { OperatorAction } from '../../src/core/session-events.ts';
import { decodeWave } from '../../src/protocol/screen.ts';
import type { BenchAction, HelloMessage, ServerMessage, StatusMessage } from '../../src/protocol/screen.ts';

const PAGE: ReadonlyMap<string, StaticFile> = new Map([
  ['/', { type: 'text/html; charset=utf-8', bytes: Buffer.from('<!doctype html>') }],
]);

class NotedRun implements MonitorRun {
  onEvent: MonitorRun['onEvent'] = () => undefined;
  onWave: MonitorRun['onWave'] = () => undefined;
  onSlowWave: MonitorRun['onSlowWave'] = () => undefined;
  readonly operated: OperatorAction[] = [];
  readonly benched: BenchAction[] = [];
  hello(): HelloMessage {
    return { type: 'hello', screen: 1, version: '0', seed: '1' } as HelloMessage;
  }
  status(): StatusMessage {
    return { type: 'status', t: 1.5, therapy: 'standby' } as StatusMessage;
  }
  operate(action: OperatorAction): void {
    this.operated.push(action);
  }
  bench(action: BenchAction): void {
    this.benched.push(action);
  }
}

const servers: ScreenServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((s) => s.close()));
});

async function start(
  options: Partial<ScreenServerOptions> = {},
): Promise<{ server: ScreenServer; run: NotedRun }> {
  const run = new NotedRun();
  const server = await ScreenServer.start({
    host: '127.0.0.1',
    port: 0,
    nextFree: false,
    page: PAGE,
    run,
    ...options,
  });
  servers.push(server);
  return { server, run };
}

interface Answer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Paths are sent as they are: fetch would tidy '..' away before it leaves. */
function ask(
  server: ScreenServer,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  const { port } = new URL(server.url);
  return new Promise((done, failed) => {
    request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      response.resume();
      done({ status: response.statusCode ?? 0, headers: response.headers });
    })
      .on('error', failed)
      .end();
  });
}

function connect(server: ScreenServer, origin: string, path = 'screen'): Promise<WebSocket> {
  return new Promise((done, failed) => {
    const ws = new WebSocket(server.url.replace('http', 'ws') + path, { origin });
    ws.once('open', () => done(ws));
    ws.once('error', failed);
  });
}

function ownOrigin(server: ScreenServer): string {
  return new URL(server.url).origin;
}

describe('the page', () => {
  test('is served with a policy that lets nothing foreign in', async () => {
    const { server } = await start();
    const { status, headers } = await ask(server, '/');
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('is all that there is: no path climbs out, nothing is written', async () => {
    const { server } = await start();
    expect((await ask(server, '/../package.json')).status).toBe(404);
    expect((await ask(server, '/%2e%2e/package.json')).status).toBe(404);
    expect((await ask(server, '/', {}, 'POST')).status).toBe(405);
  });

  test('is not shown under a foreign name', async () => {
    const { server } = await start();
    expect((await ask(server, '/', { host: 'evil.example' })).status).toBe(421);
  });

  test('that is not built is one clear line', () => {
    expect(() => loadPage('/nowhere')).toThrow('/nowhere/index.html is missing; run: npm run build');
  });
});

describe('the WebSocket', () => {
  test('refuses a foreign origin and a foreign path with 403', async () => {
    const { server, run } = await start();
    await expect(connect(server, 'http://evil.example')).rejects.toThrow('403');
    await expect(connect(server, ownOrigin(server), 'other')).rejects.toThrow('403');
    expect(run.operated).toEqual([]);
  });

  test('greets with hello, the past and the status, then carries the wave', async () => {
    const { server, run } = await start();
    run.onEvent({ type: 'energy', energyJ: 150, t: 1, sample: 500 });
    run.onEvent({ type: 'heartRate', bpm: 72, t: 1, sample: 500 });
    const seen: (ServerMessage | Uint8Array)[] = [];
    const ws = new WebSocket(server.url.replace('http', 'ws') + 'screen', { origin: ownOrigin(server) });
    ws.on('message', (data, isBinary) => {
      seen.push(isBinary ? (data as Buffer) : (JSON.parse((data as Buffer).toString()) as ServerMessage));
    });
    await expect.poll(() => seen.length).toBeGreaterThanOrEqual(3);
    // a heart rate of the past is of no use
    expect(seen.slice(0, 3).map((m) => (m as ServerMessage).type)).toEqual(['hello', 'event', 'status']);
    run.onWave({ fs: 500, firstSample: 20, n: 2, leads: [new Float64Array([0.5, NaN, 9])] });
    await expect.poll(() => seen.some((m) => m instanceof Uint8Array)).toBe(true);
    const wave = seen.find((m) => m instanceof Uint8Array);
    expect(decodeWave(wave as Uint8Array)).toMatchObject({ firstSample: 20, n: 2 });
    ws.terminate();
  });

  test('hands actions on, drops what is no message, and survives a page that shouts', async () => {
    const { server, run } = await start();
    const ws = await connect(server, ownOrigin(server));
    ws.send('not json');
    ws.send(new Uint8Array(10));
    ws.send(JSON.stringify({ type: 'operate', action: { type: 'charge' } }));
    ws.send(JSON.stringify({ type: 'bench', action: { type: 'rhythm', rhythm: 'vf' } }));
    await expect.poll(() => run.benched).toEqual([{ type: 'rhythm', rhythm: 'vf' }]);
    expect(run.operated).toEqual([{ type: 'charge' }]);
    const closed = new Promise((done) => ws.once('close', done));
    ws.on('error', () => undefined);
    ws.send('x'.repeat(10_000));
    await closed;
    expect((await ask(server, '/')).status).toBe(200);
  });
});

describe('a port that is taken', () => {
  test('gives the next free one where the user named none', async () => {
    const { server: first } = await start();
    const port = Number(new URL(first.url).port);
    const { server: second } = await start({ port, nextFree: true });
    expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
  });

  test('is one clear line where the user named it', async () => {
    const { server: first } = await start();
    const port = Number(new URL(first.url).port);
    await expect(start({ port })).rejects.toThrow(
      `port ${port} on 127.0.0.1 is taken; choose another with --port`,
    );
  });
});
