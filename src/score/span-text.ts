/** `mstimstr` of WFDB for a stretch of time: "    1:03.500" in 12 columns, hours only when there are some. */
export function millisecondSpan(samples: number, fs: number): string {
  const total = Math.floor((1000 * samples) / fs + 0.5);
  const ms = total % 1000;
  const seconds = (total - ms) / 1000;
  const text = (n: number, width: number) => String(n).padStart(width, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const tail = `${text(s, 2)}.${text(ms, 3)}`;
  return (h > 0 ? `${h}:${text(m, 2)}:${tail}` : `${m}:${tail}`).padStart(12);
}
