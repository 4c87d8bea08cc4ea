// One line of Elixir-O as a transfer, or all that is wrong with it. The sixteen fields: docs/erp/elixir-o.md.

import { isDay } from '../../domain/calendar.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { ElixirOForm } from '../../domain/erp-formats.ts';
import type { Fault } from '../../domain/fault.ts';
import type { Place, Placed } from '../../domain/payment.ts';
import { fault } from '../../domain/rules/fault-at.ts';
import { isSplitPaymentTitle, splitPaymentFaults } from '../../domain/split-payment.ts';
import { UNREADABLE } from './encoding.ts';
import { FIELD_COUNT, FIELD_NAMES, type Field } from './fields.ts';

/** A name with its address, as the lines of the field. */
export interface Party {
  readonly name: string;
  readonly address: readonly string[];
  readonly place: Place;
}

export interface ElixirTransfer {
  readonly date: Placed<string>;
  readonly amount: Placed<Decimal>;
  readonly ordererAccount: Placed<string>;
  readonly beneficiaryAccount: Placed<string>;
  readonly orderer: Party;
  readonly beneficiary: Party;
  readonly title: Placed<string>;
  /** '' where the ERP gave none. */
  readonly reference: Placed<string>;
  readonly place: Place;
}

const LINES_MAX = 4;
const LINE_MAX = 35;
const REFERENCE_MAX = 35;
/** Of ISO 20022: 18 digits, of which more than the grosze are no amount of a bank. */
const AMOUNT_DIGITS_MAX = 15;

const NRB = /^\d{26}$/;

const CREDIT_TRANSFER = '110';
const ORDINARY = '51';
const SPLIT_PAYMENT = '53';
const TAX = '71';

/** Faults of form are all found; the transfer is undefined where its day, amount or accounts can not be told. */
export function readTransfer(
  fields: readonly Field[],
  line: number,
  splitPayment: ElixirOForm['splitPayment'],
): { readonly transfer: ElixirTransfer | undefined; readonly faults: readonly Fault[] } {
  const reader = new LineReader(fields, line);
  reader.only(1, [CREDIT_TRANSFER], 'Only 110, a credit transfer, can be sent through this bank service.');
  const date = reader.date(2);
  const amount = reader.amount(3);
  const ordererAccount = reader.account(6);
  const beneficiaryAccount = reader.account(7);
  reader.sortCode(4, ordererAccount.value);
  reader.sortCode(11, beneficiaryAccount.value);
  for (const number of [5, 10])
    reader.only(number, ['0', ''], 'Goniec does not know what else could be meant.');
  for (const number of [13, 14]) reader.only(number, [''], 'Goniec does not know what could be meant.');
  const orderer = reader.party(8);
  const beneficiary = reader.party(9);
  const classification = reader.classification(15, splitPayment);
  const title = reader.title(12, classification, amount.value);
  const reference = reader.reference(16);
  const transfer = {
    date,
    amount,
    ordererAccount,
    beneficiaryAccount,
    orderer,
    beneficiary,
    title,
    reference,
    place: { line, column: 1, path: '' },
  };
  return { transfer: reader.isTransfer ? transfer : undefined, faults: reader.faults };
}

/** The place of a field, by its number from 1. */
export function fieldPlace(fields: readonly Field[], line: number, number: number): Place {
  return {
    line,
    column: fields[number - 1]?.column ?? 1,
    path: `field ${number} (${FIELD_NAMES[number - 1] ?? ''})`,
  };
}

class LineReader {
  readonly faults: Fault[] = [];
  isTransfer = true;
  readonly #fields: readonly Field[];
  readonly #line: number;

  constructor(fields: readonly Field[], line: number) {
    this.#fields = fields;
    this.#line = line;
    for (let number = 1; number <= FIELD_COUNT; number++) {
      const { value } = this.#at(number);
      if (value.includes(UNREADABLE))
        this.#refuse('elixir-o.character', number, 'A byte of it is no character in the configured encoding.', 'Correct elixirO.encoding of the company in the configuration, or the text in the ERP.'); // prettier-ignore
      else if (NO_TEXT.test(value))
        this.#refuse(
          'elixir-o.character',
          number,
          'It holds a control character.',
          'Take it out in the ERP.',
        );
    }
  }

  only(number: number, values: readonly string[], why: string): void {
    const { value } = this.#at(number);
    if (values.includes(value)) return;
    const wanted = values.filter((one) => one !== '').join(' or ') || 'empty';
    this.#refuse('elixir-o.value', number, `It must be ${wanted}.`, why);
  }

  date(number: number): Placed<string> {
    const found = this.#at(number);
    const day = found.value.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
    if (day === found.value || !isDay(day)) this.#refuseWhole('elixir-o.date', number, 'This is no day written as YYYYMMDD.', 'Correct the date.'); // prettier-ignore
    return { ...found, value: day };
  }

  amount(number: number): Placed<Decimal> {
    const found = this.#at(number);
    const isAmount = /^\d+$/.test(found.value) && found.value.length <= AMOUNT_DIGITS_MAX;
    if (!isAmount)
      this.#refuseWhole('elixir-o.amount', number, 'This is no amount in grosze: digits alone.', 'Write 123456 for 1234.56 PLN; Goniec never rounds money.'); // prettier-ignore
    return { ...found, value: { coefficient: isAmount ? BigInt(found.value) : 0n, scale: 2 } };
  }

  /** As the 26 digits of an NRB; its check digits are a rule for all formats. */
  account(number: number): Placed<string> {
    const found = this.#at(number);
    const digits = found.value.replaceAll(' ', '');
    if (!NRB.test(digits))
      this.#refuseWhole(
        'elixir-o.account',
        number,
        'This is no NRB: 26 digits.',
        'Correct the account number.',
      );
    return { ...found, value: digits };
  }

  /** Two numbers that say different things of one bank: nobody can tell which of them was meant. */
  sortCode(number: number, account: string): void {
    const { value } = this.#at(number);
    if (value === '' || value === account.slice(2, 10) || !NRB.test(account)) return;
    this.#refuse('elixir-o.sort-code', number, `The account is of the sort code ${account.slice(2, 10)}.`, 'Correct the sort code or the account number, whichever was mistyped.'); // prettier-ignore
  }

  party(number: number): Party {
    const { value, place } = this.#at(number);
    const [name = '', ...address] = this.#lines(number, value)
      .map((one) => one.trim())
      .filter((one) => one !== '');
    if (name === '')
      this.#refuse('elixir-o.name', number, 'There is no name.', 'Give the name in the first line.');
    return { name, address, place };
  }

  classification(number: number, splitPayment: ElixirOForm['splitPayment']): string {
    const { value } = this.#at(number);
    if (value === TAX)
      this.#refuse('elixir-o.tax', number, 'How a payment to a tax office with its form and period is written for the bank is not known, so it is not sent.', 'Pay it in the e-bank. A payment to ZUS is an ordinary transfer (51) to the account that ZUS gave you.'); // prettier-ignore
    else if (value === SPLIT_PAYMENT && splitPayment === 'refused')
      this.#refuse('elixir-o.split-payment', number, 'A split payment is told to the bank by its title alone, and nobody has said yet that this bank knows it by that.', 'Ask the bank; then set elixirO.splitPayment of the company to title. Until then pay it in the e-bank.'); // prettier-ignore
    else if (value !== TAX && value !== SPLIT_PAYMENT)
      this.only(number, [ORDINARY, SPLIT_PAYMENT], 'Goniec does not know what else could be meant.');
    return value;
  }

  title(number: number, classification: string, amount: Decimal): Placed<string> {
    const { value, place } = this.#at(number);
    if (classification === SPLIT_PAYMENT) return { value: this.#splitTitle(number, amount), place };
    const title = joined(this.#lines(number, value)).trim();
    if (isSplitPaymentTitle(title))
      this.#refuse('elixir-o.split-payment-title', number, `The title is that of a split payment, but field 15 says ${classification}.`, 'Write 53 in field 15, or another title.'); // prettier-ignore
    return { value: title, place };
  }

  /** Wherever its lines are cut, also where they are not, they are one text. */
  #splitTitle(number: number, amount: Decimal): string {
    const { value, place } = this.#at(number);
    const title = value.split('|').join('').trim();
    for (const { rule, value: part, message, remedy } of splitPaymentFaults(title, amount.coefficient))
      this.faults.push(fault(rule, place, part, message, remedy));
    return title;
  }

  reference(number: number): Placed<string> {
    const found = this.#at(number);
    if ([...found.value].length > REFERENCE_MAX)
      this.#refuse('elixir-o.reference', number, `It is longer than ${REFERENCE_MAX} characters.`, 'Use shorter references; Goniec never alters them.'); // prettier-ignore
    return found;
  }

  #lines(number: number, value: string): readonly string[] {
    const lines = value.split('|');
    if (lines.length > LINES_MAX || lines.some((one) => [...one].length > LINE_MAX))
      this.#refuse('elixir-o.lines', number, `The text is not of at most ${LINES_MAX} lines of ${LINE_MAX} characters, with | between them.`, 'Shorten it or divide it otherwise.'); // prettier-ignore
    return lines;
  }

  #at(number: number): Placed<string> {
    const field = this.#fields[number - 1];
    return { value: field?.text ?? '', place: fieldPlace(this.#fields, this.#line, number) };
  }

  #refuseWhole(rule: string, number: number, message: string, remedy: string): void {
    this.isTransfer = false;
    this.#refuse(rule, number, message, remedy);
  }

  #refuse(rule: string, number: number, message: string, remedy: string): void {
    const { value, place } = this.#at(number);
    this.faults.push(fault(rule, place, value, message, remedy));
  }
}

/** Control characters, and what no XML document can hold. */
const NO_TEXT = /[\p{Cc}\p{Cs}\ufffe\uffff]/u;

/** A line that is full goes on in the next one; elsewhere a line end is a blank. So never more than four full lines come of it. */
function joined(lines: readonly string[]): string {
  return lines.reduce((text, line, index) => {
    const before = lines[index - 1] ?? '';
    return text + (index === 0 || [...before].length === LINE_MAX ? '' : ' ') + line;
  }, '');
}
