/** From a recording to advice, to episodes, to their scores: the commands as they are typed, on a patient made for it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { readAnnotations, WfdbWriter, writeAnnotations } from '../../signals/formats/index.ts';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { adviseCommand } from '../../src/app/commands/advise.ts';
import { scoreCommand } from '../../src/app/commands/score.ts';
import { type Annotation, CODE } from '../../src/core/annotations.ts';
import { temporaryFolder } from '../formats/folder.ts';

const FS = 250;
const CALM_S = 40;
const VF_S = 30;
const folder = temporaryFolder();
const record = join(folder, 'patient');

/** What a command prints. */
async function rwave(...args: string[]): Promise<string> {
  let out = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  const program = new Command().exitOverride();
  adviseCommand.register(program);
  scoreCommand.register(program);
  try {
    await program.parseAsync(args, { from: 'user' });
  } finally {
    spy.mockRestore();
    vi.restoreAllMocks();
  }
  return out;
}

const mark = (sample: number, code: number, aux = ''): Annotation => {
  return { sample, code, aux, subtype: 0, chan: 0, num: 0 };
};

beforeAll(() => {
  const parts = [
    { rhythm: 'sinus', seconds: CALM_S },
    { rhythm: 'vf', seconds: VF_S },
    { rhythm: 'sinus', seconds: CALM_S },
  ].map(({ rhythm, seconds }) => {
    const patient = new SimPatient({ fs: FS, seed: 5, rhythm });
    const leads = patient.leads.map(() => new Float64Array(seconds * FS));
    patient.render(leads, seconds * FS);
    return leads[0];
  });
  const x = Float64Array.from(parts.flatMap((p) => [...p]));
  const signal = { description: 'pads', units: 'mV', adcGain: 200, baseline: 0, adcRes: 12, adcZero: 0 };
  const writer = new WfdbWriter(record, { fs: FS, format: 16, signals: [signal] });
  writer.write([x], x.length);
  writer.close();
  const ends = [CALM_S * FS, (CALM_S + VF_S) * FS];
  writeAnnotations(`${record}.atr`, [
    mark(0, CODE.RHYTHM, '(N'),
    mark(ends[0], CODE.VFON),
    mark(ends[1], CODE.VFOFF),
  ]);
});

describe('rwave advise', () => {
  test('-a writes the VF as brackets, alone prints nothing, and epicmp rules find it', async () => {
    const out = join(folder, 'out');
    expect(await rwave('advise', record, '--vote', '--window', '3', '-a', 'vf', '-o', out)).toBe('');
    const marks = readAnnotations(join(out, 'patient.vf'));
    expect(marks.map((m) => m.code)).toEqual([CODE.VFON, CODE.VFOFF]);
    const [on, off] = marks.map((m) => m.sample / FS);
    expect(Math.abs(on - CALM_S)).toBeLessThan(5);
    expect(Math.abs(off - CALM_S - VF_S)).toBeLessThan(5);
    const scored = await rwave(
      'score',
      'episodes',
      '-r',
      record,
      '-a',
      'atr',
      'vf',
      '-f',
      '0',
      '--test-dir',
      out,
      '--json',
    );
    expect(JSON.parse(scored)).toMatchObject({
      sensitivity: { of: 1, all: 1 },
      predictivity: { of: 1, all: 1 },
    });
  });

  test('--no-compressions: the ECG is not asked for them; with --chest it is refused', async () => {
    const gates = (text: string): Set<string> => new Set(text.match(/gate\.compression[A-Z]?\w*/g));
    expect(gates(await rwave('advise', record, '--json'))).toContain('gate.compressionShare');
    expect([...gates(await rwave('advise', record, '--json', '--no-compressions'))]).toEqual([
      'gate.compressionChannel',
    ]);
    const both = ['--no-compressions', '--chest', '0', '--chest-swing', '1'];
    await expect(rwave('advise', record, ...both)).rejects.toThrow(/expected one of them/);
  });

  test('-a does not overwrite without --force', async () => {
    const out = join(folder, 'kept');
    mkdirSync(out);
    writeFileSync(join(out, 'patient.vf'), 'mine');
    await expect(rwave('advise', record, '-a', 'vf', '-o', out)).rejects.toThrow(
      /patient\.vf: expected no such file/,
    );
    expect(readFileSync(join(out, 'patient.vf'), 'utf8')).toBe('mine');
  });
});

interface Scored {
  protocol: string;
  bac: number;
  shockable: { all: number; leftOut: { windows: number } };
  classes?: { class: string; all: number; gross: number | null; verdict: string }[];
}

describe('rwave score advice', () => {
  const decisions = join(folder, 'decisions.jsonl');
  beforeAll(async () => {
    writeFileSync(decisions, await rwave('advise', record, '--json'));
  });

  test('without a protocol: P0, P1 and P2 side by side, P2 with the classes of the AHA', async () => {
    const results = JSON.parse(await rwave('score', 'advice', '-r', record, decisions, '--json')) as Scored[];
    expect(results.map((r) => r.protocol)).toEqual(['P0', 'P1', 'P2']);
    const [, p1, p2] = results;
    expect(p1.bac).toBeGreaterThan(0.95);
    // 30 s of VF less 5 s at both ends: 20 s hold 4 or 5 windows of 4 s.
    expect(p2.shockable.all).toBeGreaterThanOrEqual(4);
    const vf = p2.classes?.find((c) => c.class === 'coarse VF');
    expect(vf).toMatchObject({ all: p2.shockable.all, gross: 1, verdict: 'bound missed, few' });
    const text = await rwave('score', 'advice', '-r', record, decisions);
    expect(text).toMatch(/^protocol +n shock/m);
    expect(text).toMatch(/^P2 leaves out: shockable \d+\.\d % \(.*transition/m);
    expect(text).toMatch(/^coarse VF +Se>90/m);
    expect(text).toMatch(/^patient +\d/m);
  });

  test('overrides from a file are used in place of measured ones', async () => {
    const file = join(folder, 'overrides.tsv');
    const name = `${folder.split('/').at(-1)}/patient`;
    writeFileSync(file, `${name}\t${CALM_S}\t${CALM_S + VF_S}\tfineVF\tmade up\n`);
    const [p2] = JSON.parse(
      await rwave(
        'score',
        'advice',
        '-r',
        record,
        decisions,
        '--json',
        '--protocol',
        'P2',
        '--overrides',
        file,
      ),
    ) as Scored[];
    expect(p2.classes?.find((c) => c.class === 'fine VF')?.all).toBe(p2.shockable.all);
  });

  test('P1X wants to know what is unusable', async () => {
    await expect(rwave('score', 'advice', '-r', record, decisions, '--protocol', 'P1X')).rejects.toThrow(
      /--unusable/,
    );
  });
});
