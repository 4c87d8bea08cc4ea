// How Polish banks, and readers elsewhere, divide field 86 (information to account owner) into subfields: as data.

import type { Mt940Dialect } from '../../domain/erp-formats.ts';

export interface Dialect {
  /** Stands before the two digits of each subfield. */
  readonly separator: string;
  /** A line for each subfield, however many; or six lines of 65 characters, as SWIFT has it. */
  readonly lines: 'subfields' | 'filled';
  /** What stands before the account number in field 25. */
  readonly accountPrefix: string;
  /** Numbers of the subfields, 27 characters each, that one text goes through. */
  readonly title: readonly number[];
  readonly name: readonly number[];
  /** What the bank says of the operation. */
  readonly description: number;
  readonly sortCode: number;
  /** The account within its bank, or whole where `iban` is absent. */
  readonly account: number;
  readonly iban: number | undefined;
  readonly endToEndId: number | undefined;
}

/**
 * `tilde`: statements of PKO BP (iPKO biznes) and ING Bank Śląski (ING BusinessOnLine), as their readers know them.
 * `angle`: MultiCash (.STA); "Opis formatu pliku wyciągów MT940", chapter 2: subfields begin with `<`, empty ones may be left
 * out, CP852; the name of the counterparty follows the title in 27 to 29.
 * `swift`: the structured field 86 of the German DK (DFÜ-Abkommen, appendix 3, chapter 8.2.6), which most readers know.
 */
export const DIALECTS: Readonly<Record<Mt940Dialect, Dialect>> = {
  tilde: {
    separator: '~',
    lines: 'subfields',
    accountPrefix: '/',
    title: [20, 21, 22, 23, 24, 25],
    name: [32, 33],
    description: 0,
    sortCode: 30,
    account: 31,
    iban: 38,
    endToEndId: 63,
  },
  angle: {
    separator: '<',
    lines: 'subfields',
    accountPrefix: '',
    title: [20, 21, 22, 23, 24, 25],
    name: [27, 28, 29],
    description: 0,
    sortCode: 30,
    account: 31,
    iban: 38,
    endToEndId: 63,
  },
  swift: {
    separator: '?',
    lines: 'filled',
    accountPrefix: '',
    title: [20, 21, 22, 23, 24, 25],
    name: [32, 33],
    description: 0,
    sortCode: 30,
    account: 31,
    iban: undefined,
    endToEndId: undefined,
  },
};
