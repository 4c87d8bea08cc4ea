// GetAccountBalance: available and booked balance of the accounts asked for, as camt.004.001.04.

import { addDecimals, formatDecimal, negate, withScale } from '../domain/decimal.ts';
import type { Decimal } from '../domain/decimal.ts';
import { asIban } from '../domain/iban.ts';
import type { XmlWriter } from '../xml/xml-writer.ts';
import type { AnswerDocument } from './answer-envelope.ts';
import { present } from './bank.ts';
import type { Bank } from './bank.ts';
import { bankTime } from './bank-time.ts';
import type { LedgerAccount } from './ledger.ts';
import type { QueryValues } from './query-values.ts';
import { refusal } from './request-reader.ts';
import type { Refusal } from './request-reader.ts';

const CRITERIA = 'GetAcct/AcctQryDef/AcctCrit/NewCrit/SchCrit';

/**
 * The balances whose codes were asked for, or both where none was: AVLB is what may be spent (booked less what accepted
 * orders will take), BOOK is what is booked. E201 for an account that is not served.
 */
export function answerBalanceQuery(bank: Bank, query: QueryValues): AnswerDocument | Refusal {
  const nowMs = present(bank);
  const asked = ['IBAN', 'BBAN', 'UPIC', 'DmstAcct/Id'].flatMap((form) =>
    query.all(`${CRITERIA}/AcctId/EQ/${form}`),
  );
  const accounts = asked.map((number) => bank.ledger.accounts.get(asIban(number)));
  const served = accounts.filter((account) => account !== undefined);
  if (served.length === 0 || served.length < accounts.length)
    return refusal('E201', `Account ${asked.join(', ')}`);
  const codes = query.all(`${CRITERIA}/Bal/BalTp/Cd`);
  const wanted = (code: string): boolean => codes.length === 0 || codes.includes(code);
  return {
    kind: 'answer',
    namespace: 'urn:swift:xsd:camt.004.001.04',
    write: (writer) => {
      writer
        .open('RtrAcct')
        .leaf('MsgId/Id', query.one('GetAcct/MsgId/Id') ?? '')
        .open('BizRpt');
      for (const account of served) {
        writer.open('AcctRpt').leaf('AcctId/IBAN', account.iban).open('Acct');
        writer.leaf('Nm', account.owner.slice(0, 35)).leaf('Ccy', account.currency);
        if (wanted('AVLB')) writeBalance(writer, 'AVLB', available(bank, account), nowMs);
        if (wanted('BOOK')) writeBalance(writer, 'BOOK', account.booked, nowMs);
        writer.close().close();
      }
      writer.close().close();
    },
  };
}

/** What an account has left once all accepted orders are executed. */
export function available(bank: Bank, account: LedgerAccount): Decimal {
  return addDecimals(account.booked, negate(bank.ledger.reserved(account.iban)));
}

function writeBalance(writer: XmlWriter, code: string, balance: Decimal, nowMs: number): void {
  const negative = balance.coefficient < 0n;
  const amount = withScale(negative ? negate(balance) : balance, 2);
  writer
    .open('MulBal')
    .leaf('Amt', formatDecimal(amount))
    .leaf('CdtDbtInd', negative ? 'DBIT' : 'CRDT')
    .leaf('Tp/Cd', code);
  writer.leaf('ValDt/DtTm', bankTime(nowMs)).close();
}
