/**
 * A link over TCP: the transport that is always there (containers, Windows, a box on another machine).
 *
 * Without Nagle's delay. A peer that does not read makes `write` refuse after QUEUE_BYTES; it never makes us grow.
 */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { NoDeviceError, UsageError } from '../core/errors.ts';
import { Endpoint } from './endpoint.ts';
import type { Link } from './link.ts';

const QUEUE_BYTES = 65_536;
const CONNECT_MS = 3000;

function socketLink(socket: Socket, name: string): Link {
  socket.setNoDelay(true);
  const link = new Endpoint(name, {
    send: (bytes) => {
      if (socket.writableLength + bytes.length > QUEUE_BYTES) return false;
      socket.write(Uint8Array.from(bytes));
      return true;
    },
    shut: () => {
      socket.end();
      // Who does not read our farewell within a second is cut off.
      setTimeout(() => socket.destroy(), 1000).unref();
    },
  });
  socket.on('data', (bytes) => link.arrive(bytes));
  socket.on('error', (error) => link.end(error.message));
  socket.on('end', () => link.end('the other end closed'));
  socket.on('close', () => link.end('the other end closed'));
  return link;
}

export function connectTcp(host: string, port: number): Promise<Link> {
  const name = `tcp:${host}:${port}`;
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const fail = (why: string) => {
      socket.destroy();
      reject(new NoDeviceError(`no device answers at ${name}: ${why}`));
    };
    socket.setTimeout(CONNECT_MS, () => fail(`no connection within ${CONNECT_MS / 1000} s`));
    socket.once('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.removeAllListeners('error');
      resolve(socketLink(socket, name));
    });
  });
}

export interface TcpListener {
  readonly host: string;
  readonly port: number;
  close(): void;
}

export interface ListenOptions {
  host?: string;
  /** 0: any that is free. */
  port: number;
  /** A cable has one plug: who comes while another is there is turned away. */
  oneAtATime?: boolean;
  onLink: (link: Link) => void;
}

export function listenTcp({
  host = '127.0.0.1',
  port,
  oneAtATime,
  onLink,
}: ListenOptions): Promise<TcpListener> {
  const open = new Set<Link>();
  const server = createServer((socket) => {
    for (const link of open) if (!link.open) open.delete(link);
    if (oneAtATime === true && open.size > 0) {
      socket.destroy();
      return;
    }
    const link = socketLink(socket, `tcp:${socket.remoteAddress ?? '?'}:${socket.remotePort ?? 0}`);
    open.add(link);
    onLink(link);
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new UsageError(`cannot listen on ${host}:${port}: ${error.code ?? error.message}`));
    });
    server.listen(port, host, () => resolve(listenerOf(server, open)));
  });
}

function listenerOf(server: Server, open: ReadonlySet<Link>): TcpListener {
  const { address, port } = server.address() as AddressInfo;
  return {
    host: address,
    port,
    close() {
      for (const link of open) link.close();
      server.close();
    },
  };
}
