/**
 * Numbers as C's printf writes them: what "byte for byte like the original tool" needs and `toFixed` alone is not.
 */

/** `%.<digits>f`: an exact tie goes to the even digit, and minus zero keeps its sign. */
export function fixed(x: number, digits: number): string {
  if (Object.is(x, -0)) return `-${(0).toFixed(digits)}`;
  const text = x.toFixed(digits);
  const mayBeTie = Number.isInteger(x * 2 ** (digits + 1)) && !Number.isInteger(x * 2 ** digits);
  if (!mayBeTie) return text;
  const down = exact(x).slice(0, exact(x).indexOf('.') + digits + (digits > 0 ? 1 : 0));
  const isTie = /^50*$/.test(exact(x).slice(exact(x).indexOf('.') + 1 + digits));
  return isTie && Number(down.at(-1)) % 2 === 0 ? down : text;
}

/** All digits of a number that has at most 60 after the point. */
function exact(x: number): string {
  return x.toFixed(60);
}

/** `%<width>.<digits>f` */
export function fixedWide(x: number, width: number, digits: number): string {
  return fixed(x, digits).padStart(width);
}

/** `%.<precision>g`: the shorter of fixed and scientific, without trailing zeros. */
export function general(x: number, precision = 6): string {
  if (x === 0) return Object.is(x, -0) ? '-0' : '0';
  if (!Number.isFinite(x)) return Number.isNaN(x) ? 'nan' : x < 0 ? '-inf' : 'inf';
  const [digits, power] = x.toExponential(precision - 1).split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= precision) {
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${withoutZeros(digits)}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  return withoutZeros(x.toFixed(precision - 1 - exponent));
}

function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** `%<width>d` */
export function wide(x: number, width: number): string {
  return String(x).padStart(width);
}
