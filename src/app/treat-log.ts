/** The lines of `rwave treat`: one JSON object an event, or a line for people. NaN becomes null. */
import type { SessionEvent } from '../core/session-events.ts';

export function jsonLine(event: SessionEvent): string {
  return JSON.stringify(event);
}

function clockTime(t: number): string {
  const minutes = Math.floor(t / 60);
  return `${String(minutes).padStart(3)}:${(t - 60 * minutes).toFixed(2).padStart(5, '0')}`;
}

function number(x: number, digits = 0): string {
  return Number.isNaN(x) ? '-' : x.toFixed(digits);
}

/** What a person wants to read; undefined for what would only scroll by. */
function sentence(e: SessionEvent): string | undefined {
  switch (e.type) {
    case 'beat':
    case 'sync':
    case 'heartRate':
      return undefined;
    case 'device':
      return `device   ${e.model}, ${e.firmware}${e.simulated ? ', SIMULATED' : ''}, session ${e.session}`;
    case 'link':
      return `link     ${e.link} (${e.why})`;
    case 'advice':
      return `advice   ${e.verdict} (${e.rhythm}, score ${number(e.score, 2)}) from ${number(e.from, 1)} s to ${number(e.to, 1)} s`;
    case 'state':
      return `state    ${e.was} -> ${e.therapy} (${e.by})`;
    case 'mode':
      return `mode     ${e.mode}`;
    case 'energy':
      return `energy   ${e.energyJ} J selected`;
    case 'syncMode':
      return `sync     ${e.on ? 'on' : 'off'}`;
    case 'prompt':
      return `prompt   ${e.text}`;
    case 'charged':
      return `charged  for ${e.energyJ} J`;
    case 'shock': {
      const delay = e.synchronized ? `, ${number(e.rToShockMs, 1)} ms after R` : '';
      return `SHOCK    ${number(e.deliveredJ, 1)} J of ${e.selectedJ} J selected, ${e.peakV} V, ${number(e.peakA, 1)} A, ${number(e.impedanceOhm, 1)} ohm${delay}`;
    }
    case 'aborted':
      return `aborted  ${e.why}`;
    case 'disarmed':
      return `disarmed ${e.why}, ${number(e.leftJ, 1)} J left`;
    case 'refused':
      return `refused  ${e.action} by the ${e.by} (${e.state}): ${e.why}`;
    case 'fault':
      return `fault    ${e.fault} ${e.on ? 'on' : 'off'}`;
    case 'alarm':
      return `alarm    ${e.state}: ${e.text} (${e.priority})`;
    case 'pacing':
      return `pacing   ${e.pacing}, ${e.mode}, ${e.ratePpm} /min, ${e.currentMa} mA, ${e.widthMs} ms`;
    case 'gap':
      return `gap      ${e.lost} samples lost`;
  }
}

/** Readable lines; an advice is shown when it differs from the one before. */
export class TextLog {
  private lastAdvice = '';

  line(event: SessionEvent): string | undefined {
    if (event.type === 'advice') {
      const advice = `${event.verdict} ${event.rhythm}`;
      if (advice === this.lastAdvice) return undefined;
      this.lastAdvice = advice;
    }
    const text = sentence(event);
    return text === undefined ? undefined : `${clockTime(event.t)}  ${text}`;
  }
}
