// Checks texts that are decimal numbers.

import type { DecimalType } from './definition.ts';
import type { Problem } from './problem.ts';

/**
 * What is wrong with a text, white space around it removed, as a decimal of this type; undefined when nothing is.
 * Digits are counted in the value (XML Schema 1.0 part 2, sections 4.3.11 and 4.3.12): 007.50 has two, one of them in the fraction.
 */
export function decimalProblem(type: DecimalType, text: string): Problem | undefined {
  const parts = DECIMAL.exec(text);
  if (parts === null) {
    return problem(
      'is not a decimal number',
      'Write digits with at most one decimal point, without blanks or separators.',
    );
  }
  const integer = withoutLeadingZeros(parts[2] ?? '');
  const fraction = withoutTrailingZeros(parts[3] ?? parts[4] ?? '');
  if (fraction.length > type.fractionDigits) {
    return problem(`has ${fraction.length} decimals`, `Write at most ${type.fractionDigits} decimals.`);
  }
  const digits =
    integer.length === 0 ? withoutLeadingZeros(fraction).length : integer.length + fraction.length;
  if (digits > type.totalDigits) {
    return problem(`has ${digits} digits`, `Write at most ${type.totalDigits} digits, decimals included.`);
  }
  const negative = parts[1] === '-' && digits > 0;
  return negative && type.atLeastZero
    ? problem('is negative', 'Write a number that is not below zero.')
    : undefined;
}

const DECIMAL = /^([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))$/;

function problem(what: string, remedy: string): Problem {
  return { rule: 'schema.decimal', message: `The value ${what}.`, remedy };
}

function withoutLeadingZeros(digits: string): string {
  let from = 0;
  while (digits.charCodeAt(from) === ZERO) from++;
  return digits.slice(from);
}

/** A loop, because a regular expression anchored at the end takes quadratic time on a long run of zeros. */
function withoutTrailingZeros(digits: string): string {
  let to = digits.length;
  while (digits.charCodeAt(to - 1) === ZERO) to--;
  return digits.slice(0, to);
}

const ZERO = 0x30;
