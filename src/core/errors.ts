/**
 * Errors say whose fault it was, and with that how the program ends (the exit codes of every command).
 *
 * Refusals of the operator and bad bytes on the wire are results, not errors: they are not here.
 */
export const EXIT = {
  ok: 0,
  verdictFailed: 1,
  usage: 2,
  noDevice: 3,
  linkLost: 4,
  safety: 5,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A mistake that can be told to the person at the keyboard in one line; shown without a stack trace. */
export class RwaveError extends Error {
  readonly exitCode: ExitCode;
  constructor(message: string, exitCode: ExitCode = EXIT.usage) {
    super(message);
    this.name = new.target.name;
    this.exitCode = exitCode;
  }
}
/** The command line is wrong: an unknown option, a number out of range. */
export class UsageError extends RwaveError {}
/** A file is wrong. The message names the file, the place in it, what was expected and what was found. */
export class RecordError extends RwaveError {}
/** No device answers at that path. */
export class NoDeviceError extends RwaveError {
  constructor(message: string) {
    super(message, EXIT.noDevice);
  }
}
/** The link was there and went away. */
export class LinkLostError extends RwaveError {
  constructor(message: string) {
    super(message, EXIT.linkLost);
  }
}
/** A safety rule was broken: the worst thing that a run can find. */
export class SafetyError extends RwaveError {
  constructor(message: string) {
    super(message, EXIT.safety);
  }
}

/** Our own bug: stop at once, with a stack trace. */
export function assert(condition: boolean, message: string | (() => string)): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${typeof message === 'string' ? message : message()}`);
}
