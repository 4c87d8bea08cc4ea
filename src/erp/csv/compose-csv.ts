// Composes a table for people, which a spreadsheet set to Polish opens as it is: semicolons, decimal commas, one row for each
// balance and entry.

import { decimalsNeeded, formatDecimal, negate, withScale, type Decimal } from '../../domain/decimal.ts';
import { minorUnits } from '../../domain/currency.ts';
import type { Composer } from '../account-file/composer.ts';
import type { Findings } from '../account-file/findings.ts';
import { heldText } from '../text/held-text.ts';
import type { Balance, StatementEntry } from '../account-file/statement.ts';

const COLUMNS = [
  'Rodzaj',
  'Rachunek',
  'Data księgowania',
  'Data waluty',
  'Kwota',
  'Waluta',
  'Kontrahent',
  'Rachunek kontrahenta',
  'Tytuł',
  'Opis',
  'Identyfikator EndToEnd',
  'Numer banku',
  'Liczba operacji',
];

export interface CsvTerms {
  readonly iban: string;
  readonly holds: (character: string) => boolean;
  readonly findings: Findings;
}

/** Nothing is cut; every entry is there, also one that is not booked, and says so. */
export function composeCsv({ iban, holds, findings }: CsvTerms): Composer {
  const word = (text: string): string => quoted(heldText(text, holds).text);
  const cell = (text: string): string => {
    const held = findings.held(text, holds);
    return quoted(isFormula(held) ? `'${held}` : held);
  };
  const balanceRow = (kind: string, balance: Balance | undefined): string[] =>
    balance === undefined
      ? []
      : [
          [
            word(kind),
            iban,
            balance.day,
            '',
            moneyText(balance.amount, balance.currency),
            cell(balance.currency),
          ]
            .concat(COLUMNS.slice(6).map(() => ''))
            .join(';'),
        ];
  let isBegun = false;
  let end: readonly string[] = [];
  return {
    begin({ opening, closing, available }) {
      const header = isBegun ? [] : [COLUMNS.map(word).join(';')];
      isBegun = true;
      end = [...balanceRow('saldo końcowe', closing), ...balanceRow('saldo dostępne', available)];
      return [...header, ...balanceRow('saldo początkowe', opening)];
    },
    entry: (entry) => [
      [
        word(kindOf(entry)),
        iban,
        entry.bookingDay ?? '',
        entry.valueDay ?? '',
        moneyText(entry.direction === 'debit' ? negate(entry.amount) : entry.amount, entry.currency),
        cell(entry.currency),
        cell(entry.counterparty.name),
        cell(entry.counterparty.account),
        cell(entry.title),
        cell(entry.description),
        cell(entry.endToEndId ?? ''),
        cell(entry.bankReference ?? ''),
        entry.operations.toString(),
      ].join(';'),
    ],
    end: () => end,
  };
}

function kindOf({ status, reversal }: StatementEntry): string {
  const kind = reversal ? 'storno' : 'operacja';
  return status === 'BOOK' ? kind : `${kind}, niezaksięgowana (${status})`;
}

/** `-1234,50`: what a spreadsheet reads as a number, with the currency's decimals or more. */
function moneyText(amount: Decimal, currency: string): string {
  return formatDecimal(
    withScale(amount, Math.max(minorUnits(currency) ?? 2, decimalsNeeded(amount))),
  ).replace('.', ',');
}

/** A spreadsheet takes such a text for a formula and would run what a stranger wrote into a title. */
function isFormula(text: string): boolean {
  return /^[=+\-@]/.test(text);
}

/** By RFC 4180, with the semicolon in place of the comma. */
function quoted(text: string): string {
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
