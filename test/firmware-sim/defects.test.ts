/** Broken parts of the box: what it finds by itself, and what it does then. */
import { describe, expect, test } from 'vitest';
import { DEFECTS, DEFECT_NAMES } from '../../firmware-sim/defects/index.ts';
import { FaultPlan } from '../../firmware-sim/fault-plan.ts';
import { classic } from '../../firmware-sim/profiles/classic.ts';
import { monitor } from '../../firmware-sim/profiles/monitor.ts';
import { MTU_MAX, PacketDecoder } from '../../src/protocol/codec.ts';
import { EVENTS, FAULTS, WHYS } from '../../src/protocol/messages.ts';
import { hello, SpikePatient, WireHost } from './wire-host.ts';

function ready(energyJ = 200): WireHost {
  const host = new WireHost().connect();
  host.charge(energyJ);
  expect(host.state).toBe('ready');
  return host;
}

test('every defect says what breaks and what the box makes of it, under a name that no fault has', () => {
  expect(new Set(DEFECT_NAMES).size).toBe(DEFECT_NAMES.length);
  for (const { name, what } of DEFECTS) {
    expect(FAULTS).not.toContain(name);
    expect(what.length).toBeGreaterThan(30);
  }
});

describe('contact', () => {
  test('lost slowly: the impedance rises, and out of range the box finds it and dumps', () => {
    const host = ready();
    host.box.bench.setFault('looseContact', true);
    const ohms: number[] = [];
    for (let ms = 0; ms < 500; ms += 50) {
      host.wait(50);
      ohms.push(host.box.bench.loadOhm);
      if (host.box.bench.faults.length > 0) break;
    }
    expect(ohms).toEqual([...ohms].sort((a, b) => a - b));
    expect(ohms[0]).toBeGreaterThan(60);
    expect(host.box.bench.faults).toEqual(['contactLost']);
    expect(ohms.at(-1)).toBeGreaterThan(200);
    expect(ohms.length).toBeLessThanOrEqual(9);
    expect(WHYS[host.event('abort')?.why ?? 0]).toBe('impedance');
    host.wait(3500);
    expect(host.box.bench.capacitorJ).toBeLessThan(1);
    expect(host.command({ type: 'charge', energyDj: 2000 })).toBe('interlock');
    host.wait(1000);
    host.command({ type: 'getStatus' });
    expect(host.last('status').impedanceDohm).toBe(65_535);

    host.box.bench.setFault('looseContact', false);
    expect(host.command({ type: 'charge', energyDj: 2000 })).toBe('ok');
  });

  test('with an air gap: the shock arcs, the patient gets a third, and the report says so', () => {
    const patient = new SpikePatient();
    const host = new WireHost({ patient }).connect();
    host.box.bench.setFault('arcingContact', true);
    host.charge(200);
    expect(host.fire()).toBe('ok');
    host.wait(50);
    const [shock] = host.events('shock');
    expect(WHYS[shock.why]).toBe('impedance');
    expect(shock.impedanceDohm).toBe(500);
    expect(shock.peakV / (shock.peakDa / 10)).toBeGreaterThan(75);
    expect(patient.shocks[0].deliveredJ).toBeLessThan(0.4 * 200);
    expect(patient.shocks[0].deliveredJ).toBeCloseTo(host.box.bench.receivedJ, 9);
    expect(host.box.bench.faults).toEqual(['contactLost']);
    host.command({ type: 'getResult', armId: shock.armId });
    expect(WHYS[host.last('result').why]).toBe('impedance');
  });

  test.each([monitor, classic])('an arc never gives the patient more than was selected: $name', (profile) => {
    const patient = new SpikePatient();
    const host = new WireHost({ patient, profile }).connect();
    for (const ohm of [25, 50, 100, 150]) {
      patient.impedanceOhm = ohm;
      host.box.bench.setFault('arcingContact', true);
      host.charge(100);
      expect(host.fire({ energyJ: 100 })).toBe('ok');
      host.wait(5000);
      expect(patient.shocks.at(-1)?.deliveredJ).toBeLessThan(100);
      host.box.bench.setFault('arcingContact', false);
    }
  });
});

describe('the high-voltage side', () => {
  test('a welded relay is found before the next charge, and is no shock to anybody', () => {
    const host = new WireHost().connect();
    host.box.bench.setFault('weldedRelay', true);
    expect(host.command({ type: 'charge', energyDj: 2000 })).toBe('interlock');
    expect(host.state).toBe('failed');
    expect(host.box.bench.faults).toEqual(['relayWeld']);
    host.box.bench.setFault('weldedRelay', false);
    host.command({ type: 'reset' });
    host.wait(1000);
    host.session = 0;
    expect(host.connect(2).state).toBe('standby');
  });

  test('a relay that welds in a shock puts the box out of service behind it', () => {
    const host = ready();
    host.box.bench.setFault('weldedRelay', true);
    expect(host.fire()).toBe('ok');
    host.wait(4000);
    expect(host.box.bench.shocks).toBe(1);
    expect(host.state).toBe('failed');
  });

  test('without cooling a few charges are too many', () => {
    const host = new WireHost().connect();
    host.box.bench.setFault('noCooling', true);
    let charges = 0;
    for (; charges < 60 && host.command({ type: 'charge', energyDj: 3600 }) === 'ok'; charges++) {
      for (let i = 0; i < 100 && host.box.bench.state !== 'ready'; i++) host.wait(200);
      host.command({ type: 'disarm' });
      host.wait(60_000);
    }
    expect(host.box.bench.faults).toContain('overTemperature');
    expect(charges).toBeLessThan(30);
  });
});

describe('controls', () => {
  test('a button that is held for 5 s is stuck', () => {
    const host = ready();
    host.box.bench.setFault('heldButton', true);
    host.wait(4900);
    expect(host.state).toBe('ready');
    host.wait(200);
    expect(host.box.bench.faults).toEqual(['stuckButton']);
    expect(host.state).toBe('dumping');
    host.wait(4000);
    expect(host.command({ type: 'charge', energyDj: 2000 })).toBe('interlock');
    host.box.bench.setFault('heldButton', false);
    expect(host.command({ type: 'charge', energyDj: 2000 })).toBe('ok');
  });

  test('firmware that stands still is restarted by the watchdog within 40 ms, and the relay falls', () => {
    const host = ready();
    host.box.bench.setFault('hungFirmware', true);
    host.wait(30);
    expect(host.box.bench.dumpRelayOn).toBe(false);
    expect(host.fire()).toBe('silence');
    host.wait(15);
    expect(host.box.bench.dumpRelayOn).toBe(true);
    expect(host.box.bench.shocks).toBe(0);
    host.wait(4000);
    host.session = 0;
    host.connect(2);
    expect(host.state).toBe('failed');
    expect(host.last('status').faults).toBe(1 << FAULTS.indexOf('watchdog'));
  });
});

describe('the port', () => {
  test('reboots: the energy goes, garbage comes, the session is over, and after the self-test all is well', () => {
    const host = ready();
    const out: number[] = [];
    const { box } = host;
    box.bench.setFault('reboot', true);
    out.push(...box.step(host.nowUs, new Uint8Array(0)).bytesOut);
    const text = new TextDecoder('latin1').decode(Uint8Array.from(out));
    expect(text).toContain('sim 1.0 boot');
    const decoder = new PacketDecoder({ mtu: MTU_MAX });
    let heard = 0;
    decoder.push(Uint8Array.from(out.slice(-60)), () => heard++);
    expect(heard).toBe(0);
    expect(box.bench.dumpRelayOn).toBe(true);
    host.wait(300);
    host.send(hello(9), 0);
    expect(host.all('welcome')).toHaveLength(1);
    host.wait(4000);
    host.session = 0;
    expect(host.connect(3).state).toBe('standby');
    expect(host.charge(200)).not.toBe(0);
  });

  test('refuses everything, except what makes safe', () => {
    const host = ready();
    host.box.bench.setFault('nakStorm', true);
    expect(host.fire()).toBe('busy');
    expect(host.command({ type: 'charge', energyDj: 2000 })).toBe('busy');
    expect(host.box.bench.shocks).toBe(0);
    expect(host.command({ type: 'disarm' })).toBe('ok');
    expect(host.state).toBe('dumping');
  });

  test('speaks another version: the session ends, and HELLO is told why', () => {
    const host = ready();
    host.box.bench.setFault('wrongVersion', true);
    expect(host.box.bench.state).toBe('dumping');
    host.send(hello(2), 0);
    expect(host.last('log').text).toContain('DSP/2');
    expect(host.all('welcome')).toHaveLength(1);
  });
});

describe('signals', () => {
  function sync(): { host: WireHost; patient: SpikePatient } {
    const patient = new SpikePatient(800);
    const host = new WireHost({ patient }).connect();
    host.command({ type: 'syncSet', on: 1, lead: 0 });
    host.wait(6000);
    expect(host.all('event').filter((e) => EVENTS[e.code] === 'rWave').length).toBeGreaterThan(3);
    return { host, patient };
  }
  const markers = (host: WireHost) => host.all('event').filter((e) => EVENTS[e.code] === 'rWave');

  test.each(['noR', 'leadOff', 'stuckSample'])(
    '%s: no marker, and a shock that waits is given up',
    (fault) => {
      const { host } = sync();
      host.charge(100);
      host.box.bench.setFault(fault, true);
      host.wait(500);
      const before = markers(host).length;
      const answer = host.fire({ energyJ: 100, sync: 1, validMs: 4000, waitRMs: 3000 });
      host.wait(3500);
      expect(markers(host)).toHaveLength(before);
      expect(host.box.bench.shocks).toBe(0);
      if (fault === 'leadOff') expect(answer).toBe('leadsOff');
      else expect(WHYS[host.event('abort')?.why ?? 0]).toBe('noRWave');
    },
  );

  test('T taken for R: a second marker 280 ms after each R, and a shock may fall there', () => {
    const { host, patient } = sync();
    host.charge(100);
    host.box.bench.setFault('tAsR', true);
    const before = markers(host).length;
    host.wait(8000);
    const found = markers(host).slice(before);
    const onT = found.filter((e) => Math.abs(e.tRUs - patient.nearestRUs(e.tRUs)) > 200_000);
    expect(onT.length).toBeGreaterThan(6);
    expect(Math.abs(onT.length - found.length / 2)).toBeLessThanOrEqual(1);
  });
});

test('a load that leaves the range while a shock waits for its R gets none', () => {
  const host = new WireHost({ patient: new SpikePatient(800) }).connect();
  host.command({ type: 'syncSet', on: 1, lead: 0 });
  host.wait(6000);
  host.charge(100);
  expect(host.fire({ energyJ: 100, sync: 1, validMs: 4000 })).toBe('ok');
  host.box.bench.setLoadOhm(248);
  host.wait(3000);
  expect(host.box.bench.shocks).toBe(0);
  expect(host.state).toBe('ready');
});

test('a plan breaks and mends at its times, whoever asks how often', () => {
  const deeds: string[] = [];
  let now = 0;
  const plan = new FaultPlan(
    [
      { name: 'noR', atUs: 2_000_000, forUs: 1_000_000 },
      { name: 'reboot', atUs: 2_500_000, forUs: Infinity },
    ],
    (name, on) => deeds.push(`${now / 1e6} ${name} ${on ? 'on' : 'off'}`),
  );
  expect(plan.poll(0)).toBe(2_000_000);
  for (now = 0; now < 5e6; now += 500_000) plan.poll(now);
  expect(deeds).toEqual(['2 noR on', '2.5 reboot on', '3 noR off']);
  expect(plan.poll(9e6)).toBeUndefined();
});
