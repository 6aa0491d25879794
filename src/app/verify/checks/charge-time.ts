/** Time to the highest energy: as it comes, after fifteen shocks of it, and with a battery that is nearly empty. */
import type { Bay, Charge } from '../bay.ts';
import type { Check } from '../check.ts';
import type { Series } from '../finding.ts';
import { judge, notRun } from '../finding.ts';
import { LIMITS } from '../limits.ts';

const SHOCKS = 15;
const LOW_PCT = 10;
const LOAD_OHM = 50;

export const chargeTime: Check = {
  name: 'charge-time',
  title: 'Charge time',
  method: "From CHARGE sent to READY, on the device's clock, to the highest energy of the ladder.",
  needs: ['session'],
  async run(bay) {
    const { findings } = bay;
    const series: Series[] = [];
    const measure = async (
      what: string,
      limit: typeof LIMITS.chargeFresh | typeof LIMITS.chargeUsed,
    ): Promise<Charge> => {
      bay.options.tell(what);
      const charge = await bay.charge(mostJ(bay));
      findings.push(judge(`to ${mostJ(bay)} J, ${what}`, charge.seconds, limit));
      series.push({ name: what, x: charge.curve.t, y: charge.curve.storedJ });
      return charge;
    };
    await bay.connect();
    const { bench } = bay.stand;
    await bench?.ask<'setBattery'>({ do: 'setBattery', percent: 100 });
    await measure('battery full, first charge', LIMITS.chargeFresh);
    await disarm(bay);
    if (bench === undefined) {
      const why = 'nobody can set load and battery: the device has no bench channel';
      findings.push(notRun(`after ${SHOCKS} shocks`, why), notRun(`battery at ${LOW_PCT} %`, why));
    } else {
      await bench.ask<'setLoadOhm'>({ do: 'setLoadOhm', ohm: LOAD_OHM });
      for (let n = 1; n <= (bay.options.quick ? 3 : SHOCKS); n++) {
        bay.options.tell(`shock ${n} of ${mostJ(bay)} J`);
        await bay.shoot(mostJ(bay));
      }
      await measure(`after ${bay.options.quick ? 3 : SHOCKS} shocks`, LIMITS.chargeUsed);
      await disarm(bay);
      await bench.ask<'setBattery'>({ do: 'setBattery', percent: LOW_PCT });
      await measure(`battery at ${LOW_PCT} %`, LIMITS.chargeUsed);
      await disarm(bay);
      await bench.ask<'setBattery'>({ do: 'setBattery', percent: 100 });
      await bench.ask<'setLoadOhm'>({ do: 'setLoadOhm' });
    }
    return {
      findings,
      plots: [
        {
          title: 'Energy in the capacitor while it charges, as the device tells it',
          xLabel: 's',
          yLabel: 'J',
          series,
          lines: [{ x: LIMITS.chargeFresh.high, label: `${LIMITS.chargeFresh.high} s` }],
        },
      ],
    };
  },
};

function mostJ({ profile }: Bay): number {
  return profile.ladderJ[profile.ladderJ.length - 1];
}

async function disarm(bay: Bay): Promise<void> {
  await bay.order({ type: 'disarm' });
  await bay.calm();
}
