/**
 * Sequence numbers, and the box's memory of what it answered.
 *
 * A retry carries the seq of the first try. The box looks it up here and answers the same again without doing it
 * twice: a command is carried out exactly once, however often the cable loses the answer.
 */
const SEQ_RANGE = 65_536;

/** Numbers the packets of one direction. */
export class SequenceCounter {
  private last = 0;

  /** 1, 2, ... 65535, 0, 1, ... */
  next(): number {
    this.last = (this.last + 1) % SEQ_RANGE;
    return this.last;
  }
}

/** Packets between two seqs of the same direction, 0..65535. */
export function seqDistance(from: number, to: number): number {
  return (to - from + SEQ_RANGE) % SEQ_RANGE;
}

/** The last answers by (session, seq); the oldest makes room. */
export class ReplyCache<T> {
  private readonly capacity: number;
  private readonly replies = new Map<number, T>();

  constructor(capacity = 16) {
    this.capacity = capacity;
  }

  get(session: number, seq: number): T | undefined {
    return this.replies.get(session * SEQ_RANGE + seq);
  }

  set(session: number, seq: number, reply: T): void {
    const key = session * SEQ_RANGE + seq;
    this.replies.delete(key);
    this.replies.set(key, reply);
    if (this.replies.size > this.capacity) {
      for (const oldest of this.replies.keys()) {
        this.replies.delete(oldest);
        break;
      }
    }
  }

  clear(): void {
    this.replies.clear();
  }
}
