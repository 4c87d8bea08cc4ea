// Field 61 (statement line): days, sign, amount and references of one entry.

import type { Findings } from '../account-file/findings.ts';
import type { StatementEntry } from '../account-file/statement.ts';
import { amountText, dayText, isReference } from './field-values.ts';

const REFERENCE_LENGTH = 16;
const SUPPLEMENT_LENGTH = 34;

/**
 * One line, or two where the bank's reference is longer than sixteen characters. `6!n4!n2a15d1!a3!c16x[//16x][34x]`: the value
 * date, where the bank gives none the booking date; the booking date without its year; C, D, RC (a credit taken back) or RD; the
 * amount; the kind; the end-to-end id or NONREF; the bank's reference.
 */
export function statementLine(entry: StatementEntry, findings: Findings): string[] {
  const { bookingDay, direction, reversal, amount, currency } = entry;
  const days = bookingDay === undefined ? 'it has no booking date' : daysOf(bookingDay, entry.valueDay);
  const value = amountText(amount, currency);
  if (!Array.isArray(days)) return impossible(entry, days, findings);
  if (value === undefined) return impossible(entry, `its amount has more than fifteen characters`, findings);
  const mark = direction === 'credit' ? (reversal ? 'RD' : 'C') : reversal ? 'RC' : 'D';
  const { endToEndId, bankReference } = entry;
  const own = endToEndId !== undefined && isReference(endToEndId, REFERENCE_LENGTH) ? endToEndId : 'NONREF';
  const line = `:61:${days.join('')}${mark}${value}N${kindOf(entry)}${own}`;
  if (bankReference === undefined) return [line];
  if (isReference(bankReference, REFERENCE_LENGTH)) return [`${line}//${bankReference}`];
  if (isReference(bankReference, SUPPLEMENT_LENGTH) && !/^[:-]/.test(bankReference))
    return [line, bankReference];
  findings.leftOut();
  return [line];
}

function impossible(entry: StatementEntry, why: string, findings: Findings): string[] {
  findings.impossible(`Entry ${entry.position} (line ${entry.line}): ${why}.`);
  return [];
}

/** A reader finds the year of the booking date as the one nearest to the value date: it must be that one. */
function daysOf(bookingDay: string, given: string | undefined): string[] | string {
  const valueDay = given ?? bookingDay;
  const [value, booking] = [dayText(valueDay), dayText(bookingDay)];
  if (value === undefined || booking === undefined)
    return `its dates (${valueDay}, ${bookingDay}) are not between 1980 and 2079, for which two digits of a year stand`;
  const apartDays = Math.abs(Date.parse(valueDay) - Date.parse(bookingDay)) / 86_400_000;
  if (apartDays > APART_DAYS_MAX)
    return `its booking date ${bookingDay} is ${apartDays} days from its value date ${valueDay}, and it is written without a year`;
  return [value, booking.slice(2)];
}

const APART_DAYS_MAX = 180;

/** Transaction type identification code: what a reader tells fees and interest from transfers by; three letters after the N. */
function kindOf({ bankCode, subFamily }: StatementEntry): string {
  if (bankCode !== undefined && /^[A-Z0-9]{3}$/.test(bankCode)) return bankCode;
  switch (subFamily) {
    case undefined:
      return 'MSC';
    case 'CHRG':
    case 'FEES':
    case 'COMM':
      return 'CHG';
    case 'INTR':
      return 'INT';
    default:
      return 'TRF';
  }
}
