/**
 * The guard for the day on which a real unit is on the cable. A command that can charge asks here first: a device that does
 * not say SIMULATED in its WELCOME needs --allow-hv and a sentence typed by a person who reads what is on the screen.
 */
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { UsageError } from '../core/errors.ts';
import { probe } from './ports/probe.ts';

export interface HvFlags {
  allowHv?: true;
}

export interface HvDevice {
  address: string;
  model: string;
  serial: string;
  simulated: boolean;
}

export function withAllowHv(command: Command): Command {
  return command.option(
    '--allow-hv',
    'let a device charge that does not say SIMULATED; asks for a typed confirmation (docs/REAL-HARDWARE.md)',
  );
}

/** What has to be typed: it names the unit, so that nobody confirms another one than he thinks. */
export function confirmation({ serial, model }: Pick<HvDevice, 'serial' | 'model'>): string {
  return `HIGH VOLTAGE ${serial || model || 'UNKNOWN'}`;
}

/** Asks the device at this address who it is; returns the serial number that a person has permitted to charge. */
export async function permitDevice(address: string, flags: HvFlags): Promise<string | undefined> {
  const found = await probe(address, Math.floor(performance.now() * 1000) + process.pid);
  return permitHighVoltage(found, flags);
}

/**
 * Throws UsageError (exit 2) where there is no permission; returns the serial number that was permitted. A simulated device
 * needs no permission.
 */
export async function permitHighVoltage(
  device: HvDevice,
  { allowHv }: HvFlags,
  ask: (question: string) => Promise<string> = askOnTerminal,
): Promise<string | undefined> {
  if (device.simulated) return undefined;
  const { address } = device;
  if (allowHv !== true) {
    throw new UsageError(
      `${address}: the device does not say that it is SIMULATED: it may hold a lethal charge. ` +
        'Nothing was charged. Read docs/REAL-HARDWARE.md; --allow-hv and a typed confirmation let it charge',
    );
  }
  const wanted = confirmation(device);
  const typed = await ask(
    `${address}: REAL HARDWARE (${device.model}). It will charge to lethal energy. Nobody may touch pads, load or patient cable.\n` +
      `Type "${wanted}" and Enter to go on: `,
  );
  if (typed.trim() !== wanted) {
    throw new UsageError(
      `${address}: expected "${wanted}" to be typed, found "${typed.trim()}". Nothing was charged`,
    );
  }
  return device.serial;
}

/** The question goes to standard error: standard output belongs to the report. A pipe may answer as well. */
async function askOnTerminal(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  try {
    process.stderr.write(question);
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
  }
}
