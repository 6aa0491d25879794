/**
 * Consistent Overhead Byte Stuffing (Cheshire & Baker, IEEE/ACM Trans. Networking 7(2), 1999).
 *
 * Takes the zeros out of a packet, so that 0x00 can stand between packets and nowhere else: whatever was lost, the
 * next 0x00 starts afresh. Costs one byte per started 254. Each group is one code byte and code-1 others; a code
 * below 255 stands for a zero after the group (not after the last one).
 */
export function cobsMaxLength(n: number): number {
  return n + Math.floor(n / 254) + 1;
}

/** Encodes source[0..n) into `out` from `at`; returns where the encoding ends. Writes no delimiter. */
export function cobsEncode(source: Uint8Array, n: number, out: Uint8Array, at: number): number {
  let codeAt = at++;
  let code = 1;
  for (let i = 0; i < n; i++) {
    const byte = source[i];
    if (byte !== 0) {
      out[at++] = byte;
      code++;
    }
    if (byte === 0 || (code === 255 && i + 1 < n)) {
      out[codeAt] = code;
      codeAt = at++;
      code = 1;
    }
  }
  out[codeAt] = code;
  return at;
}

/** Decodes bytes[0..n) in place; returns the length, or -1 when a group runs over the end or a zero stands inside. */
export function cobsDecode(bytes: Uint8Array, n: number): number {
  let from = 0;
  let to = 0;
  while (from < n) {
    const code = bytes[from++];
    const end = from + code - 1;
    if (code === 0 || end > n) return -1;
    while (from < end) {
      const byte = bytes[from++];
      if (byte === 0) return -1;
      bytes[to++] = byte;
    }
    if (code < 255 && from < n) bytes[to++] = 0;
  }
  return to;
}
