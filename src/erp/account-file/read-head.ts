// Gathers what stands before the entries of a `Stmt` or `Rpt`: its number, its days, its balances.

import { negate, parseDecimal } from '../../domain/decimal.ts';
import { localDay } from '../../domain/local-day.ts';
import type { XmlNode } from '../../xml/small-document.ts';
import { optTextOf, textOf, XmlPathError } from '../../xml/xml-path.ts';
import type { Balance, StatementHead } from './statement.ts';

/** Takes the parts in their order; throws XmlPathError for one that can not be read. */
export class GrowingHead {
  readonly #zone: string;
  readonly #head: { -readonly [Key in keyof StatementHead]: StatementHead[Key] } = {
    number: undefined,
    currency: undefined,
    fromDay: undefined,
    toDay: undefined,
    opening: undefined,
    closing: undefined,
    available: undefined,
  };
  #isClosed = false;

  constructor(zone: string) {
    this.#zone = zone;
  }

  /** The head as it is from now on; undefined when it was given already. */
  close(): StatementHead | undefined {
    if (this.#isClosed) return undefined;
    this.#isClosed = true;
    return this.#head;
  }

  add(node: XmlNode): void {
    switch (node.name) {
      case 'ElctrncSeqNb':
      case 'LglSeqNb':
        this.#head.number ??= /^\d+$/.test(node.text.trim()) ? node.text.trim() : undefined;
        break;
      case 'FrToDt':
        this.#head.fromDay = this.#day(node, 'FrDtTm');
        this.#head.toDay = this.#day(node, 'ToDtTm');
        break;
      case 'Acct':
        this.#head.currency = optTextOf(node, 'Ccy')?.trim();
        break;
      case 'Bal':
        this.#balance(node);
        break;
    }
  }

  /** By the external balance type codes of ISO 20022; PRCD is another name of OPBD. */
  #balance(node: XmlNode): void {
    if (this.#isClosed) throw new XmlPathError(node, '', 'stands after the entries instead of before them');
    const type = optTextOf(node, 'Tp/CdOrPrtry/Cd')?.trim();
    if (type === 'OPBD') this.#head.opening = this.#balanceOf(node);
    else if (type === 'PRCD') this.#head.opening ??= this.#balanceOf(node);
    else if (type === 'CLBD') this.#head.closing = this.#balanceOf(node);
    else if (type === 'CLAV') this.#head.available = this.#balanceOf(node);
  }

  #balanceOf(node: XmlNode): Balance {
    const amount = parseDecimal(textOf(node, 'Amt').trim());
    if (amount === undefined)
      throw new XmlPathError(node, 'Amt', `is "${textOf(node, 'Amt')}", not a number`);
    const direction = textOf(node, 'CdtDbtInd').trim();
    if (direction !== 'CRDT' && direction !== 'DBIT')
      throw new XmlPathError(node, 'CdtDbtInd', `is "${direction}", neither CRDT nor DBIT`);
    const currency = node.children.find(({ name }) => name === 'Amt')?.attributes.get('Ccy');
    if (currency === undefined) throw new XmlPathError(node, 'Amt/@Ccy', 'is missing');
    const day = this.#day(node, 'Dt/Dt') ?? this.#day(node, 'Dt/DtTm');
    if (day === undefined) throw new XmlPathError(node, 'Dt', 'is missing or holds no date');
    return { amount: direction === 'DBIT' ? negate(amount) : amount, currency: currency.trim(), day };
  }

  #day(node: XmlNode, path: string): string | undefined {
    const text = optTextOf(node, path);
    return text === undefined ? undefined : localDay(text, this.#zone);
  }
}
