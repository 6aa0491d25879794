/**
 * The ASCII personality on the same port: for a terminal program and for scripts that know bench instruments.
 *
 * Identity, state, self-test, settings. There is no CHARGE and no FIRE: nobody keeps a heartbeat here. Lines end in CR
 * or LF; `*` = done, `!nn text` = refused (the numbers of the ProSim dialect).
 */
import type { Microseconds } from '../src/core/units.ts';
import type { Shot } from './high-voltage.ts';

/** What a line may ask of the box. */
export interface AsciiBox {
  identity(): string;
  state(us: Microseconds): string;
  faults(): string;
  /** The last shock in figures. */
  result(): string;
  selfTest(us: Microseconds): boolean;
  /** False: not now. */
  disarm(us: Microseconds): boolean;
  setEnergy(us: Microseconds, energyJ: number): boolean;
  setSync(on: boolean): boolean;
  setBandwidth(name: string): boolean;
  /** A host in a session has the therapy cable for itself. */
  hostIsThere(): boolean;
}

const DONE = '*';
const UNKNOWN = '!01 Unknown command';
const ILLEGAL = '!02 Illegal command';
const PARAMETER = '!03 Illegal parameter';
const FORBIDDEN = ['CHARGE', 'FIRE', 'SHOCK'];

export class Ascii {
  private remote = false;
  private readonly box: AsciiBox;

  constructor(box: AsciiBox) {
    this.box = box;
  }

  /** The answer to one line, without line end. */
  answer(line: string, us: Microseconds): string {
    const [command, argument] = splitLine(line);
    const { box } = this;
    switch (command) {
      case '':
        return '';
      case 'IDENT':
        return box.identity();
      case 'QMODE':
        return this.remote ? 'RMAIN' : 'LOCAL';
      case 'REMOTE':
      case 'LOCAL':
        this.remote = command === 'REMOTE';
        return DONE;
      case 'STATUS':
        return box.state(us);
      case 'FAULTS':
        return box.faults();
      case 'RESULT':
        return box.result();
      case 'DISARM':
        return box.disarm(us) ? DONE : ILLEGAL;
      case 'SELFTEST':
        return this.set(() => box.selfTest(us));
      case 'ENERGY':
        return /^\d{1,4}$/.test(argument) ? this.set(() => box.setEnergy(us, Number(argument))) : PARAMETER;
      case 'SYNC':
        return argument === 'ON' || argument === 'OFF'
          ? this.set(() => box.setSync(argument === 'ON'))
          : PARAMETER;
      case 'BANDWIDTH':
        return this.set(() => box.setBandwidth(argument.toLowerCase()));
      default:
        return FORBIDDEN.includes(command) ? ILLEGAL : UNKNOWN;
    }
  }

  private set(change: () => boolean): string {
    if (!this.remote || this.box.hostIsThere()) return ILLEGAL;
    return change() ? DONE : PARAMETER;
  }
}

/** Selected, stored, delivered J; peak V, A; ohm; first and second phase in ms; tilt in %. `none` before the first shock. */
export function shotLine(shot: Shot | undefined): string {
  if (shot === undefined) return 'none';
  const { selectedJ, storedJ, deliveredJ, peakV, peakA, impedanceOhm, tilt } = shot;
  const joules = [selectedJ, storedJ, deliveredJ].map((j) => j.toFixed(1));
  const phases = [shot.firstPhaseMs, shot.secondPhaseMs].map((ms) => ms.toFixed(2));
  const peak = [peakV.toFixed(0), peakA.toFixed(1)];
  return [...joules, ...peak, impedanceOhm.toFixed(1), ...phases, (100 * tilt).toFixed(1)].join(',');
}

function splitLine(line: string): [command: string, argument: string] {
  const [command, ...rest] = line.trim().toUpperCase().split('=');
  return [command.trim(), rest.join('=').trim()];
}
