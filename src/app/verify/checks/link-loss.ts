/** The host falls silent while the device is charged: the charge must go, and nothing may come back by itself. */
import type { Check } from '../check.ts';
import { expectTrue, judge, judgeBetween } from '../finding.ts';
import { emptyLimit, LIMITS } from '../limits.ts';
import { EVENTS, OUTCOMES } from '../../../protocol/messages.ts';
import { whyOf } from '../bay.ts';
import { watchDump } from './disarm.ts';

const ALIVE_MS = 2000;

export const linkLoss: Check = {
  name: 'link-loss',
  title: 'Link loss',
  method:
    "The host stops sending in the middle of a charged second. Time counts from its last packet; the device's own time of the abort is compared with it afterwards.",
  needs: ['session'],
  async run(bay) {
    const { findings } = bay;
    await bay.connect();
    const energyJ = bay.profile.ladderJ[bay.profile.ladderJ.length - 1];
    const { armId } = await bay.charge(energyJ);
    await bay.wait(ALIVE_MS);
    const { host: before } = bay;
    before.silent = true;
    const lastUs = before.lastSentUs;
    const lastBoxUs = before.time.toBox(lastUs);
    const dump = bay.stand.bench === undefined ? undefined : await watchDump(bay, lastBoxUs);
    if (dump !== undefined) {
      findings.push(
        judgeBetween('dump relay on', dump.relay.low, dump.relay.high, LIMITS.linkLoss),
        judgeBetween(
          'less than 1 J left after the relay closed',
          dump.empty.low - dump.relay.high,
          dump.empty.high - dump.relay.low,
          emptyLimit(bay.profile.dumpMs),
        ),
      );
    }
    await bay.wait(dump === undefined ? bay.profile.dumpMs + 1500 : 500);

    const after = await bay.connect();
    await bay.stand.until(() => after.events.some((e) => EVENTS[e.code] === 'abort'), 1000);
    const abort = [...before.events, ...after.events].findLast((e) => EVENTS[e.code] === 'abort');
    const ownMs = abort === undefined ? NaN : (abort.tUs - lastBoxUs) / 1000;
    findings.push(judge('the device gives the charge up, by its own clock', ownMs, LIMITS.linkLoss));
    const why = whyOf(abort);
    findings.push(
      expectTrue('the next session is told "linkLost"', why === 'linkLost', LIMITS.told, `told "${why}"`),
    );

    after.askResult(armId);
    await bay.need('GET_RESULT', () => after.result !== undefined, 2000);
    const outcome = OUTCOMES[after.result?.outcome ?? 0];
    findings.push(
      expectTrue(
        'GET_RESULT says that it was dumped',
        outcome === 'dumped',
        LIMITS.told,
        `says "${outcome}"`,
      ),
      expectTrue('nothing is armed again by itself', after.boxState === 'standby', LIMITS.rule),
    );
    if (bay.stand.bench !== undefined) {
      const reply = await bay.order(bay.fireMessage({ armId, energyJ }));
      findings.push(
        expectTrue(
          'FIRE with the arm id of the lost session is refused',
          reply !== 'ok',
          LIMITS.rule,
          `answered "${reply}"`,
        ),
      );
    }
    return {
      findings,
      ...(dump !== undefined && {
        plots: [
          {
            title: "Energy in the capacitor after the host's last packet",
            xLabel: 'ms',
            yLabel: 'J',
            series: [{ name: `${energyJ} J selected`, x: dump.t, y: dump.storedJ }],
            lines: [{ x: LIMITS.linkLoss.high, label: `${LIMITS.linkLoss.high} ms` }],
          },
        ],
      }),
    };
  },
};
