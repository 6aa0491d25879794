/**
 * A patient simulator that speaks the ProSim 8 dialect, so that an existing bench script runs with no hardware.
 *
 *   REMOTE            *          VFIB=COARSE   *          NSRA=080   *          NSRA=999   !03 Illegal parameter
 *
 * ECG, SpO2, cuff and temperature act on what the box measures on its leads and sensors. Three kinds of other commands:
 * settings of terminals that the box has no socket for are checked and kept; what this one has not (a pump, cardiac output, a
 * panel) is refused as an illegal command; what the real thing does not know either is unknown. The names are the maker's;
 * formats and ranges are those of public drivers [2] where the maker's own list could not be read.
 */
import { Rng } from '../../src/core/rng.ts';
import type { Hertz } from '../../src/core/units.ts';
import type { DialectName } from './dialect.ts';
import { refused } from './dialect.ts';
import type { Command } from './gear.ts';
import { Gear } from './gear.ts';
import { PlayedPatient } from './played-patient.ts';
import { EcgCommands } from './prosim/ecg-commands.ts';
import { InstrumentBody } from './prosim/instrument-body.ts';
import { NOT_HERE } from './prosim/not-here.ts';
import { vitalCommands } from './prosim/vital-commands.ts';

export interface ProSimOptions {
  fs?: Hertz;
  rng?: Rng;
  dialect?: DialectName;
}

/** Said once more by RESET. */
const POWER_ON: readonly string[] = [
  ...[
    'NSRA=080',
    'NSRAX=INT',
    'STDEV=0.00',
    'ECGAMPL=1.00',
    'ECGRUN=TRUE',
    'EART=OFF',
    'EARTSZ=100',
    'EARTLD=ALL',
  ],
  ...['TVPPOL=A,P', 'TVPPOL=V,P', 'TVPAMPL=A,010', 'TVPAMPL=V,010', 'TVPWID=A,1.0', 'TVPWID=V,1.0'],
  ...[
    'RESPRUN=TRUE',
    'RESPRATE=020',
    'RESPAPNEA=OFF',
    'SAT=097',
    'PERF=02.00',
    'SPO2TYPE=NELCR',
    'TEMP=37.0',
  ],
  ...['NIBPRUN=TRUE', 'NIBPP=120,080'],
];

export class ProSim {
  readonly patient: PlayedPatient;
  readonly gear: Gear;

  constructor({ fs = 500, rng = new Rng('prosim'), dialect = 'prosim8' }: ProSimOptions = {}) {
    this.patient = new PlayedPatient(fs, rng);
    const body = new InstrumentBody(this.patient);
    this.patient.body = body;
    const notHere = NOT_HERE.map((name): [string, Command] => [name, () => refused('option')]);
    const commands: Record<string, Command> = {
      ...Object.fromEntries(notHere),
      ...new EcgCommands(this.patient).commands(),
      ...vitalCommands(body),
      RESET: () => {
        for (const line of POWER_ON) {
          const [name, argument] = line.split('=');
          commands[name](argument);
        }
        this.gear.remote = false;
        return undefined;
      },
    };
    this.gear = new Gear({ dialect, identity: 'PROSIM8; 1.00; rwave SIMULATED', commands });
  }
}
