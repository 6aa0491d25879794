/** The bench with instruments, on real sockets. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runGear } from '../../src/app/device/run-gear.ts';
import type { RunningGear } from '../../src/app/device/run-gear.ts';

let bench: RunningGear;
beforeAll(async () => {
  bench = await runGear({ transport: { kind: 'tcp', port: 0 }, profile: 'als', seed: 1 });
});
afterAll(() => bench.close());

const portOf = (name: string): number => (bench.about[name] as { port: number }).port;

/** Sends lines to an instrument and waits for so many in return. */
function ask(name: string, sent: string, lines: number): Promise<string[]> {
  return askAt(portOf(name), sent, lines);
}

async function askAt(port: number, sent: string, lines: number): Promise<string[]> {
  const socket: Socket = connect(port, '127.0.0.1');
  socket.setEncoding('latin1');
  let text = '';
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('data', (data) => {
      text += data.toString();
      if (text.split('\r\n').length > lines) {
        socket.destroy();
        resolve(text.split('\r\n').slice(0, -1));
      }
    });
    socket.write(sent);
  });
}

test('says where the three are, and that they are simulated', () => {
  expect(bench.about).toMatchObject({
    box: { protocol: 'DSP/1' },
    prosim: { dialect: 'ProSim 8' },
    impulse: { dialect: 'Impulse 7000DP' },
    simulated: true,
  });
  expect(new Set(['box', 'prosim', 'impulse'].map(portOf)).size).toBe(3);
});

test('the patient simulator answers a script, on one connection and the next', async () => {
  expect(await ask('prosim', 'IDENT\rREMOTE\rVFIB=COARSE\rTEMPER=37.0\r', 4)).toEqual([
    'PROSIM8; 1.00; rwave SIMULATED',
    '*',
    '*',
    '!01 Unknown command',
  ]);
  expect(await ask('prosim', 'QMODE\r', 1)).toEqual(['RMAIN']);
});

test('the analyzer gets ready', async () => {
  expect(await ask('impulse', 'REMOTE\r\nMODE=DEFIB\r\nDREADY\r\n', 3)).toEqual(['*', '*', '*']);
});

test('rwave device --as impulse: the analyzer has the port that was asked for, the box one beside it', async () => {
  const alone = await runGear({
    transport: { kind: 'tcp', port: 0 },
    profile: 'als',
    seed: 1,
    first: 'impulse',
    dialect: 'mps450',
  });
  try {
    const { about } = alone;
    expect(about).toMatchObject({ dialect: 'Impulse 7000DP', simulated: true, box: { protocol: 'DSP/1' } });
    expect(about['port']).toBe((about['impulse'] as { port: number }).port);
    const leads = about['prosim'] as { port: number; dialect: string };
    expect(leads.dialect).toBe('MPS450');
    expect(await askAt(leads.port, 'REMOTE\rNONSENSE\r', 2)).toEqual(['OK', 'ERR=001, UNKNOWN COMMAND']);
    expect(await askAt(about['port'] as number, 'IDENT\r', 1)).toEqual([
      'IMPULSE 7000DP; 2.40; rwave SIMULATED',
    ]);
  } finally {
    alone.close();
  }
});
