/**
 * Respiration, SpO2, cuff, invasive pressure and temperature of a patient simulator. What the box has a sensor for acts on
 * it; settings of terminals that the box has no socket for are kept and checked as on the real thing, and nobody looks.
 */
import type { Answer } from '../dialect.ts';
import { refused } from '../dialect.ts';
import type { Command } from '../gear.ts';
import { decimal, truth, wholeNumber } from '../gear.ts';
import type { InstrumentBody } from './instrument-body.ts';

const SENSORS = ['NELCR', 'MASIM', 'MASIMR', 'NONIN', 'OHMED', 'PHIL', 'NIHON', 'MINDR', 'BCI'];
const PRESSURE_WAVES = ['ART', 'RART', 'LV', 'LA', 'RV', 'PA', 'PAW', 'RA'];
const LIGHTS = ['DC', '50HZ', '60HZ', ...Array.from({ length: 10 }, (_, k) => `${k + 1}KHZ`)];
const RESP_BASES = ['0500', '1000', '1500', '2000'];
const RESP_LEADS = ['LA', 'LL'];

type Good = (argument: string) => boolean;

const within =
  (low: number, high: number): Good =>
  (a) =>
    decimal(a, low, high) !== undefined;
const oneOf =
  (words: readonly string[]): Good =>
  (a) =>
    words.includes(a);
const yesOrNo: Good = (a) => truth(a) !== undefined;

/** `channel,value,...`: channel 1 or 2, then so many values. */
const channel =
  (...values: readonly Good[]): Good =>
  (a) => {
    const [which, ...rest] = a.split(',');
    return /^[12]$/.test(which) && rest.length === values.length && values.every((good, k) => good(rest[k]));
  };

/** Checked, kept, and nobody looks. */
const KEPT: Readonly<Record<string, Good>> = {
  RESPRATIO: within(1, 5),
  RESPAMPL: within(0, 5),
  RESPBASE: oneOf(RESP_BASES),
  RESPLEAD: oneOf(RESP_LEADS),
  TRANS: within(0.01, 300),
  AMBM: yesOrNo,
  AMBS: within(0, 4),
  AMBF: oneOf(LIGHTS),
  RESPM: yesOrNo,
  RESPS: within(0, 5),
  NIBPV: within(0.1, 1.25),
  NIBPES: within(-10, 10),
  IBPS: channel(within(-10, 300)),
  IBPW: channel(oneOf(PRESSURE_WAVES)),
  IBPP: channel(within(0, 300), within(0, 300)),
};

/** For the page about the instruments. */
export const KEPT_SETTINGS: readonly string[] = Object.keys(KEPT);

export function vitalCommands(body: InstrumentBody): Record<string, Command> {
  let sensor = SENSORS[0];
  const kept = Object.entries(KEPT).map(([name, good]): [string, Command] => [
    name,
    (a) => (a !== undefined && good(a) ? undefined : refused('parameter')),
  ]);
  const set = <T>(value: T | undefined, act: (value: T) => void): Answer => {
    if (value === undefined) return refused('parameter');
    act(value);
    return undefined;
  };
  return {
    ...Object.fromEntries(kept),
    RESPRUN: (a) => set(truth(a), (on) => (body.respRuns = on)),
    RESPRATE: (a) => set(wholeNumber(a, 10, 150), (rate) => (body.respPerMin = rate)),
    RESPAPNEA: (a) => set(truth(a), (on) => (body.apnea = on)),
    SAT: (a) => set(wholeNumber(a, 0, 100), (percent) => (body.spo2Pct = percent)),
    PERF: (a) => set(decimal(a, 0.01, 20), (percent) => (body.perfusionPct = percent)),
    SPO2TYPE: (a) =>
      set(
        SENSORS.find((name) => name === a),
        (name) => (sensor = name),
      ),
    QSPO2TYPE: () => ({ data: sensor }),
    TEMP: (a) => set(decimal(a, 30, 42), (degrees) => (body.temperatureC = degrees)),
    NIBPRUN: (a) => set(truth(a), (on) => (body.nibpRuns = on)),
    NIBPP: (a) => set(pressures(a), ([high, low]) => ([body.systolicMmHg, body.diastolicMmHg] = [high, low])),
    ZPRESS: () => undefined,
    CZPRESS: () => undefined,
  };
}

/** `120,080`: the first is the higher one. */
function pressures(argument = ''): readonly [high: number, low: number] | undefined {
  const [systolic, diastolic, ...more] = argument.split(',');
  const high = wholeNumber(systolic, 0, 400);
  const low = wholeNumber(diastolic, 0, 400);
  return high === undefined || low === undefined || low > high || more.length > 0 ? undefined : [high, low];
}
