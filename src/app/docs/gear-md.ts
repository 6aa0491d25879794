/** docs/GEAR.md: what the emulated instruments answer, from their own tables of commands. */
import type { Dialect } from '../../../firmware-sim/gear/dialect.ts';
import { DIALECTS } from '../../../firmware-sim/gear/dialect.ts';
import { WAVES } from '../../../firmware-sim/gear/prosim/arrhythmias.ts';
import { NOT_HERE } from '../../../firmware-sim/gear/prosim/not-here.ts';
import { PACEMAKER_WAVES } from '../../../firmware-sim/gear/prosim/pacemaker.ts';
import { KEPT_SETTINGS } from '../../../firmware-sim/gear/prosim/vital-commands.ts';

const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

/** What acts, in the words of who writes a script. */
const ACTS: readonly (readonly [command: string, argument: string, what: string])[] = [
  ['ECGRUN', 'TRUE, FALSE (ON, OFF)', 'the ECG runs'],
  ['NSRA, NSRP', '010..360', 'sinus rhythm, beats a minute, exact; the shape is the adult one for both'],
  ['NSRAX', 'INT, HOR, VER', 'axis of the heart'],
  ['STDEV', '+-0.00..0.05 by 0.01, +-0.10..0.80 by 0.10', 'ST segment of the sinus rhythm, mV'],
  ['ECGAMPL', '0.05..5.00', 'factor on the height'],
  [
    'EART, EARTSZ, EARTLD',
    'OFF 50 60 MSC WAND RESP; 025 050 100; ALL RA LA LL V1..V6',
    'artifact, size in %, electrode',
  ],
  ['MONOVTACH, POLYVTACH', '120..300; 1..5', 'ventricular tachycardia'],
  [
    'PULSE, SQUARE, SINE, TRI',
    '30..80 a minute; 0.125..2.5, 0.05..150, 0.125..3 Hz',
    'performance waves, 1 mV',
  ],
  ['RDET, QRS', 'width in ms (8..200), rate (30..250)', 'triangular QRS'],
  ['TALLT', '000..150', 'T wave, % of 1 mV'],
  [
    'TVPPOL, TVPAMPL, TVPWID',
    'A or V; P N, 0..20 50 100 200 500 700 mV, 0.1 0.2 0.5 1.0 2.0 ms',
    'pulses of the pacemaker',
  ],
  ['SAT, PERF', '000..100 %; 00.01..20.00 %', 'SpO2 and the height of the pleth'],
  [
    'SPO2TYPE, QSPO2TYPE',
    'NELCR MASIM MASIMR NONIN OHMED PHIL NIHON MINDR BCI',
    'kind of sensor, kept; which it is',
  ],
  ['TEMP', '30.0..42.0', 'temperature, C'],
  ['NIBPRUN, NIBPP', 'TRUE, FALSE; systolic,diastolic', 'what a cuff finds'],
  [
    'RESPRUN, RESPRATE, RESPAPNEA',
    'TRUE, FALSE; 010..150; ON, OFF',
    'breaths; the box sees them by its CO2 sensor',
  ],
  ['RESET', '', 'as at power on, local mode'],
];

const IMPULSE: readonly (readonly [command: string, answer: string, what: string])[] = [
  ['MODE=DEFIB, MODE=PACER', '`*`', 'PACER on a 7000DP only'],
  ['DREADY', '`*`, then one line when the device under test fires', 'charge time counts from here'],
  ['PAPULSE', '`*`, then `P,rate,mA,ms` after two pulses', 'form of the line is ours'],
  ['PASENSE, PAREFRACT', '`!02 Illegal command`', 'what their answers look like could not be read'],
  ['LOAD=25..200', '`*`', 'ours: the real thing has a fixed load and a box beside it'],
  ['ECG=OFF, NSR, AF, VF, VT, ASYS', '`*`', 'ours: the real thing has a menu'],
];

function dialects(): string {
  const rows = Object.entries(DIALECTS).map(([name, { done, refusals }]: [string, Dialect]) => {
    const { unknown, parameter, notNow, option, overflow } = refusals;
    return `| ${[name, ...[done, unknown, parameter, notNow, option, overflow].map((w) => `\`${w}\``)].join(' | ')} |`;
  });
  return `| dialect | done | unknown | parameter | local mode | not installed | line too long |
|---|---|---|---|---|---|---|
${rows.join('\n')}`;
}

export function gearMd(): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const waves = Object.entries(WAVES).map(([name, played]) =>
    row([`\`${name}\``, Object.keys(played).join(' ')]),
  );
  return `# The emulated instruments

<!-- Generated from firmware-sim/gear by \`npm run docs\`. Edit the code, not this file. -->

\`rwave gear --pty\` runs a box with a patient simulator on its leads, finger, cuff and thermometer, and a defibrillator analyzer on its
pads; \`rwave device --as prosim\` and \`--as impulse\` give the port that was asked for to one of them. A bench script that was written for
the instruments runs without them. Nothing here comes from the maker, and nothing measured here says anything about his products.

Lines end in CR, LF or both; capitals and small letters are the same; backspace deletes, ESC throws the line away. \`IDENT\` and \`QMODE\` (RMAIN or
LOCAL) are always answered, \`REMOTE\` and \`LOCAL\` switch; everything else is refused in local mode.

The older families answer in other words (\`--dialect\`):

${dialects()}

## Patient simulator (ProSim 8 dialect)

| command | argument | |
|---|---|---|
${ACTS.map((cells) => row([`\`${cells[0].split(', ').join('`, `')}\``, cells[1], cells[2]])).join('\n')}

Waves:

| command | argument |
|---|---|
${[...waves, row(['`TVPWAVE`', PACEMAKER_WAVES.join(' ')])].join('\n')}

Vital signs beat with the ECG: in fibrillation nothing pulsates, whatever is set, and a test wave has no pulse.

**Checked and kept, and nobody looks**: the box has no socket for these terminals. ${code(KEPT_SETTINGS)}. \`ZPRESS\` and \`CZPRESS\` are done.

**Not installed**: the real thing has a pump, a stepper motor, cardiac output, a clock, a panel; this one answers so. ${code(NOT_HERE)}.

Everything else is unknown. Formats and ranges are those of public drivers where the maker's own list could not be read; how premature a beat is, how
the ST segment is shaped, and what the names of \`ACLSWAVE\` stand for is ours.

## Defibrillator analyzer (Impulse 6000D/7000DP dialect)

| command | answer | |
|---|---|---|
${IMPULSE.map(([command, answer, what]) => row([`\`${command}\``, answer, what])).join('\n')}

The line of a monophasic pulse is the maker's: \`1,E,Vpk,Ipk,W50,W10,sync,ECG,charge\`. Of the biphasic one only the contents of its 14 fields could be
read; ours is \`2,E,V1,I1,W1,V2,I2,W2,gap,tilt1,tilt2,sync,ECG,charge\` (J, V, A, ms, %; sync: ms from the nearest R of its own ECG; charge: s
from DREADY). One DREADY, one line.
`;
}
