// A company's list of accounts that may be paid without a person: plain text that accountants can keep.

import { asIban, ibanFault } from './iban.ts';

/** Where the list can not be read, and why. */
export interface ListFault {
  readonly line: number;
  readonly message: string;
}

/**
 * One account on a line, spaces allowed, a Polish NRB without its letters too; what follows `#` or `;` is for people. A line
 * that is no account number spoils the whole list: a creditor that was meant to be on it, or not, would go unnoticed.
 */
export function readCreditorList(text: string): ReadonlySet<string> | ListFault {
  const accounts = new Set<string>();
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const written = line.replace(/[#;].*$/, '').replace(/\s/g, '');
    if (written === '') continue;
    if (!/^[A-Za-z]{0,4}\d[A-Za-z0-9/-]{2,33}$/.test(written))
      return { line: index + 1, message: 'it holds no account number' };
    const account = asIban(written.toUpperCase());
    const fault = /^[A-Z]{2}\d/.test(account) ? ibanFault(account) : undefined;
    if (fault !== undefined) return { line: index + 1, message: `${account} ${fault}` };
    accounts.add(account);
  }
  return accounts;
}
