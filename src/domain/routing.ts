// Which operation of the bank a transfer needs: by the dialect's table, first row that fits.

import type { BankTerms, Operation, OperationRow } from './bank-profile.ts';
import { polishSortCode } from './iban.ts';
import type { BlockFacts, TransferFacts } from './payment.ts';

/** Countries and territories whose IBANs are reachable by a SEPA credit transfer (EPC409-09, by IBAN country code). */
const SEPA_COUNTRIES = new Set(
  'AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM VA'.split(
    ' ',
  ),
);

/** The operation for a transfer; undefined when no row fits. */
export function operationFor(
  terms: BankTerms,
  block: BlockFacts,
  transfer: TransferFacts,
): Operation | undefined {
  return terms.operations.find((row) => fits(row, terms, block, transfer))?.operation;
}

/** True for an account that SEPA reaches. */
export function isSepaAccount(iban: string): boolean {
  return SEPA_COUNTRIES.has(iban.slice(0, 2));
}

function fits(row: OperationRow, terms: BankTerms, block: BlockFacts, transfer: TransferFacts): boolean {
  if (
    row.currency !== undefined &&
    transfer.currency !== (row.currency === 'EUR' ? 'EUR' : terms.rules.domesticCurrency)
  )
    return false;
  if (row.creditor === undefined) return true;
  const creditor = transfer.creditorAccount?.iban;
  if (creditor === undefined) return false;
  const debtor = block.debtorAccount?.iban ?? '';
  switch (row.creditor) {
    case 'domestic':
      return creditor.startsWith(terms.rules.domesticCountry);
    case 'sepa':
      return isSepaAccount(creditor) && isSepaAccount(debtor) && wantsSepa(block, transfer);
    case 'same-bank':
      return sameBank(debtor, creditor);
  }
}

/** A service level that asks for more than SEPA gives (URGP ...) goes another way; NURG asks for nothing. */
function wantsSepa(block: BlockFacts, transfer: TransferFacts): boolean {
  const level = transfer.type?.serviceLevel ?? block.type.serviceLevel;
  return level === undefined || level === 'SEPA' || level === 'SDVA' || level === 'NURG';
}

/** The first three digits of a Polish sort code name the bank. */
function sameBank(debtor: string, creditor: string): boolean {
  const bank = polishSortCode(debtor)?.slice(0, 3);
  return bank !== undefined && polishSortCode(creditor)?.slice(0, 3) === bank;
}
