// Writes a booked operation as an `Ntry` of camt.052 and camt.053, filled as each bank fills it (cdc.md section 4.2).

import { formatDecimal, withScale } from '../domain/decimal.ts';
import { isIban } from '../domain/iban.ts';
import type { XmlWriter } from '../xml/xml-writer.ts';
import { bankTime } from './bank-time.ts';
import type { LedgerEntry } from './ledger.ts';
import type { BookedEvent, Party } from './ledger-event.ts';
import type { Dialect } from './operations.ts';

/**
 * In a report the number by which the next one is continued is shown: the daily number in Refs/MsgId at BNP, the
 * account's running number in NtryRef at ING. A fee carries no id beside it, so that in a statement two alike are alike.
 */
export function writeEntry(writer: XmlWriter, entry: LedgerEntry, dialect: Dialect, inReport: boolean): void {
  const { booking } = entry;
  const credit = entry.direction === 'credit';
  writer.open('Ntry');
  if (dialect === 'ing' && inReport) writer.leaf('NtryRef', entry.runningNumber.toString());
  writer
    .leaf('Amt', formatDecimal(withScale(entry.amount, 2)), { Ccy: booking.currency })
    .leaf('CdtDbtInd', credit ? 'CRDT' : 'DBIT');
  writer.leaf('Sts', 'BOOK');
  for (const date of ['BookgDt', 'ValDt']) {
    if (dialect === 'bnp') writer.leaf(`${date}/Dt`, entry.day);
    else writer.leaf(`${date}/DtTm`, bankTime(booking.at));
  }
  const [domain, family, subFamily] = transactionCode(booking, credit);
  writer
    .open('BkTxCd/Domn')
    .leaf('Cd', domain)
    .open('Fmly')
    .leaf('Cd', family)
    .leaf('SubFmlyCd', subFamily)
    .close()
    .close();
  writer.open('NtryDtls/TxDtls');
  writeReferences(writer, entry, dialect, inReport);
  if (booking.kind !== 'fee') writeParties(writer, booking, credit, dialect);
  const lines = remittanceLines(booking.remittance, dialect);
  if (lines.length > 0) {
    writer.open('RmtInf');
    for (const line of lines) writer.leaf('Ustrd', line);
    writer.close();
  }
  writer.close().close();
}

function writeReferences(writer: XmlWriter, entry: LedgerEntry, dialect: Dialect, inReport: boolean): void {
  const { booking } = entry;
  const isFee = booking.kind === 'fee';
  const number = dialect === 'bnp' && (inReport || !isFee) ? entry.dailyNumber.toString() : undefined;
  if (isFee && number === undefined) return;
  writer.open('Refs').optional('MsgId', number);
  if (!isFee) {
    writer.leaf('InstrId', `OP${entry.id}`).optional('EndToEndId', booking.endToEndId);
    if (dialect === 'bnp') writer.leaf('TxId', `TX${entry.id}`);
  }
  writer.close();
}

/** The counterparty is named, the customer's own side only by its account. */
function writeParties(writer: XmlWriter, booking: BookedEvent, credit: boolean, dialect: Dialect): void {
  writer.open('RltdPties');
  if (credit) writeParty(writer, 'Dbtr', booking.debtor, dialect);
  writeAccount(writer, 'DbtrAcct', booking.debtor.account, dialect);
  if (!credit) writeParty(writer, 'Cdtr', booking.creditor, dialect);
  writeAccount(writer, 'CdtrAcct', booking.creditor.account, dialect);
  writer.close();
}

function writeParty(writer: XmlWriter, element: string, party: Party, dialect: Dialect): void {
  if (party.name === '') return;
  writer.open(element);
  if (dialect === 'bnp') writer.leaf('Nm', [party.name, ...party.address].join('|').slice(0, 140));
  else writer.leaf('Nm', party.name.slice(0, 140));
  if (dialect === 'ing' && party.address.length > 0) {
    writer.open('PstlAdr');
    for (const line of party.address.slice(0, 7)) writer.leaf('AdrLine', line.slice(0, 70));
    writer.close();
  }
  writer.close();
}

/** Domestic numbers stand in Othr/Id, with `PL` at BNP and without it at ING; foreign ones as IBAN. */
function writeAccount(writer: XmlWriter, element: string, account: string, dialect: Dialect): void {
  if (account === '') return;
  if (account.startsWith('PL'))
    writer.leaf(`${element}/Id/Othr/Id`, dialect === 'bnp' ? account : account.slice(2));
  else writer.leaf(isIban(account) ? `${element}/Id/IBAN` : `${element}/Id/Othr/Id`, account);
}

/** Lines of 35 characters: joined by `|` as far as they fit into one text at BNP, each in a text of its own at ING. */
function remittanceLines(text: string, dialect: Dialect): string[] {
  const lines = (text.match(/.{1,35}/gsu) ?? []).slice(0, 4);
  if (dialect === 'ing' || lines.length === 0) return lines;
  const joined = lines.join('|');
  return joined.length <= 140 ? [joined] : [lines.slice(0, 3).join('|'), ...lines.slice(3)];
}

function transactionCode(booking: BookedEvent, credit: boolean): [string, string, string] {
  if (booking.kind === 'fee') return ['ACMT', 'MDOP', 'CHRG'];
  const family = credit ? 'RCDT' : 'ICDT';
  switch (booking.operation) {
    case 'SEPATransfer':
      return ['PMNT', family, 'ESCT'];
    case 'ForeignTransfer':
      return ['PMNT', family, 'XBCT'];
    case 'InternalTransfer':
    case 'InternalFcyTransfer':
      return ['PMNT', family, 'BOOK'];
    default:
      return ['PMNT', family, booking.currency === 'PLN' ? 'DMCT' : 'XBCT'];
  }
}
