// Accounts: check digits, and that the debtor's is one of ours.

import type { Fault } from '../fault.ts';
import { ibanFault, ibanOf } from '../iban.ts';
import type { AccountId, BlockFacts, TransferFacts } from '../payment.ts';
import { fault } from './fault-at.ts';
import type { OwnAccount } from './payment-rules.ts';

export const accountFaults = {
  /** The account to be charged: valid, configured, and in the currency it is configured with. */
  debtor(block: BlockFacts, own: (iban: string) => OwnAccount | undefined): Fault[] {
    const account = block.debtorAccount;
    if (account === undefined) return [];
    const faults = numberFaults(account, 'debtor');
    const known = own(ibanOf(account) ?? account.value);
    if (known === undefined) {
      faults.push(
        fault(
          'rule.debtor-account',
          account.place,
          account.value,
          'The debtor account is not one of the accounts configured for this outbox.',
          'Correct the account in the ERP, or add it under accounts in the configuration.',
        ),
      );
    } else if (block.debtorAccountCurrency !== undefined && block.debtorAccountCurrency !== known.currency) {
      faults.push(
        fault(
          'rule.debtor-currency',
          account.place,
          block.debtorAccountCurrency,
          `The debtor account is kept in ${known.currency}.`,
          'Correct the currency of the account, or leave it out.',
        ),
      );
    }
    return faults;
  },

  /** The account to be credited. */
  creditor(transfer: TransferFacts): Fault[] {
    const account = transfer.creditorAccount;
    if (account === undefined) {
      return [
        fault(
          'rule.creditor-account',
          transfer.place,
          undefined,
          'The transfer names no creditor account.',
          'Add CdtrAcct with the account to be credited.',
        ),
      ];
    }
    return numberFaults(account, 'creditor');
  },
};

/** An IBAN must keep its check digits; so must a bare NRB of 26 digits. Other national numbers have no common check. */
function numberFaults(account: AccountId, whose: string): Fault[] {
  const iban = ibanOf(account);
  const wrong = iban === undefined ? undefined : ibanFault(iban);
  if (wrong === undefined) return [];
  return [
    fault(
      'rule.iban',
      account.place,
      account.value,
      `The ${whose} account ${wrong}.`,
      'Correct the account number; it was probably mistyped.',
    ),
  ];
}
