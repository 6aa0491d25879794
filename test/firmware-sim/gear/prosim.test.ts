import { describe, expect, test } from 'vitest';
import { ProSim } from '../../../firmware-sim/gear/prosim.ts';
import type { ProSimOptions } from '../../../firmware-sim/gear/prosim.ts';
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
  test.each(['NIBPP=120,080', 'SAT=097', 'TEMP=37.0', 'constructor', '__proto__', 'toString=1', '='])(
    '%s is unknown, not a star without effect',
    (line) => expect(talk(['REMOTE', line])[1]).toBe('!01 Unknown command'),
  );
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
    'ACLSWAVE=PTU',
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
    ['TVPWAVE=ASY', 'paced'],
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

  test('no shock and no pacing changes an instrument', () => {
    const sim = started('VFIB=COARSE');
    sim.patient.shock();
    sim.patient.pace();
    expect(sim.patient.playing).toBe('vf');
  });
});
