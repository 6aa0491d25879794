/**
 * Synchronized shocks: from the R wave to the first edge, by the device's clock and from the R that the reference marks on the
 * sample clock: the nearest, before or after (src/score/r-to-shock.ts). Recordings play the patient where there are some; else a synthetic rhythm, and the report says so.
 */
import { basename } from 'node:path';
import { openRecord, readAnnotations } from '../../../../signals/formats/index.ts';
import { isQrs } from '../../../core/annotations.ts';
import type { MessageOf } from '../../../protocol/messages.ts';
import { EVENTS } from '../../../protocol/messages.ts';
import { rToShock as place } from '../../../score/r-to-shock.ts';
import type { Bay } from '../bay.ts';
import type { Check } from '../check.ts';
import type { Finding, Plot } from '../finding.ts';
import { judge, notRun } from '../finding.ts';
import { LIMITS } from '../limits.ts';

/** 1 mV, 100 ms wide, 80/min: the first R at 0.5 s. */
const SYNTHETIC = { wave: 'tall-t-200', firstS: 0.5, rrS: 0.75, seconds: 36_000 };
/** The operator does not press in step with the heart. */
const PRESS_MS = 900;
/** Learning phase of the trigger, and the room that the last wait for an R needs. */
const LEARN_S = 10;
const MOST_NAMED = 8;
/** Waits in a row without an R: there will be none. */
const MOST_IN_VAIN = 10;

interface Source {
  name: string;
  fs: number;
  /** Samples of the reference R, ascending. */
  r: readonly number[];
  seconds: number;
  play: (bay: Bay) => Promise<unknown>;
}

interface Seen {
  ownMs: number[];
  referenceMs: number[];
  /** More than 60 ms from the nearest reference R: `102 at 2.03 s (-97 ms)`. */
  outside: string[];
  onT: number;
  withoutR: number;
  markers: number;
  markersInTime: number;
  sources: string[];
}

export const rToShock: Check = {
  name: 'r-to-shock',
  title: 'Synchronized shock: R to first edge',
  method:
    'The lowest energy is charged and fired with SYNC again and again, at moments that do not follow the heart. Reference R: the annotations of the recording (atr), or the times at which the wave was made.',
  needs: ['session', 'bench', 'sync'],
  async run(bay) {
    const seen: Seen = {
      ownMs: [],
      referenceMs: [],
      outside: [],
      onT: 0,
      withoutR: 0,
      markers: 0,
      markersInTime: 0,
      sources: [],
    };
    for (const source of sources(bay)) {
      if (seen.ownMs.length >= bay.options.beats) break;
      seen.sources.push(source.name);
      await cardiovert(bay, source, seen);
    }
    await bay.bench.ask<'setWave'>({ do: 'setWave' });
    return { findings: findingsOf(bay, seen), plots: [histogram(seen)] };
  },
};

function sources({ options }: Bay): Source[] {
  const { wave, firstS, rrS, seconds } = SYNTHETIC;
  if (options.records.length > 0) return options.records.map(recordSource);
  const fs = 500;
  const r = Array.from({ length: Math.floor(seconds / rrS) }, (_, k) => Math.round((firstS + k * rrS) * fs));
  return [
    {
      name: `synthetic rhythm (${wave})`,
      fs,
      r,
      seconds,
      play: (bay) => bay.bench.ask<'setWave'>({ do: 'setWave', wave }),
    },
  ];
}

function recordSource(path: string): Source {
  const reader = openRecord(path);
  const { fs, length } = reader.header;
  reader.close();
  const r = readAnnotations(`${path}.atr`)
    .filter((a) => isQrs(a.code))
    .map((a) => a.sample);
  return {
    name: basename(path),
    fs,
    r,
    seconds: (length ?? 0) / fs,
    play: (bay) => bay.bench.ask<'loadRecord'>({ do: 'loadRecord', path }),
  };
}

/** Charge, press, wait for the R, until enough shocks or the end of what is played. */
async function cardiovert(bay: Bay, source: Source, seen: Seen): Promise<void> {
  await source.play(bay);
  const host = await bay.connect();
  await bay.bench.ask<'setLoadOhm'>({ do: 'setLoadOhm', ohm: 50 });
  await bay.bench.ask<'setBattery'>({ do: 'setBattery', percent: 100 });
  const startUs = bay.now;
  const dice = bay.options.rng.fork(`press.${source.name}`);
  const energyJ = bay.profile.ladderJ[0];
  let inVain = 0;
  const hasTime = (): boolean =>
    inVain < MOST_IN_VAIN && (bay.now - startUs) / 1e6 < source.seconds - 2 * LEARN_S;
  while (seen.ownMs.length < bay.options.beats && hasTime()) {
    bay.options.tell(`${source.name}: shock ${seen.ownMs.length + 1}`);
    await bay.order({ type: 'syncSet', on: 1, lead: 0 });
    await bay.wait(dice.int(0, PRESS_MS));
    const charge = await bay.charge(energyJ);
    const event = await bay.fire(charge, { sync: true });
    if (event !== undefined && EVENTS[event.code] === 'shock') take(event, source, seen);
    else seen.withoutR++;
    inVain = event !== undefined && EVENTS[event.code] === 'shock' ? 0 : inVain + 1;
    await bay.order({ type: 'disarm' });
    await bay.calm();
  }
  countMarkers(host.markers, source, seen);
  await bay.order({ type: 'syncSet', on: 0, lead: 0 });
}

function take(event: MessageOf<'event'>, { name, r, fs }: Source, seen: Seen): void {
  const { placed, ms, onT } = place(r, event.sample, fs);
  seen.ownMs.push((event.tUs - event.tRUs) / 1000);
  seen.referenceMs.push(ms);
  if (onT) seen.onT++;
  if (placed === 'within') return;
  const far = placed === 'stray' ? 'no R near' : `${ms.toFixed(0)} ms`;
  seen.outside.push(`${name} at ${(event.sample / fs).toFixed(2)} s (${far})`);
}

/** Markers as they were told: when the device decided, against the reference. */
function countMarkers(markers: readonly MessageOf<'event'>[], { r, fs }: Source, seen: Seen): void {
  for (const m of markers) {
    const decided = m.sample + ((m.tUs - m.tRUs) * fs) / 1e6;
    seen.markers++;
    if (place(r, decided, fs).placed === 'within') seen.markersInTime++;
  }
}

function findingsOf({ options }: Bay, seen: Seen): Finding[] {
  const { ownMs, referenceMs, outside, sources: from } = seen;
  const n = ownMs.length;
  const largest = (values: readonly number[]): number => Math.max(...values);
  const asked = { low: options.beats, high: options.beats, unit: 'shocks' };
  const named = `${outside.slice(0, MOST_NAMED).join(', ')}${outside.length > MOST_NAMED ? ', ...' : ''}`;
  const delivered = judge(
    'shocks delivered',
    n,
    { ...asked, source: 'as many as were asked for (--beats)', mark: 'D' },
    `${seen.withoutR} waits ended without an R; played: ${from.join(', ')}`,
  );
  if (n === 0) return [delivered, notRun('R to shock', 'no shock came')];
  return [
    delivered,
    judge("longest, from the device's own R (its clock)", largest(ownMs), LIMITS.rToShock),
    // NaN, where there was no R within 150 ms, fails.
    judge(
      'longest after the R of the reference (sample clock)',
      largest(referenceMs),
      LIMITS.rToShockReference,
      `${outside.length} of ${n} not within 60 ms${named && `: ${named}`}`,
    ),
    judge(
      'longest before the R of the reference',
      largest(referenceMs.map((ms) => (ms < 0 ? -ms : 0))),
      LIMITS.shockBeforeReference,
    ),
    judge('shocks into the T wave', seen.onT, LIMITS.shocksOnT),
    judge(
      'markers within 60 ms of a reference R',
      seen.markers === 0 ? NaN : (100 * seen.markersInTime) / seen.markers,
      LIMITS.markers,
      `${seen.markersInTime} of ${seen.markers}`,
    ),
  ];
}

function histogram({ referenceMs, ownMs }: Seen): Plot {
  const bins = Array.from({ length: 160 }, (_, k) => k - 80);
  const count = (values: readonly number[]): number[] =>
    bins.map((from) => values.filter((ms) => Math.floor(ms) === from).length);
  return {
    title: 'R to shock: number of shocks in each millisecond',
    xLabel: 'ms',
    yLabel: 'shocks',
    series: [
      { name: 'from the R of the reference', x: bins, y: count(referenceMs) },
      { name: "from the device's own R", x: bins, y: count(ownMs) },
    ],
    lines: [
      { x: -60, label: '-60 ms' },
      { x: 60, label: '60 ms' },
    ],
  };
}
