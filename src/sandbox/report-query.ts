// GetAccountReport and GetIncrementalAccountReport: booked operations as camt.052.001.02.

import { asIban } from '../domain/iban.ts';
import type { AnswerDocument } from './answer-envelope.ts';
import { documentId, present } from './bank.ts';
import type { Bank } from './bank.ts';
import { bankDay, bankTime } from './bank-time.ts';
import { writeEntry } from './entry-writer.ts';
import type { LedgerAccount, LedgerEntry } from './ledger.ts';
import type { Dialect, OperationName } from './operations.ts';
import type { QueryValues } from './query-values.ts';
import { refusal } from './request-reader.ts';
import type { Refusal } from './request-reader.ts';

const CRITERIA = 'GetAcctRpt/AcctRptQryDef/AcctRptCrit/NewCrit/SchCrit';

/**
 * A range of booking days, both ends included; or what came after a number: at BNP inside one day and by its daily numbers, at ING
 * by the account's running numbers. E201 for an account that is not served, E102 for criteria the operation does not take.
 */
export function answerReportQuery(
  bank: Bank,
  dialect: Dialect,
  operation: OperationName,
  query: QueryValues,
): AnswerDocument | Refusal {
  const nowMs = present(bank);
  const number = query.account(`${CRITERIA}/AcctId/EQ`) ?? '';
  const account = bank.ledger.accounts.get(asIban(number));
  if (account === undefined) return refusal('E201', `Account ${number}`);
  const choice =
    operation === 'GetAccountReport' ? chooseRange(account, query) : chooseNewer(account, dialect, query);
  if (typeof choice === 'string') return refusal('E102', choice);
  return {
    kind: 'answer',
    namespace: 'urn:iso:std:iso:20022:tech:xsd:camt.052.001.02',
    write: (writer) => {
      writer
        .open('BkToCstmrAcctRpt')
        .open('GrpHdr')
        .leaf('MsgId', query.one('GetAcctRpt/MsgId/Id') ?? '')
        .leaf('CreDtTm', bankTime(nowMs))
        .close();
      writer.open('Rpt').leaf('Id', documentId(bank, 'RPT')).leaf('CreDtTm', bankTime(nowMs));
      if (choice.from !== undefined && choice.to !== undefined) {
        writer
          .open('FrToDt')
          .leaf('FrDtTm', `${choice.from}T00:00:00`)
          .leaf('ToDtTm', `${choice.to}T23:59:59`)
          .close();
      }
      if (dialect === 'bnp') writer.leaf('BookSysDt', bankDay(nowMs));
      writer.open('Acct').leaf('Id/IBAN', account.iban).leaf('Ccy', account.currency).close();
      for (const entry of choice.entries) writeEntry(writer, entry, dialect, true);
      writer.close().close();
    },
  };
}

interface Choice {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly entries: readonly LedgerEntry[];
}

/** A sentence where the criteria are not those of the operation. */
function chooseRange(account: LedgerAccount, query: QueryValues): Choice | string {
  const from = dayOf(query.one(`${CRITERIA}/AcctRptValDt/DtSch/FrDt`));
  const to = dayOf(query.one(`${CRITERIA}/AcctRptValDt/DtSch/ToDt`));
  if (from === undefined || to === undefined) return 'GetAccountReport needs AcctRptValDt.';
  if (query.one(`${CRITERIA}/AcctRptTxNb/GT`) !== undefined)
    return 'AcctRptTxNb belongs to GetIncrementalAccountReport.';
  if (to < from) return 'ToDt lies before FrDt.';
  return { from, to, entries: account.entries.filter((entry) => entry.day >= from && entry.day <= to) };
}

function chooseNewer(account: LedgerAccount, dialect: Dialect, query: QueryValues): Choice | string {
  const from = dayOf(query.one(`${CRITERIA}/AcctRptValDt/DtSch/FrDt`));
  const to = dayOf(query.one(`${CRITERIA}/AcctRptValDt/DtSch/ToDt`));
  const after = Number(query.one(`${CRITERIA}/AcctRptTxNb/GT`) ?? '0');
  if (dialect === 'ing') {
    if (from !== undefined) return 'GetIncrementalAccountReport takes AcctRptTxNb, not AcctRptValDt.';
    return { from, to, entries: account.entries.filter((entry) => entry.runningNumber > after) };
  }
  if (from !== to) return 'GetIncrementalAccountReport works inside one day: FrDt and ToDt must be the same.';
  return {
    from,
    to,
    entries: account.entries.filter((entry) => entry.day === from && entry.dailyNumber > after),
  };
}

/** An xs:date may carry a time zone, which says nothing here. */
function dayOf(date: string | undefined): string | undefined {
  return date?.slice(0, 10);
}
