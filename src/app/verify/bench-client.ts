/** The bench channel of a box in another process: one request a line, the answer is known by its id. */
import { LinkLostError } from '../../core/errors.ts';
import { openLink } from '../../link/open.ts';
import type { Link } from '../../link/link.ts';
import { formatBenchRequest } from '../../protocol/bench-codec.ts';
import type { BenchAnswerOf, BenchRequest, BenchType } from '../../protocol/bench-messages.ts';
import { LineSplitter } from '../../protocol/lines.ts';
import { BenchRefused } from './stand.ts';
import type { BenchHands } from './stand.ts';

/** A recording is opened while we wait. */
const ANSWER_MS = 10_000;
/** A drawn shock is the longest line. */
const LONGEST = 1 << 20;

type Answer = Readonly<Record<string, unknown>>;

export class BenchClient implements BenchHands {
  private readonly link: Link;
  private readonly waiting = new Map<number, { hear: (answer: Answer) => void; fail: (e: Error) => void }>();
  private lastId = 0;

  private constructor(link: Link) {
    this.link = link;
    const lines = new LineSplitter(LONGEST);
    link.onBytes = (bytes) => lines.push(bytes, (line) => this.hear(line));
    link.onClose = (why) => {
      for (const { fail } of this.waiting.values()) fail(new LinkLostError(`bench channel: ${why}`));
    };
  }

  static async open(address: string): Promise<BenchClient> {
    return new BenchClient(await openLink(address));
  }

  ask<K extends BenchType>(request: Extract<BenchRequest, { do: K }>): Promise<BenchAnswerOf<K>> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new LinkLostError(`bench channel: no answer to ${request.do} in ${ANSWER_MS} ms`)),
        ANSWER_MS,
      );
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        this.waiting.delete(id);
        act();
      };
      this.waiting.set(id, {
        fail: (error) => settle(() => reject(error)),
        hear: (answer) =>
          settle(() =>
            answer['ok'] === true
              ? resolve(answer as unknown as BenchAnswerOf<K>)
              : reject(new BenchRefused(String(answer['error']))),
          ),
      });
      this.link.write(new TextEncoder().encode(formatBenchRequest(id, request)));
    });
  }

  close(): void {
    this.link.close();
  }

  private hear(line: string): void {
    let answer: Answer;
    try {
      answer = JSON.parse(line) as Answer;
    } catch {
      return; // not our channel's
    }
    const { id } = answer;
    if (typeof id === 'number') this.waiting.get(id)?.hear(answer);
  }
}
