// Whether a statement follows the one before it and adds up; what does not is said, never hidden.

import { addDecimals, compareDecimals, formatDecimal, parseDecimal, type Decimal } from './decimal.ts';

export interface StatementSums {
  readonly opening: Decimal | undefined;
  readonly closing: Decimal | undefined;
  readonly entrySum: Decimal;
}

/** How a flag ends that tells of a gap before the statement; another statement may close it later. */
const GAP = 'a statement may be missing.';

/** Sentences for a person; empty when all is well. */
export function continuityFlags(statement: StatementSums, lastClosing: string | undefined): string[] {
  const { opening, closing, entrySum } = statement;
  const flags: string[] = [];
  if (opening === undefined) flags.push('The statement has no opening booked balance.');
  if (closing === undefined) flags.push('The statement has no closing booked balance.');
  const before = lastClosing === undefined ? undefined : parseDecimal(lastClosing);
  if (opening !== undefined && before !== undefined && compareDecimals(opening, before) !== 0) {
    flags.push(
      `The opening balance ${formatDecimal(opening)} is not the last closing balance ${formatDecimal(before)}: ${GAP}`,
    );
  }
  if (opening !== undefined && closing !== undefined) {
    const expected = addDecimals(opening, entrySum);
    if (compareDecimals(expected, closing) !== 0) {
      flags.push(
        `Opening balance and entries give ${formatDecimal(expected)}, but the closing balance says ${formatDecimal(closing)}.`,
      );
    }
  }
  return flags;
}

/** Of the flags of a statement those that still hold, `closingBefore` being the last closing balance known by now. */
export function standingFlags(
  flags: readonly string[],
  opening: string | undefined,
  closingBefore: string | undefined,
): string[] {
  const [now, before] = [parseDecimal(opening ?? ''), parseDecimal(closingBefore ?? '')];
  const isClosed = now !== undefined && before !== undefined && compareDecimals(now, before) === 0;
  return flags.filter((flag) => !(isClosed && flag.endsWith(GAP)));
}
