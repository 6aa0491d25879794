/** The noise tables as text: Se and +P against SNR for each kind of recorded noise. */
import { type Cell, noiseCell } from './noise-cell.ts';

export const NOISES = ['em', 'ma', 'bw'] as const;
export const SNRS = [24, 18, 12, 6, 0, -6] as const;
/** The two records of the NSTDB, and ten more of mitdb with a quiet lead 0. */
export const GROUPS = {
  nstdb: ['118', '119'],
  quiet: ['100', '101', '103', '112', '115', '117', '122', '123', '220', '234'],
} as const;

const HEAD = `Beats found in recorded noise: Se and +P in per cent against SNR.

Made by:   RWAVE_DATA=... npm run bench:noise
Records:   lead 0 of mitdb, with the noise of nstdb (em: electrode motion, ma: muscle, bw: baseline wander) by the rule of the
           NSTDB, as rwave noise writes it: 5 min clean, then 2 min noisy and 2 min clean in turn.
Counted:   the noisy halves only, gross over the records, 150 ms, as rwave score beats counts.
118 and 119 with other stretches of the same noise are among what the detector's judge was trained on, and so are the
clean records: the tables show how it falls off, not what it does on strangers.
`;

const number = (v: number): string => v.toFixed(2).padStart(8);

export function row(title: string, cells: readonly Cell[], of: keyof Cell): string {
  return `${title.padEnd(6)}${cells.map((cell) => number(cell[of])).join('')}`;
}

function group(folder: string, records: readonly string[], onCell: () => void): string {
  const lines = [records.join(' '), `SNR dB${SNRS.map((snr) => String(snr).padStart(8)).join('')}`];
  for (const noise of NOISES) {
    const cells = SNRS.map((snr) => {
      onCell();
      return noiseCell(folder, records, noise, snr);
    });
    lines.push(row(`${noise} Se`, cells, 'se'), row(`${noise} +P`, cells, 'pp'));
  }
  return lines.join('\n');
}

export function noiseTables(folder: string, onCell: () => void = () => undefined): string {
  return `${HEAD}\n${Object.values(GROUPS)
    .map((records) => group(folder, records, onCell))
    .join('\n\n')}\n`;
}
