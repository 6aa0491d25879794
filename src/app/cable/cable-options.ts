/**
 * The options that every command with a cable has: what goes wrong on it, and who writes down what passes.
 *
 * `boxIsOurs`: the command simulates the box itself, so that `--faults` may break its parts, too.
 */
import type { Command } from 'commander';
import { DEFECT_NAMES } from '../../../firmware-sim/defects/index.ts';
import { FAULT_HELP, parseFaults } from '../../link/fault-spec.ts';
import type { FaultSpec } from '../../link/fault-spec.ts';
import { FAULTS } from '../../protocol/messages.ts';
import { withTraceOptions } from '../trace/tracer.ts';
import type { TraceFlags } from '../trace/tracer.ts';

export interface CableFlags extends TraceFlags {
  faults: string;
}

/** What `--faults` may break in a simulated box, with a time. */
const BOX_FAULT_NAMES: readonly string[] = [...DEFECT_NAMES, ...FAULTS];

export function withCableOptions(command: Command, { boxIsOurs }: { boxIsOurs: boolean }): Command {
  const box = boxIsOurs
    ? `; in the box, as NAME@TIME[:LENGTH]: ${DEFECT_NAMES.join(', ')}, or a fault by its name in docs/SAFETY.md`
    : '';
  return withTraceOptions(command).option('--faults <spec>', `what goes wrong: ${FAULT_HELP}${box}`, '');
}

export function faultsOf(text: string, { boxIsOurs }: { boxIsOurs: boolean }): FaultSpec {
  return parseFaults(text, boxIsOurs ? BOX_FAULT_NAMES : []);
}
