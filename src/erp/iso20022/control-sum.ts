// Sums of amounts as ISO 20022 can hold them.

import { decimalsNeeded, parseDecimal } from '../../domain/decimal.ts';

const DIGITS_MAX = 18;
const DECIMALS_MAX = 17;

/** Whether a sum can stand in a DecimalNumber; zeros at the end of the fraction do not count. */
export function fitsControlSum(text: string): boolean {
  const sum = parseDecimal(text);
  if (sum === undefined) return false;
  const decimals = decimalsNeeded(sum);
  const digits = sum.coefficient / 10n ** BigInt(sum.scale - decimals);
  return decimals <= DECIMALS_MAX && digits.toString().replace('-', '').length <= DIGITS_MAX;
}
