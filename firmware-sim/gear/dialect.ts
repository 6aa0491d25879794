/**
 * How bench instruments answer: the words are the maker's, and they differ from one family to the next.
 *
 *   prosim8   ProSim 4/6/8, SPOT Light, Impulse 6000D/7000DP: `*`, `!01 Unknown command`; lines end in CR LF here (the
 *             sources show CR and CRLF; both are understood on the way in)
 *   prosim2   ProSim 2/3: `OK`, `ERR=01`
 *   mps450    MPS450: `OK`, `ERR=001, UNKNOWN COMMAND`
 */
/** `option`: a command of the real thing for something that this one has not. */
export type Refusal = 'notNow' | 'unknown' | 'illegal' | 'parameter' | 'overflow' | 'option';

export interface Dialect {
  readonly done: string;
  readonly refusals: Readonly<Record<Refusal, string>>;
}

export const DIALECTS = {
  prosim8: {
    done: '*',
    refusals: {
      notNow: '!02 Illegal command',
      unknown: '!01 Unknown command',
      illegal: '!02 Illegal command',
      parameter: '!03 Illegal parameter',
      overflow: '!04 Buffer overflow',
      option: '!02 Illegal command',
    },
  },
  prosim2: {
    done: 'OK',
    refusals: {
      notNow: 'ERR=00',
      unknown: 'ERR=01',
      illegal: 'ERR=02',
      parameter: 'ERR=03',
      overflow: 'ERR=04',
      option: 'ERR=06',
    },
  },
  mps450: {
    done: 'OK',
    refusals: {
      notNow: 'ERR=000, NOT ALLOWED NOW',
      unknown: 'ERR=001, UNKNOWN COMMAND',
      illegal: 'ERR=002, ILLEGAL COMMAND',
      parameter: 'ERR=003, ILLEGAL PARAMETER',
      overflow: 'ERR=004, CORRUPT DATA',
      option: 'ERR=006, OPTION NOT INSTALLED',
    },
  },
} as const satisfies Record<string, Dialect>;
export type DialectName = keyof typeof DIALECTS;
export const DIALECT_NAMES = Object.keys(DIALECTS) as DialectName[];
/** For people. */
export const DIALECT_TITLES: Readonly<Record<DialectName, string>> = {
  prosim8: 'ProSim 8',
  prosim2: 'ProSim 2',
  mps450: 'MPS450',
};

/** What a command does: nothing to say is `done`, text is data, a refusal is refused. */
export type Answer = { data: string } | { refused: Refusal } | undefined;

export const refused = (why: Refusal): Answer => ({ refused: why });

export function inWords(answer: Answer, dialect: Dialect): string {
  if (answer === undefined) return dialect.done;
  return 'data' in answer ? answer.data : dialect.refusals[answer.refused];
}
