// Whether what a bank answered is about the account that was asked about.

import { isSameAccount } from '../domain/iban.ts';

/** A sentence that says why it is not; undefined when every account that is named is the one asked about. */
export function aboutAnother(named: readonly (string | undefined)[], iban: string): string | undefined {
  const other = named.find((account) => account !== undefined && !isSameAccount(account, iban));
  return other === undefined ? undefined : `The bank's answer is about another account (${other}).`;
}
