// Values as the fields of MT940 and MT942 write them (SWIFT user handbook, category 9): exact, or not at all.

import { minorUnits } from '../../domain/currency.ts';
import { decimalsNeeded, formatDecimal, negate, type Decimal } from '../../domain/decimal.ts';
import type { Balance } from '../account-file/statement.ts';

/** `15d`: digits and one comma, together at most fifteen; with the currency's decimals, or more where the amount has them. */
export function amountText(amount: Decimal, currency: string): string | undefined {
  const scale = Math.max(minorUnits(currency) ?? 2, decimalsNeeded(amount));
  const exact = withExactScale(amount, scale);
  const [whole = '', fraction = ''] = formatDecimal(exact).split('.');
  const text = `${whole},${fraction}`;
  return text.length <= AMOUNT_LENGTH_MAX && exact.coefficient >= 0n ? text : undefined;
}

const AMOUNT_LENGTH_MAX = 15;

/** The scale is at least what the number needs. */
function withExactScale({ coefficient, scale: from }: Decimal, scale: number): Decimal {
  return scale >= from
    ? { coefficient: coefficient * 10n ** BigInt(scale - from), scale }
    : { coefficient: coefficient / 10n ** BigInt(from - scale), scale };
}

/** `YYMMDD`. To SWIFT a year from 80 on is of the last century. */
export function dayText(day: string): string | undefined {
  return day >= '1980-01-01' && day <= '2079-12-31' ? day.slice(2).replaceAll('-', '') : undefined;
}

/** C or D, day, currency, amount; an account without money is in credit. */
export function balanceText({ amount, currency, day }: Balance): string | undefined {
  const isDebit = amount.coefficient < 0n;
  const [date, value] = [dayText(day), amountText(isDebit ? negate(amount) : amount, currency)];
  if (date === undefined || value === undefined || !/^[A-Z]{3}$/.test(currency)) return undefined;
  return `${isDebit ? 'D' : 'C'}${date}${currency}${value}`;
}

/** Whether the character set x of SWIFT has it, the line end apart. */
export function isSwiftCharacter(character: string): boolean {
  return SWIFT_CHARACTER.test(character);
}

const SWIFT_CHARACTER = /^[A-Za-z0-9/\-?:().,'+ ]$/;

/** `16x` in field 61: no reader may take a part of it for the mark between the references. */
export function isReference(text: string, lengthMax: number): boolean {
  return (
    text.length <= lengthMax && /^[A-Za-z0-9/\-?:().,'+ ]+$/.test(text) && !/^[/ ]|[/ ]$|\/\//.test(text)
  );
}

/** Year and day of the year, five digits: a number that grows from day to day, where the bank gives none. */
export function dayNumber(day: string): string {
  const yearBegins = Date.parse(`${day.slice(0, 4)}-01-01`);
  const dayOfYear = Math.round((Date.parse(day) - yearBegins) / DAY_MS) + 1;
  return `${day.slice(2, 4)}${dayOfYear.toString().padStart(3, '0')}`;
}

const DAY_MS = 86_400_000;
