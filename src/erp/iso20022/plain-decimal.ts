// Reads an amount out of its bytes, as nearly all amounts are written.

import type { Decimal } from '../../domain/decimal.ts';

const EXACT_DIGITS_MAX = 15;
const DIGIT_ZERO = 0x30;
/** '.' less '0'. */
const POINT = -2;

/** Digits with at most one point between them, so few that they are exact as a number; undefined for any other text. */
export function plainDecimal(bytes: Uint8Array, from: number, to: number): Decimal | undefined {
  let digits = 0;
  let point = to - 1;
  if (to === from || to - from > EXACT_DIGITS_MAX) return undefined;
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] ?? 0) - DIGIT_ZERO;
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
    else if (digit === POINT && point === to - 1 && i < to - 1 && i > from) point = i;
    else return undefined;
  }
  return { coefficient: BigInt(digits), scale: to - 1 - point };
}
