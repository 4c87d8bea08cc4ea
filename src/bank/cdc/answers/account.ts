// Reads whose account a report or statement is about.

import type { XmlNode } from '../../../xml/small-document.ts';
import { optTextOf } from '../../../xml/xml-path.ts';

/** The account as the bank writes it in an `Acct` element; '' when it does not say. */
export function accountOf(account: XmlNode): string {
  return (optTextOf(account, 'Id/IBAN') ?? optTextOf(account, 'Id/Othr/Id') ?? '').trim();
}

export function currencyOf(account: XmlNode): string[] {
  const currency = optTextOf(account, 'Ccy')?.trim();
  return currency === undefined || currency === '' ? [] : [currency];
}
