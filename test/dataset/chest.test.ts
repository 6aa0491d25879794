/** A record with a chest sensor: advice waits while it swings, whatever the ECG shows. */
import { expect, test } from 'vitest';
import type { Advice } from '../../src/core/advice.ts';
import type { RecordReader } from '../../src/core/record.ts';
import { adviseRecord } from '../../src/dataset/advise.ts';

const FS = 250;
const SECONDS = 24;

/** VF-like noise on signal 0; on signal 1 pushes of 8 units peak to peak, 8 to 14 s. */
function record(): RecordReader {
  let at = 0;
  const vf = (t: number): number =>
    0.6 * Math.sin(2 * Math.PI * 4.3 * t + 2 * Math.sin(1.9 * t)) +
    0.3 * Math.sin(2 * Math.PI * 5.9 * t + Math.sin(3.1 * t));
  const chest = (t: number): number => (t >= 8 && t < 14 ? 4 * Math.sin(2 * Math.PI * 1.7 * t) : 0);
  return {
    header: { fs: FS, signals: [{ units: 'mV' }, { units: 'm/s2' }] },
    read: (leads: number[], out: Float64Array[], n: number): number => {
      const size = Math.min(n, SECONDS * FS - at);
      leads.forEach((lead, k) => {
        for (let i = 0; i < size; i++) out[k][i] = (lead === 0 ? vf : chest)((at + i) / FS);
      });
      at += size;
      return size;
    },
  } as unknown as RecordReader;
}

test('windows that the compressions touch are inconclusive, and the others are as without the sensor', () => {
  const run = (chest?: { signal: number; minSwing: number }): Advice[] => {
    const list: Advice[] = [];
    const options = { lead: 0, windowS: 4, ...(chest === undefined ? {} : { chest }) };
    adviseRecord(
      record(),
      options,
      (a) => list.push(a),
      () => undefined,
    );
    return list;
  };
  const plain = run();
  const helped = run({ signal: 1, minSwing: 3 });
  const held = helped.filter((a) => a.rhythm === 'compressions').map((a) => a.to / FS);
  expect(held[0]).toBeLessThanOrEqual(11);
  expect(held[0]).toBeGreaterThan(8);
  expect(held.at(-1)).toBeGreaterThanOrEqual(17);
  expect(held.at(-1)).toBeLessThanOrEqual(20);
  expect(held).toHaveLength((held.at(-1) ?? 0) - held[0] + 1);
  helped.forEach((a, i) => {
    if (a.rhythm !== 'compressions') expect(a.verdict).toBe(plain[i].verdict);
  });
});
