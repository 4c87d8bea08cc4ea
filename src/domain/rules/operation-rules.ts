// What the chosen operation asks of a transfer: a row in the bank's table, and structured addresses for SEPA.

import type { BankTerms, Operation } from '../bank-profile.ts';
import type { Fault } from '../fault.ts';
import type { AddressFacts, BlockFacts, TransferFacts } from '../payment.ts';
import { operationFor } from '../routing.ts';
import { fault, NO_FAULTS } from './fault-at.ts';

/** Lines a hybrid SEPA address may have beside town and country. */
const HYBRID_LINES_MAX = 2;

/** What the operation asks of the transfer itself; what it asks of the whole block is for `debtorFaults`. */
export function operationFaults(
  terms: BankTerms,
  block: BlockFacts,
  transfer: TransferFacts,
): { operation: Operation | undefined; faults: readonly Fault[] } {
  const operation = operationFor(terms, block, transfer);
  if (operation === undefined) {
    const wanted = `${transfer.currency} to ${transfer.creditorAccount?.value ?? 'no account'}`;
    return {
      operation,
      faults: [
        fault(
          'rule.operation',
          transfer.place,
          wanted,
          `The bank ${terms.name} has no operation for this transfer.`,
          'See the table of operations that "goniec check" prints.',
        ),
      ],
    };
  }
  return {
    operation,
    faults: operation === 'sepa' ? sepaAddressFaults(transfer.creditorAddress) : NO_FAULTS,
  };
}

/** What the operation asks of the debtor, whom all transfers of a block share. */
export function debtorFaults(operation: Operation, transfer: TransferFacts): readonly Fault[] {
  return operation === 'sepa' ? sepaAddressFaults(transfer.debtorAddress) : NO_FAULTS;
}

/** Since 15 November 2026 an address in SEPA is structured or hybrid: town and country, and at most two lines. No address is fine. */
function sepaAddressFaults(address: AddressFacts | undefined): readonly Fault[] {
  if (address === undefined) return NO_FAULTS;
  const missing = [
    address.town === undefined ? 'town (TwnNm)' : '',
    address.country === undefined ? 'country (Ctry)' : '',
  ].filter((part) => part !== '');
  if (missing.length > 0) {
    const found = address.lines.length === 0 ? undefined : address.lines.join(' | ');
    return [
      fault(
        'rule.sepa-address',
        address.place,
        found,
        `A SEPA address without ${missing.join(' and ')} is unstructured and no longer accepted since 15 November 2026.`,
        'Give the town in TwnNm and the country in Ctry, or leave the address out.',
      ),
    ];
  }
  if (address.lines.length > HYBRID_LINES_MAX) {
    return [
      fault(
        'rule.sepa-address-lines',
        address.place,
        address.lines.join(' | '),
        'A SEPA address may have at most two free lines beside town and country.',
        'Move street and number into StrtNm and BldgNb, or drop lines.',
      ),
    ];
  }
  return NO_FAULTS;
}
