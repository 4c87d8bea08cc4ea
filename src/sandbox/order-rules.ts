// What a bank has against an order that is well formed: the rules by which it rejects a message, or single transfers of it.

import { addDecimals, compareDecimals, decimalsNeeded, parseDecimal, ZERO } from '../domain/decimal.ts';
import type { Decimal } from '../domain/decimal.ts';
import { asIban, ibanFault, polishSortCode } from '../domain/iban.ts';
import { isAtThisBank } from './bank-identity.ts';
import type { LedgerAccount } from './ledger.ts';
import type { Course, RejectReason } from './ledger-event.ts';
import type { Dialect, OrderOperation } from './operations.ts';
import type { OrderedBlock, OrderedTransfer, OrderReader } from './order-reader.ts';

/** Digits and characters of ids and names that BNP's service does not take (cdc.md section 4.4); undefined when all is well. */
export function dialectFault(order: OrderReader, dialect: Dialect): string | undefined {
  if (dialect !== 'bnp') return undefined;
  if (!/^[A-Za-z0-9]+$/.test(order.messageId)) return 'GrpHdr/MsgId: letters and digits only.';
  if (order.initiatingParty !== undefined && !/^[A-Za-z0-9]+$/.test(order.initiatingParty))
    return 'GrpHdr/InitgPty/Nm: letters and digits only.';
  return undefined;
}

/** Why the whole message is rejected: counts and sums that are not those of its transfers. */
export function messageReject(order: OrderReader): RejectReason | undefined {
  const all = order.blocks.flatMap((block) => block.transfers);
  return (
    totalsReject('GrpHdr', order.count, order.sum, all) ??
    order.blocks.map(blockTotalsReject).find((reason) => reason !== undefined)
  );
}

/** Why one transfer is rejected, funds not looked at; undefined when it is good. */
export function transferReject(
  operation: OrderOperation,
  dialect: Dialect,
  block: OrderedBlock,
  transfer: OrderedTransfer,
  debtor: LedgerAccount | undefined,
): RejectReason | undefined {
  if (isOrdered(transfer, 'RJCT')) return { code: 'MS03', text: 'Rejected because SANDBOX:RJCT was ordered' };
  if (debtor === undefined)
    return { code: 'AC02', text: `Debtor account ${block.debtorAccount ?? ''} is not served` };
  if (block.method !== 'TRF') return { code: 'AG03', text: `Payment method ${block.method} is not offered` };
  if (block.debtorSortCode !== undefined && block.debtorSortCode !== polishSortCode(debtor.iban))
    return { code: 'AGNT', text: 'The debtor agent does not keep the debtor account' };
  return (
    amountReject(transfer, debtor) ?? operationReject(operation, transfer) ?? textReject(dialect, transfer)
  );
}

/** What is to become of a transfer, as its creditor's name or its remittance orders it. */
export function courseOf(transfer: OrderedTransfer): Course {
  if (isOrdered(transfer, 'PDNG')) return 'pending';
  if (isOrdered(transfer, 'ACSP')) return 'stuck';
  if (isOrdered(transfer, 'SLOW')) return 'slow';
  return isOrdered(transfer, 'ACSC') ? 'instant' : 'ordinary';
}

function isOrdered(transfer: OrderedTransfer, outcome: string): boolean {
  return [transfer.creditorName, ...transfer.remittance].some((text) => text.includes(`SANDBOX:${outcome}`));
}

function blockTotalsReject(block: OrderedBlock): RejectReason | undefined {
  return totalsReject(`PmtInf ${block.paymentInformationId}`, block.count, block.sum, block.transfers);
}

function totalsReject(
  where: string,
  count: string | undefined,
  sum: string | undefined,
  transfers: readonly OrderedTransfer[],
): RejectReason | undefined {
  if (count !== undefined && BigInt(count) !== BigInt(transfers.length)) {
    return { code: 'AM18', text: `${where} declares ${count} transfers and holds ${transfers.length}` };
  }
  const declared = sum === undefined ? undefined : parseDecimal(sum);
  const total = transfers.reduce<Decimal>(
    (so, { amount }) => addDecimals(so, parseDecimal(amount) ?? ZERO),
    ZERO,
  );
  if (declared !== undefined && compareDecimals(declared, total) !== 0)
    return {
      code: 'AM10',
      text: `${where} declares the sum ${sum ?? ''}, which is not that of its transfers`,
    };
  return undefined;
}

function amountReject(transfer: OrderedTransfer, debtor: LedgerAccount): RejectReason | undefined {
  const amount = parseDecimal(transfer.amount);
  if (amount === undefined) return { code: 'AM12', text: 'InstdAmt is missing' };
  if (amount.coefficient <= 0n) return { code: 'AM01', text: 'The amount is zero' };
  if (decimalsNeeded(amount) > 2) return { code: 'AM12', text: 'The amount has more than two decimals' };
  if (transfer.currency !== debtor.currency)
    return {
      code: 'AM03',
      text: `The account is kept in ${debtor.currency}, the transfer is in ${transfer.currency}`,
    };
  return undefined;
}

const SEPA_COUNTRIES = new Set(
  'AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM VA'.split(
    ' ',
  ),
);

/** cdc.md section 4.4, "Which operation for what". */
function operationReject(operation: OrderOperation, transfer: OrderedTransfer): RejectReason | undefined {
  const account = asIban(transfer.creditorAccount ?? '');
  const fault = ibanFault(account);
  const wrongAccount =
    fault === undefined ? undefined : { code: 'AC03', text: `The creditor account ${fault}`.slice(0, 105) };
  const currency = (wanted: boolean): RejectReason | undefined =>
    wanted ? undefined : { code: 'AM03', text: `${operation} is not made in ${transfer.currency}` };
  const place = (wanted: boolean): RejectReason | undefined =>
    wanted ? undefined : { code: 'AG01', text: `${operation} does not reach this creditor account` };
  switch (operation) {
    case 'DomesticTransfer':
      return (
        currency(transfer.currency === 'PLN') ??
        wrongAccount ??
        place(account.startsWith('PL')) ??
        sortCodeReject(account, transfer)
      );
    case 'InternalTransfer':
      return (
        currency(transfer.currency === 'PLN') ??
        wrongAccount ??
        place(isAtThisBank(account)) ??
        sortCodeReject(account, transfer)
      );
    case 'InternalFcyTransfer':
      return (
        currency(transfer.currency !== 'PLN') ??
        wrongAccount ??
        place(isAtThisBank(account)) ??
        sortCodeReject(account, transfer)
      );
    case 'SEPATransfer':
      return (
        currency(transfer.currency === 'EUR') ??
        wrongAccount ??
        place(SEPA_COUNTRIES.has(account.slice(0, 2)))
      );
    case 'ForeignTransfer':
      if (transfer.creditorAccount === undefined)
        return { code: 'AC03', text: 'The creditor account is missing' };
      if (wrongAccount !== undefined && transfer.creditorBic === undefined)
        return { code: 'RC01', text: 'An account that is no IBAN needs the BIC of its bank' };
      return place(!(account.startsWith('PL') && transfer.currency === 'PLN'));
  }
}

function sortCodeReject(account: string, transfer: OrderedTransfer): RejectReason | undefined {
  if (transfer.creditorSortCode === undefined || transfer.creditorSortCode === polishSortCode(account))
    return undefined;
  return { code: 'AGNT', text: 'The creditor agent does not keep the creditor account' };
}

function textReject(dialect: Dialect, transfer: OrderedTransfer): RejectReason | undefined {
  if (transfer.creditorName === '') return { code: 'BE22', text: 'The creditor name is missing' };
  if (transfer.creditorAddress.some((line) => line.length > 35))
    return { code: 'CH16', text: 'Cdtr/PstlAdr/AdrLine is longer than 35 characters' };
  if (transfer.remittance.join('').length > 140)
    return { code: 'CH16', text: 'RmtInf/Ustrd is longer than 140 characters' };
  if (dialect === 'bnp' && !/^[A-Za-z0-9/\-+()']{1,32}$/.test(transfer.endToEndId))
    return { code: 'CH16', text: "EndToEndId takes 32 of A-Z a-z 0-9 / - + ( ) '" };
  return undefined;
}
