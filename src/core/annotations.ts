/**
 * Annotation codes of the MIT annotation format (WFDB `ecgcodes.h`; PhysioNet annotation code table).
 *
 * The mnemonic is what `rdann` prints. Codes 42..49 are user defined; 59..63 are pseudo codes of the file format.
 */
export const MNEMONICS = [
  ' ',
  'N',
  'L',
  'R',
  'a',
  'V',
  'F',
  'J',
  'A',
  'S',
  'E',
  'j',
  '/',
  'Q',
  '~',
  '[15]',
  '|',
  '[17]',
  's',
  'T',
  '*',
  'D',
  '"',
  '=',
  'p',
  'B',
  '^',
  't',
  '+',
  'u',
  '?',
  '!',
  '[',
  ']',
  'e',
  'n',
  '@',
  'x',
  'f',
  '(',
  ')',
  'r',
] as const;

export const CODE = {
  NOTQRS: 0,
  NORMAL: 1,
  LBBB: 2,
  RBBB: 3,
  ABERR: 4,
  PVC: 5,
  FUSION: 6,
  NPC: 7,
  APC: 8,
  SVPB: 9,
  VESC: 10,
  NESC: 11,
  PACE: 12,
  UNKNOWN: 13,
  NOISE: 14,
  ARFCT: 16,
  STCH: 18,
  TCH: 19,
  SYSTOLE: 20,
  DIASTOLE: 21,
  NOTE: 22,
  MEASURE: 23,
  PWAVE: 24,
  BBB: 25,
  PACESP: 26,
  TWAVE: 27,
  RHYTHM: 28,
  UWAVE: 29,
  LEARN: 30,
  FLWAV: 31,
  VFON: 32,
  VFOFF: 33,
  AESC: 34,
  SVESC: 35,
  LINK: 36,
  NAPC: 37,
  PFUS: 38,
  WFON: 39,
  WFOFF: 40,
  RONT: 41,
} as const;

/** One annotation of a record. `sample` counts frames at the annotation file's resolution (the record's rate). */
export interface Annotation {
  sample: number;
  /** 0..49 */
  code: number;
  /** -128..127 */
  subtype: number;
  /** 0..255: the signal it belongs to */
  chan: number;
  /** -128..127 */
  num: number;
  /** Free text, without the NUL that some files end it with; '' when absent. */
  aux: string;
}

/** Codes that mark a QRS complex (WFDB `isqrs`). */
const QRS = new Set<number>([
  CODE.NORMAL,
  CODE.LBBB,
  CODE.RBBB,
  CODE.ABERR,
  CODE.PVC,
  CODE.FUSION,
  CODE.NPC,
  CODE.APC,
  CODE.SVPB,
  CODE.VESC,
  CODE.NESC,
  CODE.PACE,
  CODE.UNKNOWN,
  CODE.BBB,
  CODE.LEARN,
  CODE.FLWAV,
  CODE.AESC,
  CODE.SVESC,
  CODE.PFUS,
  CODE.RONT,
]);

export function isQrs(code: number): boolean {
  return QRS.has(code);
}

export function mnemonic(code: number): string {
  return MNEMONICS[code] ?? `[${code}]`;
}

/** The code of a mnemonic, or undefined. */
export function codeOf(text: string): number | undefined {
  const code = (MNEMONICS as readonly string[]).indexOf(text);
  return code < 0 ? undefined : code;
}
