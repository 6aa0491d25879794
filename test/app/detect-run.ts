/** Runs `rwave detect` in this process, with what the program makes of an error (main.ts); and a record made for it. */
import { writeFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { vi } from 'vitest';
import { WfdbWriter } from '../../signals/formats/index.ts';
import { detectCommand } from '../../src/app/commands/detect.ts';
import { RwaveError } from '../../src/core/errors.ts';

export interface Run {
  code: number;
  out: string;
  err: string;
}

export async function detect(...args: string[]): Promise<Run> {
  const run: Run = { code: 0, out: '', err: '' };
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    run.out += String(text);
    return true;
  });
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    run.err += String(text);
    return true;
  });
  const program = new Command().exitOverride();
  detectCommand.register(program);
  program.commands[0].exitOverride();
  try {
    await program.parseAsync(['detect', ...args], { from: 'user' });
    run.code = Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) run.code = error.exitCode === 0 ? 0 : 2;
    else if (error instanceof RwaveError) {
      run.code = error.exitCode;
      run.err += `rwave: ${error.message}\n`;
    } else throw error;
  } finally {
    out.mockRestore();
    err.mockRestore();
    process.exitCode = 0;
  }
  return run;
}

/** Two leads, 360 Hz: the first one has a QRS every 0.8 s from 0.5 s on, the second one the same 0.2 s later. */
export function writeRecord(path: string, seconds: number): void {
  const fs = 360;
  const lead = (delayS: number) =>
    Float64Array.from({ length: seconds * fs }, (_, i) => qrs(i / fs - 0.5 - delayS) + 0.01 * Math.sin(i));
  const signal = { description: 'II', units: 'mV', adcGain: 200, baseline: 0, adcRes: 12, adcZero: 0 };
  const writer = new WfdbWriter(path, { fs, format: 212, signals: [signal, signal] });
  writer.write([lead(0), lead(0.2)], seconds * fs);
  writer.close();
}

const PERIOD_S = 0.8;

function qrs(t: number): number {
  const beat = Math.max(0, Math.round(t / PERIOD_S));
  return 1.2 * Math.exp(-0.5 * ((t - beat * PERIOD_S) / 0.012) ** 2);
}

/** A header without a signal file that fits it. */
export function writeHeader(path: string, text: string): void {
  writeFileSync(`${path}.hea`, text);
}
