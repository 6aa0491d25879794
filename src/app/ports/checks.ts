/** What `rwave doctor` looks at on this computer, each with what to do about it. */
import { accessSync, constants } from 'node:fs';
import { userInfo } from 'node:os';
import { openPty } from '../../link/pty.ts';
import { holdersOf, latencyTimerOf, realPath } from './serial-ports.ts';
import type { PortEntry } from './serial-ports.ts';

export interface Check {
  name: string;
  /** 'warn' does not stop anybody. */
  state: 'ok' | 'warn' | 'fail';
  found: string;
  /** What helps. */
  fix?: string;
}

const OLDEST_NODE = [20, 19] as const;

function checkNode(version = process.versions.node): Check {
  const [major, minor] = version.split('.').map(Number);
  const isFine = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const check: Check = { name: 'node', state: isFine ? 'ok' : 'fail', found: version };
  return isFine ? check : { ...check, fix: `install Node ${OLDEST_NODE.join('.')} or newer` };
}

function checkPty(): Check {
  try {
    const pty = openPty();
    pty.close();
    return { name: 'pseudo-terminals', state: 'ok', found: pty.path };
  } catch (error) {
    return {
      name: 'pseudo-terminals',
      state: 'warn',
      found: (error as Error).message,
      fix: 'use rwave device --tcp PORT',
    };
  }
}

function checkPool(size = process.env['UV_THREADPOOL_SIZE']): Check {
  const found = size ?? '4 (Node default)';
  // Measured: four jobs that fill the pool of 4 turn a round trip of 0.3 ms into 266 ms; with 8 it is 8 ms.
  return Number(size ?? 4) >= 8
    ? { name: 'thread pool', state: 'ok', found }
    : {
        name: 'thread pool',
        state: 'ok',
        found,
        fix: 'serial ports wait when other work fills it: UV_THREADPOOL_SIZE=8 before a start beside heavy jobs',
      };
}

export function checkComputer(): Check[] {
  return [checkNode(), checkPty(), checkPool()];
}

function checkAccess(path: string): Check {
  const name = `${path} access`;
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return { name, state: 'ok', found: 'may read and write' };
  } catch (error) {
    const { code = 'failed' } = error as NodeJS.ErrnoException;
    const fix =
      code === 'ENOENT'
        ? 'plug it in; rwave list shows what is there'
        : `sudo usermod -aG dialout ${userInfo().username}, then log in again`;
    return { name, state: 'fail', found: code, fix };
  }
}

function checkHolders(path: string, root?: string): Check {
  const holders = holdersOf(path, root).filter(({ pid }) => pid !== process.pid);
  const name = `${path} in use`;
  if (holders.length === 0) return { name, state: 'ok', found: 'nobody holds it, as far as we may see' };
  const list = holders.map((h) => `${h.name} (${h.pid})`).join(', ');
  const modem = holders.some((h) => h.name === 'ModemManager');
  const fix = modem ? 'sudo systemctl stop ModemManager' : `close it: kill ${holders[0].pid}`;
  return { name, state: 'fail', found: list, fix };
}

function checkLatency(path: string, root?: string): Check[] {
  const ms = latencyTimerOf(path, root);
  if (ms === undefined) return [];
  const name = `${path} latency timer`;
  if (ms <= 2) return [{ name, state: 'ok', found: `${ms} ms` }];
  const device = path.slice(path.lastIndexOf('/') + 1);
  const fix = `echo 1 | sudo tee /sys/bus/usb-serial/devices/${device}/latency_timer`;
  return [{ name, state: 'warn', found: `${ms} ms: bytes come in bursts`, fix }];
}

/** `root` is for tests. */
export function checkPort(port: PortEntry, root?: string): Check[] {
  // The box that made a pseudo-terminal holds it too, and must.
  const isTerminal = realPath(port.path).startsWith('/dev/pts/');
  const holders = isTerminal ? [] : [checkHolders(port.path, root)];
  return [checkAccess(port.path), ...holders, ...checkLatency(port.path, root)];
}
