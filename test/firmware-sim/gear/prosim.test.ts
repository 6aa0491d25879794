import { describe, expect, test } from 'vitest';
import { ProSim } from '../../../firmware-sim/gear/prosim.ts';
import { WAVES } from '../../../firmware-sim/gear/prosim/arrhythmias.ts';
import type { ProSimOptions } from '../../../firmware-sim/gear/prosim.ts';
import type { GearOptions } from '../../../firmware-sim/gear/gear.ts';
import { Rng } from '../../../src/core/rng.ts';

const text = new TextEncoder();

/** One line after the other; the answers. */
function talk(lines: readonly string[], options: ProSimOptions = {}): string[] {
  const sim = new ProSim(options);
  return lines.map((line) => sim.gear.answer(line));
}

function seconds(sim: ProSim, s: number): Float64Array[] {
  const n = s * sim.patient.fs;
  const out = sim.patient.leads.map(() => new Float64Array(n));
  sim.patient.render(out, n);
  return out;
}

const height = (x: Float64Array): number => Math.max(...x) - Math.min(...x);

function started(...lines: string[]): ProSim {
  const sim = new ProSim();
  for (const line of ['REMOTE', ...lines]) expect(sim.gear.answer(line)).toBe('*');
  return sim;
}

describe('the dialect', () => {
  test('a session as a bench script holds it', () => {
    const lines = [
      'IDENT',
      'QMODE',
      'NSRA=080',
      'REMOTE',
      'QMODE',
      'NSRA=080',
      'vfib=coarse',
      'VFIB=MEDIUM',
      'LOCAL',
    ];
    expect(talk(lines)).toEqual([
      'PROSIM8; 1.00; rwave SIMULATED',
      'LOCAL',
      '!02 Illegal command',
      '*',
      'RMAIN',
      '*',
      '*',
      '!03 Illegal parameter',
      '*',
    ]);
  });
  test('the older families answer in their own words', () => {
    const lines = ['NSRA=080', 'REMOTE', 'NSRA=080', 'NONSENSE', 'NSRA=9999'];
    expect(talk(lines, { dialect: 'prosim2' })).toEqual(['ERR=00', 'OK', 'OK', 'ERR=01', 'ERR=03']);
    expect(talk(['REMOTE', 'NONSENSE'], { dialect: 'mps450' })).toEqual(['OK', 'ERR=001, UNKNOWN COMMAND']);
  });
  test.each(['NSRB=080', 'NSRP?', 'constructor', '__proto__', 'toString=1', '='])('%s is unknown', (line) =>
    expect(talk(['REMOTE', line])[1]).toBe('!01 Unknown command'),
  );
  test.each(['CORUN=TRUE', 'NIBPLEAK=150,060', 'PRESS', 'DIAG', 'KEY=01,1'])(
    '%s is known and not installed: no star without effect',
    (line) => {
      expect(talk(['REMOTE', line])[1]).toBe('!02 Illegal command');
      expect(talk(['REMOTE', line], { dialect: 'prosim2' })[1]).toBe('ERR=06');
    },
  );
  test.each([
    'NSRP=120',
    'NSRAX=HOR',
    'STDEV=-0.30',
    'EARTLD=V3',
    'TVPPOL=A,N',
    'TVPAMPL=V,700',
    'TVPWID=V,0.5',
    'PULSE=80',
    'SQUARE=2.5',
    'RESPRUN=TRUE',
    'RESPRATE=015',
    'RESPRATIO=3',
    'RESPAMPL=1.00',
    'RESPBASE=1500',
    'RESPLEAD=LL',
    'RESPAPNEA=ON',
    'SAT=085',
    'PERF=00.05',
    'SPO2TYPE=MASIM',
    'NIBPRUN=TRUE',
    'NIBPP=090,050',
    'NIBPV=0.65',
    'NIBPES=-05',
    'ZPRESS',
    'IBPS=1,-010',
    'IBPW=2,PAW',
    'IBPP=1,120,080',
    'TEMP=38.5',
    'RESET',
  ])('%s is done', (line) => expect(talk(['REMOTE', line])[1]).toBe('*'));
  test('every wave of the lists is played', () => {
    const sim = started();
    for (const [command, names] of Object.entries(WAVES)) {
      for (const name of Object.keys(names)) {
        expect([command, name, sim.gear.answer(`${command}=${name}`)]).toEqual([command, name, '*']);
        expect(seconds(sim, 1)[2].every(Number.isFinite)).toBe(true);
      }
    }
    for (const name of ['ATR', 'ASY', 'DFS', 'DOS', 'AVS', 'NCP', 'NFN']) {
      expect(sim.gear.answer(`TVPWAVE=${name}`)).toBe('*');
    }
  });
  test.each([
    'NSRA=',
    'NSRA',
    'NSRA=08O',
    'NSRA=-80',
    'NSRA=8.5',
    'ECGAMPL=9',
    'RDET=080',
    'RDET=080,060,1',
    'SPVWAVE=constructor',
    'EART=70',
    'EARTSZ=033',
    'ACLSWAVE=XYZ',
    'NSRAX=UP',
    'STDEV=0.07',
    'STDEV=0.90',
    'EARTLD=V7',
    'TVPPOL=X,P',
    'TVPAMPL=A,030',
    'TVPWID=V,3.0',
    'TVPWAVE=constructor',
    'RESPRATE=009',
    'RESPBASE=0700',
    'SAT=101',
    'PERF=21.00',
    'NIBPP=080,120',
    'NIBPP=120',
    'IBPS=3,010',
    'IBPW=1,CVP',
    'TEMP=43.0',
    'ECGRUN=YES',
  ])('%s is an illegal parameter', (line) => {
    expect(talk(['REMOTE', line])[1]).toBe('!03 Illegal parameter');
  });
});

describe('the serial line', () => {
  test('takes CR, LF or both, backspace, escape, and any cut', () => {
    const sim = new ProSim();
    const bytes = text.encode('REMOTE\r\nNSRB\bA=080\rgarbage\u001bQMODE\n\n\r');
    for (const byte of bytes) sim.gear.receive(Uint8Array.of(byte));
    expect(sim.gear.take()).toBe('*\r\n*\r\nRMAIN\r\n');
    expect(sim.gear.take()).toBe('');
  });
  test('reports a line that is too long once and goes on', () => {
    const sim = new ProSim();
    sim.gear.receive(text.encode(`REMOTE\r${'X'.repeat(10_000)}\rQMODE\r`));
    expect(sim.gear.take()).toBe('*\r\n!04 Buffer overflow\r\nRMAIN\r\n');
  });
  test('answers any argument of any command with one of its words', () => {
    const rng = new Rng('arguments');
    const sim = started();
    const { commands } = (sim.gear as unknown as { options: GearOptions }).options;
    const names = [...Object.keys(commands), 'REMOTE', 'IDENT', 'QMODE'];
    const digit = (): string =>
      rng.pick(['0', '1', '2', '3', '5', '8', '9', '.', '-', '+', ',', 'A', 'V', ' ']);
    for (let k = 0; k < 5000; k++) {
      sim.gear.remote = true;
      const name = names[rng.int(0, names.length - 1)];
      const argument = rng.chance(1, 2)
        ? Array.from({ length: rng.int(0, 8) }, digit).join('')
        : String(rng.int(0, 400)).padStart(3, '0');
      expect(sim.gear.answer(`${name}=${argument}`)).toMatch(
        /^(\*|!0[1-4] .+|PROSIM8.*|RMAIN|LOCAL|[A-Z]{3,6})$/,
      );
    }
    expect(seconds(sim, 1)[2].every(Number.isFinite)).toBe(true);
  });
  test('survives random bytes', () => {
    const rng = new Rng('fuzz');
    const sim = new ProSim({ fs: 100 });
    for (let k = 0; k < 20_000; k++) sim.gear.receive(Uint8Array.of(rng.int(0, 255)));
    sim.gear.receive(text.encode('\rREMOTE\rQMODE\r'));
    expect(sim.gear.take().endsWith('*\r\nRMAIN\r\n')).toBe(true);
  });
});

describe('what is played', () => {
  test.each([
    ['NSRA=080', 'sinus-fixed'],
    ['SPVWAVE=AFL', 'flutter'],
    ['VNTWAVE=BIG', 'bigeminy'],
    ['VNTWAVE=ASYS', 'asystole'],
    ['CNDWAVE=2DB1', 'block-2-1'],
    ['AFIB=COARSE', 'af'],
    ['VFIB=FINE', 'fine-vf'],
    ['MONOVTACH=150', 'vt'],
    ['POLYVTACH=3', 'torsades'],
    ['ACLSWAVE=TDP', 'torsades'],
    ['TVPWAVE=ASY', 'Asynchronous ventricular pacing'],
    ['PREWAVE=PVC1R', 'PVC, left focus, R on T'],
    ['VNTWAVE=RUN11', 'Runs of 11 PVC'],
    ['SPVWAVE=MB80', 'Missed beat at 80/min'],
    ['SINE=10', 'Sine, 10 Hz'],
    ['RDET=080,060', 'QRS of 80 ms, 60/min'],
  ])('%s plays %s', (line, playing) => {
    const sim = started(line);
    expect(sim.patient.playing).toBe(playing);
    expect(seconds(sim, 3)[2].every(Number.isFinite)).toBe(true);
  });

  test('NSRA is exact: 120 beats in a minute, all RR the same', () => {
    const sim = started('NSRA=120');
    const rs: number[] = [];
    sim.patient.onR = (tS) => rs.push(tS);
    seconds(sim, 60);
    expect(Math.abs(rs.length - 120)).toBeLessThanOrEqual(1);
    expect(rs.slice(1).every((t, i) => Math.abs(t - rs[i] - 0.5) < 1e-9)).toBe(true);
  });

  test('ECGAMPL scales, ECGRUN stops and starts', () => {
    expect(height(seconds(started('SINE=5', 'ECGAMPL=2.50'), 2)[2])).toBeCloseTo(2.5, 2);
    expect(height(seconds(started('NSRA=060', 'ECGRUN=FALSE'), 2)[2])).toBe(0);
    expect(height(seconds(started('NSRA=060', 'ECGRUN=OFF', 'ECGRUN=ON'), 2)[2])).toBeGreaterThan(1);
  });

  test('EART puts an artifact on, EARTSZ sizes it, OFF takes it off', () => {
    const quiet = ['VNTWAVE=ASYS'];
    const hum = (...lines: string[]): number =>
      height(seconds(started(...quiet, ...lines), 4)[2].subarray(1000));
    expect(hum('EART=50', 'EARTSZ=050') / hum('EART=50', 'EARTSZ=025')).toBeCloseTo(2, 0);
    expect(hum('EART=50', 'EART=OFF')).toBe(0);
  });

  test('NSRAX turns the axis: lead II is highest at 60 degrees, lead I when it is horizontal', () => {
    const peak = (line: string, lead: number): number =>
      Math.max(...seconds(started('NSRA=060', line), 4)[lead]);
    expect(peak('NSRAX=HOR', 1)).toBeGreaterThan(1.5 * peak('NSRAX=INT', 1));
    expect(peak('NSRAX=VER', 1)).toBeLessThan(0.5 * peak('NSRAX=INT', 1));
    const [, one, two, three] = seconds(started('NSRAX=HOR'), 4);
    expect(three.every((mv, i) => Math.abs(mv - (two[i] - one[i])) < 1e-12)).toBe(true);
  });

  test('STDEV lifts the ST segment of NSRA by that much, however the samples are cut', () => {
    const flat = seconds(started('NSRA=060'), 5)[2];
    const lifted = seconds(started('NSRA=060', 'STDEV=+0.30'), 5)[2];
    const most = lifted.reduce((high, mv, i) => Math.max(high, mv - flat[i]), 0);
    expect(most).toBeCloseTo(0.3, 9);
    expect(lifted.every((mv, i) => mv - flat[i] >= 0)).toBe(true);
    const sim = started('NSRA=060', 'STDEV=+0.30');
    const pieces = Array.from({ length: 50 }, () => seconds(sim, 0.1)[2]);
    expect(pieces.flatMap((piece) => [...piece])).toEqual([...lifted]);
  });

  test('EARTLD disturbs the leads of one electrode only', () => {
    const [, one, two] = seconds(started('VNTWAVE=ASYS', 'EART=50', 'EARTLD=LL'), 3).map((x) =>
      height(x.subarray(1000)),
    );
    expect([one, two > 0.3]).toEqual([0, true]);
    const chest = seconds(started('VNTWAVE=ASYS', 'EART=50', 'EARTLD=V1'), 3);
    expect(height(chest[2].subarray(1000))).toBe(0);
  });

  test('pulses of the pacemaker are as high, as long and as many as set', () => {
    const [, , two] = seconds(started('TVPAMPL=V,020', 'TVPPOL=V,N', 'TVPWID=V,2.0', 'TVPWAVE=NCP'), 8);
    const deep = two.map((mv) => (mv < -5 ? mv : 0));
    const pulses = deep.reduce((n, mv, i) => (mv < 0 && deep[i - 1] === 0 ? n + 1 : n), 0);
    // A converter gives the area: 20 mV for 2 ms, on the foot of the QRS that it starts.
    const mvMs = deep.reduce((sum, mv) => sum + mv * 2, 0);
    expect(Math.abs(mvMs / pulses + 40)).toBeLessThan(2);
    expect(pulses).toBe(10);
  });

  test('RESET is like power on: local, sinus rhythm at 80, usual settings', () => {
    const sim = started('VFIB=COARSE', 'ECGAMPL=4.00', 'EART=60', 'SAT=050', 'NSRAX=HOR', 'RESET');
    expect(sim.gear.answer('QMODE')).toBe('LOCAL');
    expect(seconds(sim, 6)[2].subarray(1500)).toEqual(seconds(started('NSRA=080'), 6)[2].subarray(1500));
    expect(sim.patient.body?.vitals().spo2Percent).toBe(97);
  });

  test('no shock and no pacing changes an instrument', () => {
    const sim = started('VFIB=COARSE');
    sim.patient.shock();
    sim.patient.pace();
    expect(sim.patient.playing).toBe('vf');
  });
});
