// Accounts: check digits, and that the debtor's is one of ours.

import type { Fault } from '../fault.ts';
import { ibanFault } from '../iban.ts';
import type { AccountId, BlockFacts, TransferFacts } from '../payment.ts';
import { fault, NO_FAULTS } from './fault-at.ts';
import type { OwnAccount } from './payment-rules.ts';

export const accountFaults = {
  /** The account to be charged: valid, configured, and in the currency it is configured with. */
  debtor(block: BlockFacts, own: (iban: string) => OwnAccount | undefined): readonly Fault[] {
    const account = block.debtorAccount;
    if (account === undefined) return NO_FAULTS;
    const faults = [...numberFaults(account, 'debtor')];
    const known = own(account.iban ?? account.value);
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
  creditor(transfer: TransferFacts): readonly Fault[] {
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
function numberFaults(account: AccountId, whose: string): readonly Fault[] {
  const wrong = account.iban === undefined ? undefined : ibanFault(account.iban);
  if (wrong === undefined) return NO_FAULTS;
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
