/**
 * What the monitor sounds like: a beep for every beat, a rising tone while charging, two tones when ready. Off until asked for.
 *
 * The ready tones are 440 and 880 Hz, alternating four times a second (LIFEPAK 15 manual, priority 1 tones).
 */
import type { TherapyState } from '../core/session-events.ts';
import type { AlarmPriority } from '../protocol/screen.ts';

const BEEP_HZ = 880;
const BEEP_S = 0.07;
const CHARGE_FROM_HZ = 300;
const CHARGE_TO_HZ = 900;
const READY_HZ = [440, 880] as const;
const READY_STEP_S = 0.125;
const READY_STEPS = 16;
const LOUDNESS = 0.08;
/** Patterns of IEC 60601-1-8 (facts 3c: c c c - c c, c c c; times [K]): starts of the pulses in seconds. */
const ALARM_HZ = 523;
const BURSTS = {
  high: { pulses: [0, 0.3, 0.6, 1.1, 1.4], everyS: 6, pulseS: 0.15 },
  medium: { pulses: [0, 0.4, 0.8], everyS: 12, pulseS: 0.2 },
  low: { pulses: [0], everyS: 25, pulseS: 0.2 },
} as const;

export class Sound {
  private context: AudioContext | undefined;
  private tone: { oscillator: OscillatorNode; gain: GainNode } | undefined;
  private state: TherapyState = 'standby';
  private nextBurst = 0;

  get on(): boolean {
    return this.context !== undefined;
  }

  /** From a key press only: a browser lets no page sound by itself. */
  toggle(): void {
    if (this.context === undefined) this.context = new AudioContext();
    else {
      this.quiet();
      void this.context.close();
      this.context = undefined;
    }
  }

  /** Bursts of pulses while an alarm stands and is not silenced: three and two for a grave one, three, one. */
  alarm(priority: AlarmPriority | undefined): void {
    const { context } = this;
    if (context === undefined || priority === undefined) {
      this.nextBurst = 0;
      return;
    }
    if (context.currentTime < this.nextBurst || this.state === 'charging' || this.state === 'ready') return;
    const { pulses, everyS, pulseS } = BURSTS[priority];
    this.nextBurst = context.currentTime + everyS;
    for (const at of pulses) this.pulse(context, context.currentTime + at, pulseS);
  }

  private pulse(context: AudioContext, at: number, lengthS: number): void {
    const oscillator = new OscillatorNode(context, { type: 'triangle', frequency: ALARM_HZ });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setTargetAtTime(2 * LOUDNESS, at, 0.008);
    gain.gain.setTargetAtTime(0, at + lengthS, 0.015);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(at);
    oscillator.stop(at + lengthS + 0.15);
  }

  beat(): void {
    if (this.state !== 'standby') return; // the tones of therapy are not talked over
    const { context } = this;
    if (context === undefined) return;
    const { oscillator, gain } = this.voice(context, BEEP_HZ);
    gain.gain.setTargetAtTime(0, context.currentTime + BEEP_S - 0.02, 0.008);
    oscillator.stop(context.currentTime + BEEP_S + 0.05);
  }

  therapy(state: TherapyState, chargePct: number): void {
    const changed = state !== this.state;
    this.state = state;
    if (this.context === undefined) return;
    if (changed) this.quiet();
    if (state === 'charging') {
      this.tone ??= this.voice(this.context, CHARGE_FROM_HZ);
      const hz = CHARGE_FROM_HZ + ((CHARGE_TO_HZ - CHARGE_FROM_HZ) * chargePct) / 100;
      this.tone.oscillator.frequency.linearRampToValueAtTime(hz, this.context.currentTime + 0.1);
    } else if (changed && state === 'ready') this.ready(this.context);
  }

  private ready(context: AudioContext): void {
    this.tone = this.voice(context, READY_HZ[0]);
    const start = context.currentTime;
    for (let k = 0; k < READY_STEPS; k++) {
      this.tone.oscillator.frequency.setValueAtTime(READY_HZ[k % 2], start + k * READY_STEP_S);
    }
    this.tone.oscillator.stop(start + READY_STEPS * READY_STEP_S);
  }

  private quiet(): void {
    if (this.tone === undefined || this.context === undefined) return;
    this.tone.gain.gain.setTargetAtTime(0, this.context.currentTime, 0.01);
    this.tone.oscillator.stop(this.context.currentTime + 0.1);
    this.tone = undefined;
  }

  private voice(context: AudioContext, hz: number): { oscillator: OscillatorNode; gain: GainNode } {
    const oscillator = new OscillatorNode(context, { type: 'triangle', frequency: hz });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setTargetAtTime(LOUDNESS, context.currentTime, 0.005);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start();
    return { oscillator, gain };
  }
}
