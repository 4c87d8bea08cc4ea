// Composes the camt.052 by which the ERP hears balances and operations of an account.

import type { Decimal } from '../../domain/decimal.ts';
import { formatDecimal, negate } from '../../domain/decimal.ts';
import { camt05200102 } from '../../iso20022/messages/camt.052.001.02.ts';
import { XmlWriter } from '../../xml/xml-writer.ts';
import type { BalancesToTell, HistoryToTell } from '../format.ts';
import { writeAccountId } from './account-id.ts';
import type { WriteLocalDateTime } from './local-date-time.ts';

/** Balances of one moment, that of `createdAt`: ITBD booked, ITAV available; one that is not known is absent. */
export function composeBalances(balances: BalancesToTell, localDateTime: WriteLocalDateTime): Uint8Array {
  const moment = localDateTime(balances.createdAt);
  const writer = openReport(balances, moment, undefined);
  writeBalance(writer, 'ITBD', balances.booked, balances.currency, moment);
  writeBalance(writer, 'ITAV', balances.available, balances.currency, moment);
  return writer.close().close().toBytes();
}

/** The operations of whole days, both ends included, as `Ntry` elements in the bank's words; in pieces. */
export async function* composeHistory(
  history: HistoryToTell,
  localDateTime: WriteLocalDateTime,
): AsyncGenerator<Uint8Array> {
  const around = openReport(history, localDateTime(history.createdAt), history)
    .raw(ENTRIES)
    .close()
    .close()
    .toString();
  const [before = '', after = ''] = around.split(ENTRIES.toString());
  yield Buffer.from(before);
  yield* history.entries;
  yield Buffer.from(after);
}

/** Stands for the entries while what is around them is composed; no text can hold it, because `<` is always escaped. */
const ENTRIES = Buffer.from('<entries/>');

/** Everything that stands before balances and entries; `BkToCstmrAcctRpt` and `Rpt` are left open. */
function openReport(
  report: BalancesToTell | HistoryToTell,
  createdAt: string,
  days: { readonly from: string; readonly to: string } | undefined,
): XmlWriter {
  const writer = new XmlWriter('Document', camt05200102.namespace);
  writer.open('BkToCstmrAcctRpt');
  writer.open('GrpHdr').leaf('MsgId', report.messageId).leaf('CreDtTm', createdAt).close();
  writer.open('Rpt').leaf('Id', report.messageId).leaf('CreDtTm', createdAt);
  if (days !== undefined) {
    writer
      .open('FrToDt')
      .leaf('FrDtTm', `${days.from}T00:00:00`)
      .leaf('ToDtTm', `${days.to}T23:59:59`)
      .close();
  }
  if (report.copy) writer.leaf('CpyDplctInd', 'COPY');
  writer.open('Acct');
  writeAccountId(writer, report.account);
  return writer.leaf('Ccy', report.currency).close();
}

function writeBalance(
  writer: XmlWriter,
  type: 'ITBD' | 'ITAV',
  balance: Decimal | undefined,
  currency: string,
  moment: string,
): void {
  if (balance === undefined) return;
  const below = balance.coefficient < 0n;
  writer.open('Bal').leaf('Tp/CdOrPrtry/Cd', type);
  writer.leaf('Amt', formatDecimal(below ? negate(balance) : balance), { Ccy: currency });
  writer
    .leaf('CdtDbtInd', below ? 'DBIT' : 'CRDT')
    .leaf('Dt/DtTm', moment)
    .close();
}
