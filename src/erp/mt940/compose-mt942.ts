// Composes an MT942 (interim transaction report): new operations of an account, without balances.

import { addDecimals, ZERO, type Decimal } from '../../domain/decimal.ts';
import { localDateTime } from '../../domain/calendar.ts';
import type { Composer } from '../account-file/composer.ts';
import type { StatementEntry } from '../account-file/statement.ts';
import { accountLine, bookedEntry, type Mt940Terms } from './booked-entry.ts';
import { amountText, dayNumber, dayText } from './field-values.ts';

/** Fields 90D and 90C have five digits for the number of entries. */
const COUNT_MAX = 99_999;

/** What an MT942 says of the report besides its entries. */
export interface ReportTerms extends Mt940Terms {
  readonly currency: string;
  readonly createdAt: Date;
  /** IANA name. */
  readonly zone: string;
}

/** Reference and number come from the moment it was made, because reports have no number: no two of an account have one moment. */
export function composeMt942(terms: ReportTerms): Composer {
  const { currency, createdAt, zone, findings } = terms;
  const sums = { debit: new Sum(), credit: new Sum() };
  return {
    begin() {
      const [day = '', time = ''] = localDateTime(createdAt.getTime(), zone).split('T');
      const [hours = '', minutes = '', seconds = ''] = time.split(':');
      const second = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
      const milliseconds = createdAt.getMilliseconds().toString().padStart(3, '0');
      return [
        `:20:H${dayText(day)}${hours}${minutes}${seconds}${milliseconds}`,
        accountLine(terms),
        `:28C:${dayNumber(day)}/${second}`,
        `:34F:${currency}${amountText(ZERO, currency)}`,
        `:13D:${dayText(day)}${hours}${minutes}${offsetText(createdAt, `${day}T${time}Z`)}`,
      ];
    },
    entry(entry) {
      // The history shows every entry once: one that is left out while it waits would not come again when it is booked.
      if (entry.status !== 'BOOK')
        findings.impossible(
          `Entry ${entry.position} (line ${entry.line}): it is not booked (${entry.status}), and a reader takes all of an MT942 as booked.`,
        );
      const lines = bookedEntry(entry, currency, terms);
      if (lines.length > 0) sums[entry.direction].add(entry);
      return lines;
    },
    end: () => [...sums.debit.line('90D', currency), ...sums.credit.line('90C', currency), '-'],
  };
}

class Sum {
  #count = 0;
  #amount: Decimal = ZERO;

  add({ amount }: StatementEntry): void {
    this.#count += 1;
    this.#amount = addDecimals(this.#amount, amount);
  }

  /** The field may be left out, and is where it can not hold count or sum. */
  line(tag: string, currency: string): string[] {
    const amount = amountText(this.#amount, currency);
    return this.#count === 0 || this.#count > COUNT_MAX || amount === undefined
      ? []
      : [`:${tag}:${this.#count}${currency}${amount}`];
  }
}

/** `+0100`: how far the local clock, read as if it were UTC, is ahead of the instant. */
function offsetText(instant: Date, localAsUtc: string): string {
  const minutes = Math.round((Date.parse(localAsUtc) - instant.getTime()) / 60_000);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${hours.toString().padStart(2, '0')}${rest.toString().padStart(2, '0')}`;
}
