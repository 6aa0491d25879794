/**
 * How many false alarms of an intensive care unit the analysis would have held back, and how many true ones it would have
 * missed: cinc2015 of RWAVE_DATA, decided at the alarm (5:00) with nothing that came later.
 *
 *   RWAVE_DATA=... npm run bench:cinc        about ten seconds
 *
 * The rules stand in alarms/rules.ts. "each" asks every ECG lead of the record, "first" the first alone.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Heard, hear } from './alarms/heard.ts';
import { type AlarmRule, everyLeadShock, pulselessShock, RULES, windowShock } from './alarms/rules.ts';
import { dataFolder } from './lib/records.ts';
import { table } from './lib/table.ts';

const ALARM_S = 300;

interface Alarm {
  record: string;
  type: string;
  isTrue: boolean;
  heard: Heard;
}

function readAlarms(folder: string): Alarm[] {
  const lines = readFileSync(join(folder, 'ALARMS'), 'utf8').trim().split(/\r?\n/);
  return lines.map((line) => {
    const [record, type, truth] = line.split(',');
    return { record, type, isTrue: truth === '1', heard: hear(join(folder, record), ALARM_S) };
  });
}

function row(name: string, alarms: readonly Alarm[], rule: AlarmRule, leads: 'each' | 'first'): string[] {
  const judged = alarms.map((a) => {
    const confirmed = rule(
      leads === 'each' ? a.heard : { ...a.heard, leads: a.heard.leads.slice(0, 1) },
      ALARM_S,
    );
    return { ...a, confirmed };
  });
  const falseOnes = judged.filter((a) => !a.isTrue);
  const trueOnes = judged.filter((a) => a.isTrue);
  const raised = falseOnes.filter((a) => a.confirmed);
  const missed = trueOnes.filter((a) => !a.confirmed);
  return [
    name,
    leads,
    share(falseOnes.length - raised.length, falseOnes.length),
    share(trueOnes.length - missed.length, trueOnes.length),
    raised.map((a) => a.record).join(' '),
    missed.map((a) => a.record).join(' '),
  ];
}

const share = (part: number, of: number): string =>
  of === 0 ? '-' : `${part} of ${of} (${((100 * part) / of).toFixed(0)} %)`;

const data = dataFolder();
if (data === undefined) throw new Error('RWAVE_DATA: expected the folder of the recordings, found nothing');
const alarms = readAlarms(join(data, 'cinc2015'));
const rows = Object.entries(RULES).flatMap(([type, rule]) => {
  const own = alarms.filter((a) => a.type === type);
  return (['each', 'first'] as const).map((leads) => row(type, own, rule, leads));
});
const vf = alarms.filter((a) => a.type === 'Ventricular_Flutter_Fib');
rows.splice(
  2,
  0,
  row('- single 3-s windows', vf, windowShock, 'each'),
  row('- voted in every lead in the same second', vf, everyLeadShock, 'each'),
  row('- and the artery, where there is a line, does not pulse', vf, pulselessShock, 'each'),
);
console.log(
  table(['alarm', 'ECG leads', 'false held back', 'true kept', 'false raised', 'true missed'], rows),
);
