/**
 * Serial ports of this computer. The library asks `udevadm`, which containers do not have: then we look in /dev
 * and /sys ourselves.
 */
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SerialPort } from 'serialport';

export interface PortEntry {
  path: string;
  /** 'vvvv:pppp' of a USB adapter. */
  usb?: string;
  manufacturer?: string;
  serialNumber?: string;
}

/** Adapters with a USB name; a motherboard's ttyS* without a device behind it are left out. */
const NAMES = /^(ttyUSB|ttyACM|ttyAMA|rfcomm|cu\.usb|tty\.usb)/;

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** The folder in /sys of the USB device behind a tty: the first above it that has an idVendor. */
function usbFolder(root: string, tty: string): string | undefined {
  try {
    let folder = realpathSync(join(root, 'sys/class/tty', tty, 'device'));
    for (let up = 0; up < 5; up++, folder = join(folder, '..')) {
      if (existsSync(join(folder, 'idVendor'))) return folder;
    }
  } catch {
    // not on USB
  }
  return undefined;
}

/** Looks for itself, without udev. `root` is for tests. */
export function scanPorts(root = '/'): PortEntry[] {
  let names: string[];
  try {
    names = readdirSync(join(root, 'dev')).filter((name) => NAMES.test(name));
  } catch {
    return [];
  }
  return names.sort().map((name) => {
    const entry: PortEntry = { path: join(root, 'dev', name) };
    const folder = usbFolder(root, name);
    if (folder === undefined) return entry;
    const [vendor, product] = [read(join(folder, 'idVendor')), read(join(folder, 'idProduct'))];
    if (vendor !== undefined && product !== undefined) entry.usb = `${vendor}:${product}`;
    const manufacturer = read(join(folder, 'manufacturer'));
    if (manufacturer !== undefined) entry.manufacturer = manufacturer;
    const serialNumber = read(join(folder, 'serial'));
    if (serialNumber !== undefined) entry.serialNumber = serialNumber;
    return entry;
  });
}

export async function listPorts(): Promise<PortEntry[]> {
  try {
    const ports = await SerialPort.list();
    return ports
      .filter((p) => p.vendorId !== undefined || NAMES.test(basename(p.path)) || process.platform === 'win32')
      .map((p) => ({
        path: p.path,
        ...(p.vendorId !== undefined && { usb: `${p.vendorId}:${p.productId ?? '????'}`.toLowerCase() }),
        ...(p.manufacturer !== undefined && { manufacturer: p.manufacturer }),
        ...(p.serialNumber !== undefined && { serialNumber: p.serialNumber }),
      }));
  } catch {
    return scanPorts();
  }
}

/** Who has the port open: process id and name. Only processes that we may look into. */
export function holdersOf(path: string, root = '/'): { pid: number; name: string }[] {
  const target = realPath(path);
  const proc = join(root, 'proc');
  return pidsIn(proc).flatMap((pid) => {
    const folder = join(proc, String(pid), 'fd');
    try {
      const holds = readdirSync(folder).some((fd) => linkOf(join(folder, fd)) === target);
      return holds ? [{ pid, name: read(join(proc, String(pid), 'comm')) ?? '?' }] : [];
    } catch {
      return [];
    }
  });
}

function pidsIn(proc: string): number[] {
  try {
    return readdirSync(proc)
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** Where symbolic links lead. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Milliseconds for which an FTDI chip collects bytes; undefined where there is no such thing. */
export function latencyTimerOf(path: string, root = '/'): number | undefined {
  const text = read(join(root, 'sys/bus/usb-serial/devices', basename(realPath(path)), 'latency_timer'));
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text);
}
