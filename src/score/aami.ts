/**
 * Beat labels for scoring (ANSI/AAMI EC57): the many codes of an annotation file become five classes.
 *
 * O and X stand in for a beat that the other side lacks: X when that side said the signal was unreadable.
 */
import { CODE } from '../core/annotations.ts';

export type AamiClass = 'N' | 'S' | 'V' | 'F' | 'Q';
/** '*' is never counted: test beats during reference VF, and the end of a file. */
export type Label = AamiClass | 'O' | 'X' | '*';

const BY_CLASS: Readonly<Record<AamiClass, readonly number[]>> = {
  N: [CODE.NORMAL, CODE.LBBB, CODE.RBBB, CODE.BBB],
  S: [CODE.NPC, CODE.APC, CODE.SVPB, CODE.ABERR, CODE.NESC, CODE.AESC, CODE.SVESC],
  V: [CODE.PVC, CODE.RONT, CODE.VESC],
  F: [CODE.FUSION],
  // Paced records are not scored by EC57; where somebody does, paced beats and their fusions are unknown ones.
  Q: [CODE.UNKNOWN, CODE.PACE, CODE.PFUS, CODE.LEARN],
};

const CLASS_OF = new Map<number, AamiClass>(
  (Object.entries(BY_CLASS) as [AamiClass, readonly number[]][]).flatMap(([name, codes]) =>
    codes.map((code): [number, AamiClass] => [code, name]),
  ),
);

/** The class of a beat; 'O' for the few codes that mark a QRS and have no class. */
export function aamiClass(code: number): AamiClass | 'O' {
  // A flutter wave counts as a QRS in the code table of WFDB but has no class in bxb.
  return CLASS_OF.get(code) ?? 'O';
}

/** Start of a stretch that the annotator called unreadable in both signals: bits 4 and 5 of a noise mark. */
export function isShutdown(code: number, subtype: number): boolean {
  return code === CODE.NOISE && (subtype & 0x30) === 0x30;
}
