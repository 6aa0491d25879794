/**
 * AED: from the onset of a rhythm to the advice, and to ready for shock; and rhythms that need no shock get none. The whole
 * host decides, on the ECG that the device sends. SHOCK is never pressed.
 */
import type { SessionEvent } from '../../../core/session-events.ts';
import { Session } from '../../../session/session.ts';
import type { Bay } from '../bay.ts';
import { Stopped } from '../bay.ts';
import type { Check } from '../check.ts';
import type { Finding, Series } from '../finding.ts';
import { expectTrue, judge } from '../finding.ts';
import { LIMITS } from '../limits.ts';

/** Shockable: coarse VF, flutter of the ventricles, rapid VT. */
const SHOCKABLE = [
  { rhythm: 'vf', title: 'ventricular fibrillation' },
  { rhythm: 'vfl', title: 'ventricular flutter' },
  { rhythm: 'vt', title: 'ventricular tachycardia, 220/min', ratePerMin: 220 },
];
const NOT_SHOCKABLE = ['sinus', 'bradycardia', 'af', 'svt', 'pvcs', 'asystole', 'pea', 'block-3'];
const TRIALS = 3;
const BEFORE_S = 12;
const MOST_S = 40;
const WATCHED_S = 30;

interface Heard {
  session: Session;
  events: { at: number; event: SessionEvent }[];
}

export const aedTiming: Check = {
  name: 'aed-timing',
  title: 'AED decision and readiness',
  method: `Sinus rhythm for ${BEFORE_S} s, then the rhythm in question. Times from the onset; the slowest of ${TRIALS} trials counts. Rhythms that need no shock are watched for ${WATCHED_S} s.`,
  needs: ['session', 'bench'],
  async run(bay) {
    await bay.bench.ask<'setWave'>({ do: 'setWave' });
    const { findings } = bay;
    const advised: Series = { name: 'shock advised', x: [], y: [], kind: 'dots' };
    const ready: Series = { name: 'ready for shock', x: [], y: [], kind: 'dots' };
    for (const { rhythm, title, ratePerMin } of SHOCKABLE) {
      const times = await trials(bay, rhythm, ratePerMin);
      const slowest = Math.max(...times.map((t) => t.readyS));
      const advice = times.map((t) => (Number.isNaN(t.adviceS) ? 'none' : t.adviceS.toFixed(1))).join(', ');
      findings.push(
        judge(`${title}: ready for shock after`, slowest, LIMITS.aedReady, `shock advised after ${advice} s`),
      );
      for (const { adviceS, readyS } of times) {
        advised.x = [...advised.x, adviceS];
        advised.y = [...advised.y, SHOCKABLE.findIndex((s) => s.rhythm === rhythm) + 1];
        ready.x = [...ready.x, readyS];
        ready.y = [...ready.y, SHOCKABLE.findIndex((s) => s.rhythm === rhythm) + 1];
      }
    }
    for (const rhythm of NOT_SHOCKABLE) findings.push(await watched(bay, rhythm));
    return {
      findings,
      plots: [
        {
          title: `Time from the onset (1 = VF, 2 = flutter, 3 = VT)`,
          xLabel: 's',
          yLabel: 'rhythm',
          series: [advised, ready],
          lines: [{ x: LIMITS.aedReady.high, label: `limit ${LIMITS.aedReady.high} s` }],
        },
      ],
    };
  },
};

async function trials(
  bay: Bay,
  rhythm: string,
  ratePerMin: number | undefined,
): Promise<{ adviceS: number; readyS: number }[]> {
  const times: { adviceS: number; readyS: number }[] = [];
  for (let n = 1; n <= (bay.options.quick ? 1 : TRIALS); n++) {
    bay.options.tell(`${rhythm}, trial ${n}`);
    await bay.bench.ask<'setRhythm'>({ do: 'setRhythm', rhythm: 'sinus' });
    const heard = await aedSession(bay, `${rhythm}.${n}`);
    await bay.wait(BEFORE_S * 1000);
    await bay.bench.ask<'setRhythm'>({
      do: 'setRhythm',
      rhythm,
      ...(ratePerMin !== undefined && { ratePerMin }),
    });
    const onset = bay.now;
    const after = (fits: (e: SessionEvent) => boolean): number => {
      const found = heard.events.find(({ at, event }) => at >= onset && fits(event));
      return found === undefined ? NaN : (found.at - onset) / 1e6;
    };
    const readyS = (): number => after((e) => e.type === 'charged');
    await bay.stand.until(() => !Number.isNaN(readyS()), MOST_S * 1000);
    times.push({ adviceS: after((e) => e.type === 'advice' && e.verdict === 'shock'), readyS: readyS() });
    heard.session.operate({ type: 'disarm' }, bay.now);
    await bay.wait(bay.profile.dumpMs);
  }
  return times;
}

async function watched(bay: Bay, rhythm: string): Promise<Finding> {
  bay.options.tell(`${rhythm}, no shock`);
  await bay.bench.ask<'setRhythm'>({ do: 'setRhythm', rhythm });
  const { events } = await aedSession(bay, rhythm);
  await bay.wait(WATCHED_S * 1000);
  const shocks = events.filter(({ event }) => event.type === 'advice' && event.verdict === 'shock').length;
  return expectTrue(`${rhythm}: no shock advised in ${WATCHED_S} s`, shocks === 0, LIMITS.aedNoShock);
}

async function aedSession(bay: Bay, name: string): Promise<Heard> {
  const session = new Session({ mode: 'aed', rng: bay.options.rng.fork(name), name: 'rwave verify' });
  const heard: Heard = { session, events: [] };
  session.onEvent = (event) => void heard.events.push({ at: bay.now, event });
  bay.take(session);
  const isUp = await bay.stand.until(() => session.state.link === 'up', 8000);
  if (!isUp) throw new Stopped('waited 8000 ms for a session');
  return heard;
}
