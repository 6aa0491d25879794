/**
 * The bench of a box in another process, over its bench channel (`control` in the first line of `rwave device`).
 *
 * The channel tells rhythm and pads when asked, twice a second; what it does not tell is shown as it was set from here.
 */
import { rhythmByName } from '../../../signals/rhythms/index.ts';
import type { Link } from '../../link/link.ts';
import { openLink } from '../../link/open.ts';
import { formatBenchRequest } from '../../protocol/bench-codec.ts';
import type { BenchRequest } from '../../protocol/bench-messages.ts';
import { LineSplitter } from '../../protocol/lines.ts';
import type { BenchAction, BenchState, Choice } from '../../protocol/screen.ts';
import type { Bench } from './bench.ts';

const ASK_MS = 500;
/** A cable that is pulled from here comes back by itself: the channel cannot put it back early. */
const UNPLUGGED_MS = 5000;

export class RemoteBench implements Bench {
  rhythms: readonly Choice[] = [];
  private readonly link: Link;
  private readonly asking: NodeJS.Timeout;
  private nextId = 1;
  private set = { loadOhm: null as number | null, batteryPct: 100, faults: [] as readonly string[] };
  private rhythm = '';
  private padsOn = true;
  private unpluggedUntilMs = 0;
  private problem = '';

  private constructor(link: Link) {
    this.link = link;
    const lines = new LineSplitter();
    link.onBytes = (bytes) => lines.push(bytes, (line) => this.hear(line));
    link.onClose = (why) => {
      this.problem = `bench channel: ${why}`;
      clearInterval(this.asking);
    };
    this.asking = setInterval(() => this.ask({ do: 'getState' }), ASK_MS);
  }

  /** Waits until the box has said what may be set on it. */
  static async open(address: string): Promise<RemoteBench> {
    const bench = new RemoteBench(await openLink(address));
    bench.ask({ do: 'getInfo' });
    for (let ms = 0; ms < 1000 && bench.rhythms.length === 0; ms += 20) {
      await new Promise((done) => setTimeout(done, 20));
    }
    return bench;
  }

  get state(): BenchState {
    return {
      ...this.set,
      rhythm: this.rhythm,
      padsOn: this.padsOn,
      sensorsOff: null,
      hands: null,
      plugged: performance.now() >= this.unpluggedUntilMs,
      ended: false,
      problem: this.problem,
    };
  }

  close(): void {
    clearInterval(this.asking);
    this.link.close();
  }

  act(action: BenchAction): void {
    this.problem = '';
    switch (action.type) {
      case 'rhythm':
        return this.ask({ do: 'setRhythm', rhythm: action.rhythm });
      case 'pads':
        return this.ask({ do: 'setPads', on: action.on });
      case 'load':
        this.set.loadOhm = action.ohm;
        return this.ask({ do: 'setLoadOhm', ...(action.ohm === null ? {} : { ohm: action.ohm }) });
      case 'battery':
        this.set.batteryPct = action.pct;
        return this.ask({ do: 'setBattery', percent: action.pct });
      case 'fault':
        this.set.faults = this.set.faults
          .filter((f) => f !== action.fault)
          .concat(action.on ? action.fault : []);
        return this.ask({ do: 'setFault', fault: action.fault, on: action.on });
      case 'sensor':
      case 'hands':
        this.problem = `the bench channel cannot set "${action.type}": do it at the box`;
        return;
      case 'plug':
        if (action.on) return;
        this.unpluggedUntilMs = performance.now() + UNPLUGGED_MS;
        return this.ask({ do: 'unplug', ms: UNPLUGGED_MS });
    }
  }

  private ask(request: BenchRequest): void {
    this.link.write(new TextEncoder().encode(formatBenchRequest(this.nextId++, request)));
  }

  /** Answers are known by their fields: nothing is asked twice at a time that could be confused. */
  private hear(line: string): void {
    const answer = parse(line);
    if (typeof answer['error'] === 'string') this.problem = answer['error'];
    if (Array.isArray(answer['rhythms'])) {
      this.rhythms = (answer['rhythms'] as string[]).map((id) => ({ id, label: titleOf(id) }));
    }
    if (typeof answer['rhythm'] === 'string') this.rhythm = answer['rhythm'];
    // An open circuit is no number in JSON.
    if ('loadOhm' in answer) this.padsOn = answer['loadOhm'] !== null;
  }
}

function parse(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // not our channel's: nothing to learn from it
  }
}

/** Our own title where we know the rhythm, else the name that the box uses. */
function titleOf(name: string): string {
  try {
    return rhythmByName(name).title;
  } catch {
    return name;
  }
}
