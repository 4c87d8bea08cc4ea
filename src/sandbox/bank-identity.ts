// Who the sandbox bank is: its sort code, and itself as a party to its own fees.

import type { Party } from './ledger-event.ts';

/** Sort code of the accounts the bank keeps. */
export const SORT_CODE = '16001462';

export const bankItself: Party = {
  account: 'PL81160014629900000000000099',
  name: 'Sandbox Bank',
  address: ['ul. Bankowa 1', '00-000 Miasto'],
};

/** True for an account at this bank: its number begins with the bank's own three digits. */
export function isAtThisBank(iban: string): boolean {
  return iban.startsWith('PL') && iban.slice(4, 7) === SORT_CODE.slice(0, 3);
}
