/** A hostile host: every FIRE here lacks something, and none may move energy. Counted on the load, not on the answers. */
import type { Bay, Charge } from '../bay.ts';
import type { Check } from '../check.ts';
import type { Finding } from '../finding.ts';
import { expectTrue } from '../finding.ts';
import { LIMITS } from '../limits.ts';

interface Trick {
  name: string;
  /** Energies that may reach the load all the same: the one FIRE that is right. */
  allowed?: number;
  play: (bay: Bay, charge: Charge) => Promise<unknown>;
  undo?: (bay: Bay) => Promise<unknown>;
}

const TRICKS: readonly Trick[] = [
  {
    name: 'FIRE with an arm id that was never given',
    play: (bay, charge) =>
      bay.order(bay.fireMessage({ ...charge, armId: (charge.armId ^ 0x5a5a5a5a) >>> 0 })),
  },
  {
    name: 'FIRE with another energy, then the right one with the burnt id',
    play: async (bay, charge) => {
      await bay.order(bay.fireMessage({ ...charge, energyJ: charge.energyJ + 10 }));
      await bay.order(bay.fireMessage(charge));
    },
  },
  {
    name: 'FIRE whose time is over',
    play: (bay, charge) =>
      bay.order({ ...bay.fireMessage(charge), validUntilUs: bay.host.time.toBox(bay.now) - 1000 }),
  },
  {
    name: 'one press sent three times',
    allowed: 1,
    play: (bay, charge) => {
      for (let k = 0; k < 3; k++) bay.host.throwIn(bay.fireMessage(charge));
      return Promise.resolve();
    },
  },
  {
    name: 'FIRE after DISARM',
    play: async (bay, charge) => {
      await bay.order({ type: 'disarm' });
      await bay.order(bay.fireMessage(charge));
    },
  },
  {
    name: "FIRE by another host with the first host's arm id",
    play: async (bay, charge) => {
      await bay.connectOver();
      await bay.order(bay.fireMessage(charge));
    },
  },
  {
    name: 'FIRE with SYNC when SYNC is off',
    play: (bay, charge) => bay.order(bay.fireMessage(charge, true, 5000)),
  },
  {
    name: 'FIRE into a short circuit',
    play: async (bay, charge) => {
      await bay.bench.ask<'setLoadOhm'>({ do: 'setLoadOhm', ohm: 3 });
      await bay.order(bay.fireMessage(charge));
    },
  },
  {
    name: 'FIRE with the pads off',
    play: async (bay, charge) => {
      await bay.bench.ask<'setPads'>({ do: 'setPads', on: false });
      await bay.order(bay.fireMessage(charge));
    },
    undo: (bay) => bay.bench.ask<'setPads'>({ do: 'setPads', on: true }),
  },
];

const LOAD_OHM = 50;

export const permission: Check = {
  name: 'permission',
  title: 'Energy only with permission',
  method: 'Each FIRE lacks one thing. Shocks are counted and energy is summed on the load.',
  needs: ['session', 'bench'],
  async run(bay) {
    const { findings } = bay;
    for (const trick of TRICKS) {
      bay.options.tell(trick.name);
      findings.push(await play(bay, trick));
    }
    await bay.bench.ask<'setLoadOhm'>({ do: 'setLoadOhm' });
    return { findings };
  },
};

async function play(bay: Bay, { name, allowed = 0, play: trick, undo }: Trick): Promise<Finding> {
  await bay.bench.ask<'setLoadOhm'>({ do: 'setLoadOhm', ohm: LOAD_OHM });
  await bay.connect();
  const charge = await bay.charge(bay.profile.startJ);
  const before = await bay.truth();
  await trick(bay, charge);
  await bay.wait(500);
  await undo?.(bay);
  const after = await bay.truth();
  const shocks = after.shocks - before.shocks;
  const joules = after.receivedJ - before.receivedJ;
  await bay.order({ type: 'disarm' });
  await bay.wait(bay.profile.dumpMs);
  const isFine = shocks === allowed && joules <= allowed * 1.15 * charge.energyJ;
  const what = allowed === 0 ? `${name}: nothing reaches the load` : `${name}: one shock`;
  return expectTrue(what, isFine, LIMITS.rule, `${shocks} shocks, ${joules.toFixed(1)} J`);
}
