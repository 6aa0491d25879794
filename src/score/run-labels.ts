/**
 * What an annotation means to the comparison of runs, as `rxr` maps it: a beat class, '[' and ']' around ventricular
 * fibrillation, '{' and '}' around atrial fibrillation, 'U' where the signal becomes unreadable, 'O' for all else.
 *
 * Has a memory: a normal beat in atrial fibrillation counts as supraventricular, and a second start of the same
 * thing is nothing.
 */
import { CODE, type Annotation } from '../core/annotations.ts';
import { aamiClass, isShutdown, type AamiClass } from './aami.ts';

export type RunLabel = AamiClass | '[' | ']' | '{' | '}' | 'U' | 'C' | 'O';

export class RunLabeller {
  private inAf = false;
  private inVf = false;
  private unreadable = false;

  label(a: Annotation): RunLabel {
    if (a.code === CODE.NOISE) return this.noise(a);
    if (a.code === CODE.VFON) return this.vfOn();
    if (a.code === CODE.VFOFF) return this.vfOff();
    if (a.code === CODE.RHYTHM) return this.rhythm(a.aux);
    const beat = aamiClass(a.code);
    return beat === 'N' && this.inAf ? 'S' : beat;
  }

  private noise(a: Annotation): RunLabel {
    const was = this.unreadable;
    this.unreadable = isShutdown(a.code, a.subtype);
    if (this.unreadable === was) return 'O';
    return this.unreadable ? 'U' : 'C';
  }

  private vfOn(): RunLabel {
    if (this.inVf) return 'O';
    this.inAf = false;
    this.inVf = true;
    return '[';
  }

  private vfOff(): RunLabel {
    if (!this.inVf) return 'O';
    this.inVf = false;
    return ']';
  }

  private rhythm(aux: string): RunLabel {
    if (aux.startsWith('(VF')) return this.vfOn();
    if (aux.startsWith('(AF')) {
      if (this.inAf) return 'O';
      this.inAf = true;
      this.inVf = false;
      return '{';
    }
    if (this.inAf) {
      this.inAf = false;
      return '}';
    }
    return this.vfOff();
  }
}
