/**
 * A bench instrument on a serial port: lines in, lines out, and its own modes. What it measures or plays is the business
 * of the instrument that is built on this.
 *
 * In local mode the panel has the word: commands are refused until REMOTE.
 */
import type { Answer, Dialect, DialectName } from './dialect.ts';
import { DIALECTS, inWords, refused } from './dialect.ts';
import { LineInput } from './line-input.ts';

/** What follows the `=`; undefined where there is none. */
export type Command = (argument: string | undefined) => Answer;

export interface GearOptions {
  dialect: DialectName;
  /** Answer to IDENT. */
  identity: string;
  /** By name, in capitals. Only obeyed in remote mode. */
  commands: Readonly<Record<string, Command>>;
}

const LINE_END = '\r\n';

export class Gear {
  remote = false;
  private readonly dialect: Dialect;
  private readonly options: GearOptions;
  private readonly input: LineInput;
  private out = '';

  constructor(options: GearOptions) {
    this.options = options;
    this.dialect = DIALECTS[options.dialect];
    this.input = new LineInput(
      (line) => this.say(this.answer(line)),
      () => this.say(this.dialect.refusals.overflow),
    );
  }

  /** Bytes from the port, cut in any way. */
  receive(bytes: Uint8Array): void {
    this.input.receive(bytes);
  }

  /** A line that comes by itself, like the result of a shock. */
  say(line: string): void {
    this.out += line + LINE_END;
  }

  /** What is to be sent since the last call. */
  take(): string {
    const { out } = this;
    this.out = '';
    return out;
  }

  /** The answer to one line, without line end. */
  answer(line: string): string {
    const [name, ...rest] = line.trim().toUpperCase().split('=');
    const argument = rest.length > 0 ? rest.join('=').trim() : undefined;
    return inWords(this.obey(name.trim(), argument), this.dialect);
  }

  private obey(name: string, argument: string | undefined): Answer {
    switch (name) {
      case 'IDENT':
        return { data: this.options.identity };
      case 'QMODE':
        return { data: this.remote ? 'RMAIN' : 'LOCAL' };
      case 'REMOTE':
      case 'LOCAL':
        this.remote = name === 'REMOTE';
        return undefined;
    }
    if (!Object.hasOwn(this.options.commands, name)) return refused('unknown');
    return this.remote ? this.options.commands[name](argument) : refused('notNow');
  }
}

/** A whole number low..high, written with digits only; undefined when it is not. */
export function wholeNumber(text: string | undefined, low: number, high: number): number | undefined {
  if (text === undefined || !/^\d{1,5}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= low && value <= high ? value : undefined;
}

/** A decimal number low..high; undefined when it is not. */
export function decimal(text: string | undefined, low: number, high: number): number | undefined {
  if (text === undefined || !/^[+-]?\d{1,4}(\.\d{1,4})?$/.test(text)) return undefined;
  const value = Number(text);
  return value >= low && value <= high ? value : undefined;
}

/** `TRUE` or `ON`, `FALSE` or `OFF`: the sources disagree, so both are understood. */
export function truth(text: string | undefined): boolean | undefined {
  if (text === 'TRUE' || text === 'ON') return true;
  return text === 'FALSE' || text === 'OFF' ? false : undefined;
}
