// Composes an MT940 (customer statement message): one for each statement, without the blocks of the SWIFT network around it.

import type { Composer } from '../account-file/composer.ts';
import type { Balance, StatementHead } from '../account-file/statement.ts';
import { accountLine, bookedEntry, type Mt940Terms } from './booked-entry.ts';
import { balanceText, dayNumber, dayText } from './field-values.ts';

/** Field 28C has five digits. */
const NUMBER_LENGTH = 5;

export function composeMt940(terms: Mt940Terms): Composer {
  const { findings } = terms;
  let currency = '';
  let lastNumber = '';
  let sequence = 0;
  let end: readonly string[] = [];
  return {
    begin(head) {
      const { opening, closing, available } = head;
      const faults = headFaults(head);
      for (const fault of faults) findings.impossible(fault);
      if (opening === undefined || closing === undefined || faults.length > 0) return [];
      currency = opening.currency;
      const number = head.number?.slice(-NUMBER_LENGTH) ?? dayNumber(closing.day);
      // Where the bank gives no number, several statements of one day have the same.
      sequence = number === lastNumber ? sequence + 1 : 1;
      lastNumber = number;
      end = [
        `:62F:${balanceText(closing)}`,
        ...(available === undefined ? [] : [`:64:${balanceText(available)}`]),
        '-',
      ];
      return [
        `:20:ST${dayText(closing.day)}/${number}`,
        accountLine(terms),
        `:28C:${number}/${sequence}`,
        `:60F:${balanceText(opening)}`,
      ];
    },
    entry: (entry) => (currency === '' ? [] : bookedEntry(entry, currency, terms)),
    end() {
      currency = '';
      return end;
    },
  };
}

function headFaults({ opening, closing, available }: StatementHead): string[] {
  if (opening === undefined)
    return ['The statement has no opening booked balance (OPBD), which field 60F must say.'];
  if (closing === undefined)
    return ['The statement has no closing booked balance (CLBD), which field 62F must say.'];
  const balances = available === undefined ? [opening, closing] : [opening, closing, available];
  return balances.flatMap((balance) => balanceFaults(balance, opening.currency));
}

function balanceFaults(balance: Balance, currency: string): string[] {
  if (balance.currency !== currency)
    return [`The balance of ${balance.day} is in ${balance.currency}, the opening balance in ${currency}.`];
  return balanceText(balance) === undefined
    ? [
        `The balance of ${balance.day} does not fit: more than fifteen characters, a day outside 1980 to 2079, or a currency that is none.`,
      ]
    : [];
}
