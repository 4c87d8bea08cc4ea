// Exact decimal numbers: a bigint coefficient and a scale, because money is never a float.

/** The number `coefficient / 10^scale`; scale is at least 0 and is kept as written (1.50 has scale 2). */
export interface Decimal {
  readonly coefficient: bigint;
  readonly scale: number;
}

/** An amount in a currency (ISO 4217 code). */
export interface Money {
  readonly amount: Decimal;
  readonly currency: string;
}

export const ZERO: Decimal = { coefficient: 0n, scale: 0 };

/** Longer than any amount by far; the time to make a number of digits grows with their square. */
const CHARACTERS_MAX = 1_000;

/** Reads `-12.50`, `+3`, `.5` or `7.` (the lexical forms of xs:decimal) up to 1000 characters; undefined for anything else. */
export function parseDecimal(text: string): Decimal | undefined {
  if (text.length > CHARACTERS_MAX) return undefined;
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (whole + fraction === '') return undefined;
  const coefficient = BigInt(whole + fraction);
  return { coefficient: sign === '-' ? -coefficient : coefficient, scale: fraction.length };
}

/** Writes the number with exactly its own scale: `12.50` stays `12.50`. */
export function formatDecimal(value: Decimal): string {
  const digits = abs(value.coefficient)
    .toString()
    .padStart(value.scale + 1, '0');
  const sign = value.coefficient < 0n ? '-' : '';
  if (value.scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -value.scale)}.${digits.slice(-value.scale)}`;
}

/** The exact sum; its scale is the larger of the two. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.scale === b.scale) return { coefficient: a.coefficient + b.coefficient, scale: a.scale };
  const scale = Math.max(a.scale, b.scale);
  return { coefficient: at(a, scale) + at(b, scale), scale };
}

/** The number with its sign turned round. */
export function negate(value: Decimal): Decimal {
  return { coefficient: -value.coefficient, scale: value.scale };
}

/** Negative, zero or positive as a is less than, equal to or greater than b; 1.5 equals 1.50. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = at(a, scale) - at(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** How many decimals the number really needs: 1.500 needs 1. */
export function decimalsNeeded(value: Decimal): number {
  let { coefficient, scale } = value;
  while (scale > 0 && coefficient % 10n === 0n) {
    coefficient /= 10n;
    scale -= 1;
  }
  return scale;
}

/** The same number written with at least `scale` decimals: 5 becomes 5.00. */
export function withScale(value: Decimal, scale: number): Decimal {
  return value.scale >= scale ? value : { coefficient: at(value, scale), scale };
}

function at(value: Decimal, scale: number): bigint {
  return value.coefficient * 10n ** BigInt(scale - value.scale);
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
