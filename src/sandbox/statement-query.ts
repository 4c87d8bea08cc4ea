// GetStatement: one finished business day, as camt.053.001.02 or as a PDF.

import { addDecimals, formatDecimal, negate, withScale } from '../domain/decimal.ts';
import type { Decimal } from '../domain/decimal.ts';
import { addDays, daysBetween, isBusinessDay } from '../domain/calendar.ts';
import { asIban } from '../domain/iban.ts';
import type { XmlWriter } from '../xml/xml-writer.ts';
import type { AnswerDocument } from './answer-envelope.ts';
import { documentId, present } from './bank.ts';
import type { Bank } from './bank.ts';
import { bankDay, bankTime, businessDayBefore } from './bank-time.ts';
import { writeEntry } from './entry-writer.ts';
import type { LedgerAccount, LedgerEntry } from './ledger.ts';
import type { Dialect } from './operations.ts';
import type { QueryValues } from './query-values.ts';
import { refusal } from './request-reader.ts';
import type { Refusal } from './request-reader.ts';
import { statementPdf } from './statement-pdf.ts';

const CRITERIA = 'GetStmt/StmtQryDef/StmtCrit/NewCrit/SchCrit';

/** One day's statement: what was booked since the statement before it, between two balances. */
export interface Statement {
  readonly account: LedgerAccount;
  readonly day: string;
  /** Counts the business days of the year from 1. */
  readonly number: number;
  readonly opening: Decimal;
  readonly closing: Decimal;
  readonly entries: readonly LedgerEntry[];
}

/**
 * The statement of a finished business day, or of a number within a year. E201 for an account that is not served, E502
 * for a weekend, a holiday, today, the future and days before the account was opened.
 */
export function answerStatementQuery(
  bank: Bank,
  dialect: Dialect,
  query: QueryValues,
): AnswerDocument | Refusal {
  const nowMs = present(bank);
  const asked = query.account(`${CRITERIA}/AcctId/EQ`) ?? '';
  const account = bank.ledger.accounts.get(asIban(asked));
  if (account === undefined) return refusal('E201', `Account ${asked}`);
  const day = dayAsked(query);
  if (day === undefined || !hasStatement(bank, day, nowMs))
    return refusal('E502', day ?? 'No such statement number');
  const statement = statementOf(account, day);
  const messageId = query.one('GetStmt/MsgId/Id') ?? '';
  if (query.one(`${CRITERIA}/StmtFrmt`)?.startsWith('PDF') === true)
    return pdfAnswer(statement, messageId, dialect, documentId(bank, 'RP'), nowMs);
  return xmlAnswer(statement, messageId, dialect, nowMs);
}

/** What a day's statement holds; bookings of the days off before it are in it, so that the balances chain. */
export function statementOf(account: LedgerAccount, day: string): Statement {
  const before = businessDayBefore(day);
  const sumUntil = (last: string): Decimal =>
    account.entries
      .filter((entry) => entry.day <= last)
      .reduce((sum, entry) => addDecimals(sum, signed(entry)), account.opening);
  return {
    account,
    day,
    number: numberOf(day),
    opening: sumUntil(before),
    closing: sumUntil(day),
    entries: account.entries.filter((entry) => entry.day > before && entry.day <= day),
  };
}

function hasStatement(bank: Bank, day: string, nowMs: number): boolean {
  return isBusinessDay(day) && day < bankDay(nowMs) && day >= bankDay(bank.ledger.openedAt);
}

function dayAsked(query: QueryValues): string | undefined {
  const day = query.one(`${CRITERIA}/StmtValDt/DtSch/Dt`)?.slice(0, 10);
  const year = query.one(`${CRITERIA}/StmtValDt/DtSch/Year`);
  const number = query.one(`${CRITERIA}/StmtId/EQ`);
  if (year === undefined || number === undefined) return day;
  return daysBetween(`${year}-01-01`, `${year}-12-31`).filter(isBusinessDay)[Number(number) - 1];
}

function numberOf(day: string): number {
  return daysBetween(`${day.slice(0, 4)}-01-01`, day).filter(isBusinessDay).length;
}

function xmlAnswer(statement: Statement, messageId: string, dialect: Dialect, nowMs: number): AnswerDocument {
  const { account, day, number, entries } = statement;
  const firstDay = entries[0]?.day ?? day;
  return {
    kind: 'answer',
    namespace: 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.02',
    write: (writer) => {
      writer
        .open('BkToCstmrStmt')
        .open('GrpHdr')
        .leaf('MsgId', messageId)
        .leaf('CreDtTm', bankTime(nowMs))
        .close();
      writer
        .open('Stmt')
        .leaf('Id', `${day.slice(0, 4)}/${number}`)
        .leaf('ElctrncSeqNb', number.toString())
        .leaf('CreDtTm', `${addDays(day, 1)}T02:00:00`);
      writer
        .open('FrToDt')
        .leaf('FrDtTm', `${firstDay < day ? firstDay : day}T00:00:00`)
        .leaf('ToDtTm', `${day}T23:59:59`)
        .close();
      writer
        .open('Acct')
        .leaf('Id/IBAN', account.iban)
        .leaf('Ccy', account.currency)
        .leaf('Ownr/Nm', account.owner)
        .close();
      writeBalance(writer, 'OPBD', statement.opening, statement);
      writeBalance(writer, 'CLBD', statement.closing, statement);
      for (const entry of entries) writeEntry(writer, entry, dialect, false);
      writer.close().close();
    },
  };
}

function writeBalance(writer: XmlWriter, code: string, balance: Decimal, { account, day }: Statement): void {
  const negative = balance.coefficient < 0n;
  const amount = formatDecimal(withScale(negative ? negate(balance) : balance, 2));
  writer.open('Bal').leaf('Tp/CdOrPrtry/Cd', code).leaf('Amt', amount, { Ccy: account.currency });
  writer
    .leaf('CdtDbtInd', negative ? 'DBIT' : 'CRDT')
    .leaf('Dt/Dt', day)
    .close();
}

function pdfAnswer(
  statement: Statement,
  messageId: string,
  dialect: Dialect,
  reportId: string,
  nowMs: number,
): AnswerDocument {
  const pdf = statementPdf(statement);
  return {
    kind: 'answer',
    namespace: 'urn:ca:std:ccs:tech:xsd:rpts.005.001.02',
    write: (writer) => {
      writer.open('Rpt').leaf('MsgId/Id', messageId).open('RptDtls');
      if (dialect === 'bnp') writer.leaf('RptId', reportId);
      writer
        .leaf('RptNm', `wyciag_${statement.account.iban}_${statement.day}.pdf`)
        .leaf('RptCreDt', bankDay(nowMs))
        .leaf('RptType', 'PDF');
      writer
        .leaf('RptSize', pdf.content.length.toString())
        .leaf('RptFile', pdf.content.toString('base64'))
        .leaf('FileChecksum', pdf.md5);
      writer.close().close();
    },
  };
}

function signed(entry: LedgerEntry): Decimal {
  return entry.direction === 'credit' ? entry.amount : negate(entry.amount);
}
