/** `--patient` and `--weight`: who is treated, on every command that treats. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { doseRefusal, WEIGHT_KG } from '../control/child-dose.ts';
import { UsageError } from '../core/errors.ts';
import type { PatientType } from '../core/session-events.ts';

export interface PatientFlags {
  patient?: PatientType;
  weight?: number;
}

export function withPatientOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--patient <who>', 'whose energies and limits hold (default: adult)').choices([
        'adult',
        'child',
      ]),
    )
    .option(
      '--weight <kg>',
      'of a child: energies by J/kg, 2 J/kg first; without it no more than 50 J',
      weight,
    );
}

/** What the session is told; an energy that is none for this patient is refused here, with the reason. */
export function patientOf(
  { patient, weight: weightKg }: PatientFlags,
  energyJ?: number,
): { patient?: PatientType; weightKg?: number } {
  if (weightKg !== undefined && patient !== 'child') {
    throw new UsageError(
      `--weight: expected together with --patient child, found ${patient ?? 'no --patient'}`,
    );
  }
  const why =
    patient === 'child' && energyJ !== undefined ? doseRefusal(weightKg ?? NaN, energyJ) : undefined;
  if (why !== undefined) throw new UsageError(`--energy: ${why}`);
  return { ...(patient !== undefined && { patient }), ...(weightKg !== undefined && { weightKg }) };
}

function weight(text: string): number {
  const kg = Number(text);
  if (!/^\d{1,3}(\.\d)?$/.test(text) || kg < WEIGHT_KG.least || kg > WEIGHT_KG.most) {
    throw new InvalidArgumentError(`expected ${WEIGHT_KG.least} to ${WEIGHT_KG.most} kg, found "${text}"`);
  }
  return kg;
}
