/** Delivered against selected energy: every load of the standard's set by every step of the ladder, on the load box. */
import { readShock } from '../../../../firmware-sim/gear/shock-meter.ts';
import type { ShockReading } from '../../../../firmware-sim/gear/shock-meter.ts';
import type { Ohms } from '../../../core/units.ts';
import type { MessageOf } from '../../../protocol/messages.ts';
import type { Bay, Drawn } from '../bay.ts';
import type { Check } from '../check.ts';
import type { CheckResult, Finding, Limit, Matrix, Plot, Verdict } from '../finding.ts';
import { judge, notRun, numberText } from '../finding.ts';
import { energyLimit, LIMITS } from '../limits.ts';

/** Meducore2 p388 [S]. */
const LOADS_OHM: readonly Ohms[] = [25, 50, 75, 100, 125, 150, 175];
/** Loads whose waveform is drawn, at the energy that the device starts with; the figures are told for every load. */
const DRAWN_OHM: readonly Ohms[] = [25, 50, 100, 175];

interface Shot {
  ohm: Ohms;
  selectedJ: number;
  measuredJ: number;
  reportedJ: number;
  verdict: Verdict;
  /** Between the device's own figures of the pulse and the load box's; NaN where one of them has none. */
  phaseOffMs: number;
  tiltOffPct: number;
}

/** Below it the end of a phase is lost in the load box's noise. */
const CLEAR_A = 10;

export const energy: Check = {
  name: 'energy',
  title: 'Energy accuracy',
  method:
    'Each step of the ladder is delivered into each load; energy is the integral of V times I on the load, not what the device says.',
  needs: ['session', 'bench'],
  async run(bay) {
    const { ladderJ, startJ } = bay.profile;
    const steps = bay.options.quick ? [ladderJ[0], startJ, ladderJ[ladderJ.length - 1]] : ladderJ;
    await bay.connect();
    const shots: Shot[] = [];
    const drawn: (Drawn & { ohm: Ohms })[] = [];
    const { findings } = bay;
    for (const ohm of LOADS_OHM) {
      await bay.bench.ask<'setLoadOhm'>({ do: 'setLoadOhm', ohm });
      await bay.bench.ask<'setBattery'>({ do: 'setBattery', percent: 100 });
      for (const selectedJ of steps) {
        bay.options.tell(`${ohm} ohm, ${selectedJ} J`);
        const shock = await bay.shoot(selectedJ);
        const seen = await bay.loadBox();
        const finding = judge(`${selectedJ} J into ${ohm} ohm`, seen.energyJ, energyLimit(selectedJ));
        findings.push(finding);
        const { verdict } = finding;
        const reportedJ = shock.deliveredDj / 10;
        shots.push({
          ...{ ohm, selectedJ, measuredJ: seen.energyJ, reportedJ, verdict },
          ...pulseOff(shock, readingOf(seen)),
        });
        if (selectedJ === startJ) drawn.push({ ...seen, ohm });
      }
    }
    await bay.bench.ask<'setLoadOhm'>({ do: 'setLoadOhm' });
    return resultOf(bay, shots, drawn, findings);
  },
};

function resultOf(
  bay: Bay,
  shots: readonly Shot[],
  drawn: readonly (Drawn & { ohm: Ohms })[],
  findings: readonly Finding[],
): CheckResult {
  const over = shots.filter((s) => s.measuredJ > energyLimit(s.selectedJ).high).length;
  const off = shots.map((s) => Math.abs(s.measuredJ - s.reportedJ) - 0.01 * s.measuredJ);
  const pause = bay.cooledMs > 0 ? `left alone to cool for ${bay.cooledMs / 1000} s` : undefined;
  return {
    findings: [
      ...findings,
      judge('shocks above the selected energy and its tolerance', over, LIMITS.energyOver, pause),
      judge(
        'largest difference between the device and the load box, beyond 1 %',
        Math.max(0, ...off),
        LIMITS.ownReport,
      ),
      ...ownPulse(bay, shots),
    ],
    matrices: [matrixOf(shots), pulsesOf(drawn, bay.profile.startJ)],
    plots: waveforms(
      drawn.filter(({ ohm }) => DRAWN_OHM.includes(ohm)),
      bay.profile.startJ,
    ),
  };
}

/** How far the device's figures are from the load box's. */
function pulseOff(
  { firstPhaseUs, secondPhaseUs, tiltPm }: MessageOf<'event'>,
  { phases }: ShockReading,
): Pick<Shot, 'phaseOffMs' | 'tiltOffPct'> {
  const own = [firstPhaseUs, secondPhaseUs].filter((us) => us > 0).map((us) => us / 1000);
  const [first] = phases;
  if (phases.length === 0 || own.length !== phases.length || Math.abs(first.peakA) < CLEAR_A) {
    return { phaseOffMs: NaN, tiltOffPct: NaN };
  }
  const tilt = 1 - Math.abs(phases[phases.length - 1].lastV / first.firstV);
  return {
    phaseOffMs: Math.max(...own.map((ms, k) => Math.abs(ms - phases[k].widthMs))),
    tiltOffPct: Math.abs(tiltPm / 10 - 100 * tilt),
  };
}

/** A sine has no edges to compare, and only a truncated exponential shows the tilt of its capacitor on the pads. */
function ownPulse({ profile: { waveform } }: Bay, shots: readonly Shot[]): Finding[] {
  const seen = shots.filter((s) => !Number.isNaN(s.phaseOffMs));
  const compare = (what: string, isSeen: boolean, of: (s: Shot) => number, limit: Limit): Finding => {
    if (!isSeen)
      return notRun(what, `the pulse of this model (${waveform.name}) does not show it on the pads`);
    if (seen.length === 0) return notRun(what, 'the device does not report it');
    return judge(what, Math.max(...seen.map(of)), limit);
  };
  const { ownPhases, ownTilt } = LIMITS;
  const phases = 'own phase durations against the load box, worst';
  return [
    compare(phases, waveform.biphasic, (s) => s.phaseOffMs, ownPhases),
    compare('own tilt against the load box, worst', waveform.name === 'BTE', (s) => s.tiltOffPct, ownTilt),
  ];
}

function matrixOf(shots: readonly Shot[]): Matrix {
  const steps = [...new Set(shots.map((s) => s.selectedJ))];
  return {
    title: 'Delivered energy, J; limit: the selected energy, give or take 3 J or 15 %, whichever is more',
    rowLabel: 'selected, J',
    columnLabel: 'load, ohm',
    rows: steps.map(String),
    columns: LOADS_OHM.map(String),
    cells: steps.map((selectedJ) =>
      shots
        .filter((s) => s.selectedJ === selectedJ)
        .map(({ measuredJ, verdict }) => ({ text: measuredJ.toFixed(1), verdict })),
    ),
  };
}

/** What a defibrillator analyzer reads off each pulse. */
const FIGURES: readonly { name: string; of: (s: ShockReading) => number; digits: number }[] = [
  { name: 'peak, V', of: ({ phases: [first] }) => first.peakV, digits: 0 },
  { name: 'peak, A', of: ({ phases: [first] }) => first.peakA, digits: 1 },
  { name: 'first phase, ms', of: ({ phases: [first] }) => first.widthMs, digits: 2 },
  { name: 'tilt of the first phase, %', of: ({ phases: [first] }) => 100 * first.tilt, digits: 1 },
  {
    name: 'between the phases, ms',
    of: ({ phases: [first, second] }) => second.startMs - first.startMs - first.widthMs,
    digits: 2,
  },
  { name: 'second phase, ms', of: ({ phases: [, second] }) => second.widthMs, digits: 2 },
  { name: 'tilt of the second phase, %', of: ({ phases: [, second] }) => 100 * second.tilt, digits: 1 },
];

function readingOf({ tMs, volts, amps }: Drawn): ShockReading {
  return readShock({
    tMs: Float64Array.from(tMs),
    volts: Float64Array.from(volts),
    amps: Float64Array.from(amps),
  });
}

function pulsesOf(drawn: readonly (Drawn & { ohm: Ohms })[], startJ: number): Matrix {
  const readings = drawn.map(readingOf);
  const phases = Math.min(2, ...readings.map((r) => r.phases.length));
  const figures = phases === 0 ? [] : phases === 1 ? FIGURES.slice(0, 4) : FIGURES;
  return {
    title: `The pulse of ${startJ} J as the load box saw it`,
    rowLabel: '',
    columnLabel: 'load, ohm',
    rows: figures.map(({ name }) => name),
    columns: drawn.map(({ ohm }) => String(ohm)),
    cells: figures.map(({ of, digits }) => readings.map((r) => ({ text: of(r).toFixed(digits) }))),
  };
}

function waveforms(drawn: readonly (Drawn & { ohm: Ohms })[], startJ: number): Plot[] {
  const plot = (title: string, yLabel: string, values: (d: Drawn) => number[]): Plot => ({
    title,
    xLabel: 'ms',
    yLabel,
    series: drawn.map((d) => ({
      name: `${d.ohm} ohm, ${numberText(d.energyJ)} J`,
      x: d.tMs,
      y: values(d),
    })),
  });
  return [
    plot(`Current through the load, ${startJ} J selected`, 'A', (d) => d.amps),
    plot(`Voltage across the load, ${startJ} J selected`, 'V', (d) => d.volts),
  ];
}
