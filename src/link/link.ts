/** A cable with two ends, whatever it is made of. Bytes arrive in pieces of any size, and may be lost. */
export interface Link {
  /** For people: 'memory', 'tcp:127.0.0.1:4000', 'pty:/dev/pts/5'. */
  readonly name: string;
  readonly open: boolean;
  /** Called for bytes that arrive; the array may be reused after the call. */
  onBytes: (bytes: Uint8Array) => void;
  /** Called exactly once, whoever closed. */
  onClose: (why: string) => void;
  /** False when closed, or when the peer takes no more: those bytes are gone (a UART would lose them too). */
  write(bytes: Uint8Array): boolean;
  /** Another speed, in bits a second, behind what is under way; without a number, the one it was opened with. Where there is one. */
  setBaud?: (baud?: number) => void;
  /** Idempotent. */
  close(): void;
}
