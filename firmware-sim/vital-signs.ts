/**
 * The other sensors: pleth and SpO2, CO2, cuff, temperature, compressions. Measures 25 times a second on the clock of the
 * samples, sends what the host asked for, and says raw what it cannot measure: alarms are made by the host.
 *
 * Nothing in here knows of the therapy.
 */
import type { Body } from '../signals/patient/patient.ts';
import type { Hertz, Microseconds, SampleIndex } from '../src/core/units.ts';
import type { ChannelName, MessageOf, Reply, Sensor, VitalState } from '../src/protocol/messages.ts';
import { CHANNELS, SENSORS, VITAL_STATES } from '../src/protocol/messages.ts';
import { Cuff } from './cuff.ts';

/** Between two measurements: a divisor of the runs in which the box takes its samples (box.ts). */
const GRID_MS = 40;
const VALUES_IN_PACKET = 10;
const NOT_MEASURED = -32768;
const NEVER_S = 65_535;

interface Channel {
  sensor: Sensor;
  /** Counts for one unit. */
  perUnit: number;
  read: (body: Body) => number;
}

const CHANNEL: Readonly<Record<ChannelName, Channel>> = {
  pleth: { sensor: 'spo2', perUnit: 1000, read: (body) => body.pleth },
  co2: { sensor: 'co2', perUnit: 100, read: (body) => body.co2MmHg },
  compression: { sensor: 'compression', perUnit: 10, read: (body) => body.compressionMm },
};

export interface VitalSignsPorts {
  timeOf: (sample: SampleIndex) => Microseconds;
  send: (message: MessageOf<'vitals'> | MessageOf<'channel'>) => void;
}

export class VitalSigns {
  readonly cuff: Cuff;
  private readonly body: Body;
  private readonly fs: Hertz;
  private readonly ports: VitalSignsPorts;
  private readonly grid: number;
  private readonly unplugged = new Set<Sensor>();
  private readonly values = CHANNELS.map(() => new Int16Array(VALUES_IN_PACKET));
  private used = 0;
  private idx0: SampleIndex = 0;
  private on = false;
  private mask = 0;
  private toldS = 0;
  private deepestMm = 0;

  constructor(body: Body, fs: Hertz, ports: VitalSignsPorts) {
    this.body = body;
    this.fs = fs;
    this.ports = ports;
    this.cuff = new Cuff(body);
    this.grid = Math.max(1, Math.floor((GRID_MS * fs) / 1000));
  }

  configure(on: boolean, channelMask: number): Reply {
    if (channelMask >= 1 << CHANNELS.length) return 'badParam';
    this.on = on;
    this.mask = channelMask;
    this.used = 0;
    return 'ok';
  }

  plug(sensor: Sensor, on: boolean): void {
    if (on) this.unplugged.delete(sensor);
    else this.unplugged.add(sensor);
  }

  /** So many samples have been taken; called at each of the runs' ends. */
  look(position: SampleIndex): void {
    if (position % this.grid !== 0) return;
    const tS = position / this.fs;
    this.cuff.look(this.has('nibp') ? tS : -Infinity);
    this.deepestMm = Math.max(this.deepestMm, this.body.compressionMm);
    if (this.mask !== 0) this.takeChannels(position);
    if (Math.floor(tS) === this.toldS) return;
    this.toldS = Math.floor(tS);
    if (this.on) this.ports.send(this.vitals(position));
    this.deepestMm = 0;
  }

  private has(sensor: Sensor): boolean {
    return !this.unplugged.has(sensor);
  }

  private takeChannels(position: SampleIndex): void {
    if (this.used === 0) this.idx0 = position;
    CHANNELS.forEach((name, k) => {
      const { sensor, perUnit, read } = CHANNEL[name];
      this.values[k][this.used] = this.has(sensor) ? Math.round(read(this.body) * perUnit) : NOT_MEASURED;
    });
    if (++this.used < VALUES_IN_PACKET) return;
    this.used = 0;
    const { idx0, grid: everySamples } = this;
    CHANNELS.forEach((name, kind) => {
      if ((this.mask & (1 << kind)) === 0) return;
      const { perUnit } = CHANNEL[name];
      this.ports.send({ type: 'channel', kind, idx0, everySamples, perUnit, values: this.values[kind] });
    });
  }

  private vitals(sample: SampleIndex): MessageOf<'vitals'> {
    const { body, cuff } = this;
    const v = body.vitals();
    const [spo2, co2, nibp] = [this.has('spo2'), this.has('co2'), this.has('nibp')];
    const pulse = spo2 && v.pulsePerMin > 0;
    const result = nibp ? cuff.result : undefined;
    const compressions = this.has('compression') ? body.compressionsPerMin : 0;
    const states: Readonly<Record<VitalState, boolean>> = {
      spo2Off: !spo2,
      noPulse: spo2 && !pulse,
      co2Off: !co2,
      noBreath: co2 && v.breathsPerMin === 0,
      cuffInflated: nibp && cuff.inflated,
      nibpFailed: nibp && cuff.failed,
      temperatureOff: !this.has('temperature'),
      noCompressions: compressions === 0,
    };
    return {
      type: 'vitals',
      tUs: this.ports.timeOf(sample),
      sample,
      sensors: SENSORS.reduce((bits, sensor, k) => (this.has(sensor) ? bits | (1 << k) : bits), 0),
      states: VITAL_STATES.reduce((bits, state, k) => (states[state] ? bits | (1 << k) : bits), 0),
      // Without a pulse there is nothing to see the colour of.
      spo2Pct: pulse ? v.spo2Percent : 0,
      pulsePerMin: pulse ? v.pulsePerMin : 0,
      etco2DmmHg: co2 ? v.etco2MmHg * 10 : 0,
      breathsPerMin: co2 ? v.breathsPerMin : 0,
      nibpSysMmHg: result?.systolicMmHg ?? 0,
      nibpDiaMmHg: result?.diastolicMmHg ?? 0,
      nibpMeanMmHg: result?.meanMmHg ?? 0,
      nibpAgeS: result === undefined ? NEVER_S : Math.min(NEVER_S, cuff.ageS),
      temperatureCc: states.temperatureOff ? 0 : body.temperatureC * 100,
      compressionMm: compressions > 0 ? this.deepestMm : 0,
      compressionsPerMin: compressions,
    };
  }
}
