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

/** Whether both mean one account: an IBAN and the same number without its country are the same, an unnamed one is any. */
export function isSameAccount(named: string, asked: string): boolean {
  const [a, b] = [bare(named), bare(asked)];
  return a === '' || a === b;
}

function bare(account: string): string {
  return account
    .replace(/\s+/g, '')
    .toUpperCase()
    .replace(/^[A-Z]{2}(?=\d{2})/, '');
}
