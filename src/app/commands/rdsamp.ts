/**
 * `rwave rdsamp`: prints samples as `rdsamp` of WFDB does, byte for byte in the formats that it offers.
 *
 * Raw units: "no sample here" is -32768. Physical units: '-'. A signal with several samples a frame is averaged, or
 * with -H all signals are printed at the rate of the fastest.
 */
import { type Command, Option } from 'commander';
import { openRecord, type SampleReader } from '../../../signals/formats/index.ts';
import { UsageError } from '../../core/errors.ts';
import { fixed, general } from '../../core/printf.ts';
import type { SignalInfo } from '../../core/record.ts';
import type { RwaveCommand } from '../command.ts';
import { TextOutput } from '../records/output.ts';
import { tellProblems } from '../records/problems.ts';
import { signalIndex } from '../records/signals.ts';
import { millisecondTime, samplesOf } from '../records/times.ts';

interface RdsampOptions {
  record: string;
  from?: string;
  to?: string;
  length?: string;
  signals?: string[];
  physical?: boolean;
  precise?: boolean;
  highRes?: boolean;
  verbose?: boolean;
  csv?: boolean;
  time: TimeFormat;
  checksum: boolean;
}

type TimeFormat = 's' | 'e' | 'm' | 'h' | 'S';

const FRAMES = 1024;

export const rdsampCommand: RwaveCommand = {
  register(program: Command): void {
    program
      .command('rdsamp')
      .description('print samples of a recording, as rdsamp of WFDB does')
      .requiredOption('-r, --record <record>', 'record without its ending')
      .option('-f, --from <time>', 'start: seconds, m:ss, h:mm:ss or s<sample>')
      .option('-t, --to <time>', 'end, not included')
      .option('-l, --length <time>', 'longest stretch to print')
      .option('-s, --signals <signals...>', 'only these, by number or description')
      .option('-p, --physical', 'physical units, 3 decimals')
      .option('-P, --precise', 'physical units, 8 decimals')
      .option('-H, --high-res', 'every sample of signals with several samples a frame')
      .option('-v, --verbose', 'column headings')
      .option('-c, --csv', 'comma-separated')
      .addOption(
        new Option(
          '--time <format>',
          'with -p or -P: seconds, elapsed h:mm:ss, minutes, hours, Sample intervals',
        )
          .choices(['s', 'e', 'm', 'h', 'S'])
          .default('s'),
      )
      .option('--no-checksum', "ignore a signal that does not match its header's checksum")
      .addHelpText(
        'after',
        `
Examples:
  rwave rdsamp -r data/mitdb/100 -f 10 -t 11 -p -v      one second in mV with headings
  rwave rdsamp -r data/mitdb/100 -s MLII -t 5:00 -c     the first five minutes of one lead, comma-separated`,
      )
      .action(rdsamp);
  },
};

async function rdsamp(options: RdsampOptions): Promise<void> {
  const reader = openRecord(options.record, { invalid: 'nan' });
  try {
    const table = new SampleTable(reader, options);
    const out = new TextOutput();
    if (options.verbose === true) out.add(table.headings());
    while (table.print(out)) if (out.full) await out.flush();
    await out.flush();
    if (options.checksum) tellProblems(reader);
  } finally {
    reader.close();
  }
}

class SampleTable {
  private readonly reader: SampleReader;
  private readonly options: RdsampOptions;
  private readonly leads: readonly number[];
  private readonly infos: readonly SignalInfo[];
  private readonly isPhysical: boolean;
  private readonly digits: number;
  /** Lines a frame: more than one in high resolution. */
  private readonly perFrame: number;
  private readonly rate: number;
  private readonly end: number;
  private line: number;
  private readonly values: Float64Array[];
  private readonly adus: Int32Array[];

  constructor(reader: SampleReader, options: RdsampOptions) {
    const { header } = reader;
    this.reader = reader;
    this.options = options;
    this.leads =
      options.signals?.map((text) => signalIndex(text, header, '-s')) ?? header.signals.map((_, k) => k);
    this.infos = this.leads.map((lead) => header.signals[lead]);
    this.isPhysical = options.physical === true || options.precise === true;
    this.digits = options.precise === true ? 8 : 3;
    this.perFrame = options.highRes === true ? Math.max(...header.signals.map((s) => s.samplesPerFrame)) : 1;
    this.rate = header.fs * this.perFrame;
    const lines = header.length === undefined ? undefined : header.length * this.perFrame;
    this.line = options.from === undefined ? 0 : samplesOf(options.from, '-f', this.rate, lines);
    if (lines !== undefined && this.line > lines) {
      throw new UsageError(
        `-f: expected a time before the end of ${header.name}, ${lines / this.rate} s, found "${options.from ?? ''}"`,
      );
    }
    this.end = this.endLine(lines);
    reader.seek(Math.floor(this.line / this.perFrame));
    const size = (info: SignalInfo) => FRAMES * (options.highRes === true ? info.samplesPerFrame : 1);
    this.values = this.infos.map((info) => new Float64Array(this.isPhysical ? size(info) : 0));
    this.adus = this.infos.map((info) => new Int32Array(this.isPhysical ? 0 : size(info)));
  }

  headings(): string {
    const names = this.infos.map((info, i) =>
      info.description.includes(', signal ') ? `sig ${this.leads[i]}` : info.description,
    );
    const { csv } = this.options;
    const [name, unit] = timeHeading(
      this.isPhysical ? this.options.time : undefined,
      this.rate,
      csv === true,
    );
    const width = this.digits === 8 && this.isPhysical ? 15 : 7;
    if (csv === true) {
      const first = `'${name}'${names.map((n) => `,'${escaped(n)}'`).join('')}\n`;
      if (!this.isPhysical) return first;
      return `${first}'${unit}'${this.infos.map((info) => `,'${escaped(info.units)}'`).join('')}\n`;
    }
    const first = `${name}${names.map((n) => `\t${n.slice(-width).padStart(width)}`).join('')}\n`;
    if (!this.isPhysical) return first;
    const units = this.infos.map((info) => `\t${`(${info.units.slice(0, width - 2)}`.padStart(width - 1)})`);
    return `${first}${unit}${units.join('')}\n`;
  }

  /** The next frames; false at the end. */
  print(out: TextOutput): boolean {
    const frame = this.reader.position;
    const wanted = Math.min(FRAMES, Math.ceil(this.end / this.perFrame) - frame);
    const n = wanted <= 0 ? 0 : this.readFrames(wanted);
    const last = Math.min(this.end, (frame + n) * this.perFrame);
    for (; this.line < last; this.line++) out.add(this.lineAt(this.line - frame * this.perFrame));
    return n > 0;
  }

  private endLine(lines: number | undefined): number {
    const { to, length } = this.options;
    const limit = to === undefined ? Infinity : samplesOf(to, '-t', this.rate, lines);
    const longest = length === undefined ? Infinity : this.line + samplesOf(length, '-l', this.rate, lines);
    // As in the original, 0 is no limit.
    return Math.min(limit === 0 ? Infinity : limit, longest, lines ?? Infinity);
  }

  private readFrames(n: number): number {
    const { reader, leads, values, adus } = this;
    if (this.options.highRes === true) {
      return this.isPhysical ? reader.readSamples(leads, values, n) : reader.readSamplesAdu(leads, adus, n);
    }
    return this.isPhysical ? reader.read(leads, values, n) : reader.readAdu(leads, adus, n);
  }

  /** `tick` counts lines from the first frame in hand. */
  private lineAt(tick: number): string {
    const { csv } = this.options;
    let text = this.timeText();
    for (let k = 0; k < this.leads.length; k++) {
      const cell = this.isPhysical
        ? this.physicalText(this.values[k][this.place(k, tick)])
        : String(this.adus[k][this.place(k, tick)]);
      text += csv === true ? `,${cell}` : `\t${cell.padStart(this.isPhysical && this.digits === 8 ? 15 : 7)}`;
    }
    return `${text}\n`;
  }

  private place(k: number, tick: number): number {
    if (this.options.highRes !== true) return tick;
    const { samplesPerFrame } = this.infos[k];
    const frame = Math.floor(tick / this.perFrame);
    const within = tick - frame * this.perFrame;
    return frame * samplesPerFrame + Math.floor((within * samplesPerFrame) / this.perFrame);
  }

  private physicalText(value: number): string {
    return Number.isNaN(value) ? '-' : fixed(value, this.digits);
  }

  private timeText(): string {
    const { csv, time } = this.options;
    const text = this.isPhysical ? timeOf(this.line, time, this.rate) : String(this.line);
    if (csv !== true) return text.padStart(15);
    return this.isPhysical && time === 'e' ? `'${text.trim()}'` : text;
  }
}

function timeOf(line: number, format: TimeFormat, rate: number): string {
  if (format === 'S') return String(line);
  if (format === 'e') return line === 0 ? '0:00.000' : millisecondTime(line, rate);
  if (format === 'm') return fixed(line / (rate * 60), 5);
  if (format === 'h') return fixed(line / (rate * 3600), 7);
  return fixed(line / rate, 3);
}

function timeHeading(
  format: TimeFormat | undefined,
  rate: number,
  csv: boolean,
): [name: string, unit: string] {
  if (format === undefined) return csv ? ['sample #', ''] : ['       sample #', ''];
  const period = general(1 / rate);
  if (csv) {
    const unit = { S: `${period} sec`, e: 'hh:mm:ss.mmm', h: 'hours', m: 'minutes', s: 'seconds' }[format];
    return [format === 'S' ? 'sample interval' : 'Elapsed time', unit];
  }
  const interval = `${`(${period}`.slice(0, 10).padStart(10)} sec)`;
  const units = {
    S: interval,
    e: '   hh:mm:ss.mmm',
    h: '        (hours)',
    m: '      (minutes)',
    s: '      (seconds)',
  };
  return [format === 'S' ? 'sample interval' : '   Elapsed time', units[format]];
}

function escaped(text: string): string {
  return text.replace(/['\\]/g, '\\$&');
}
