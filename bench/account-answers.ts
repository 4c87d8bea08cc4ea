// Answers of a bank about an account, with any number of entries, in the form in which the service gives them.

import { addDays, isBusinessDay } from '../src/domain/calendar.ts';
import { DEBTOR, TODAY } from './files.ts';

/** The last business day before today: its statement is finished. */
export const STATEMENT_DAY = businessDayBefore(TODAY);

const OPENING_HUNDREDTHS = 100_000_000;

/** The answer to GetStatement: one camt.053.001.02, about 1,040 bytes an entry. */
export function* statementAnswer(entries: number): Generator<string> {
  let closing = OPENING_HUNDREDTHS;
  for (let index = 0; index < entries; index += 1)
    closing += isCredit(index) ? amountOf(index) : -amountOf(index);
  yield `${ENVELOPE}<cdc:GetStatementResponse xmlns:cdc="${CDC}"><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>${groupHeader()}`;
  yield `<Stmt><Id>2026/1</Id><ElctrncSeqNb>1</ElctrncSeqNb><CreDtTm>${TODAY}T02:00:00</CreDtTm>${period()}${account()}`;
  yield balance('OPBD', OPENING_HUNDREDTHS) + balance('CLBD', closing);
  for (let index = 0; index < entries; index += 1) yield entryText(index, STATEMENT_DAY);
  yield '</Stmt></BkToCstmrStmt></Document></cdc:GetStatementResponse></soap:Body></soap:Envelope>';
}

/** The answer to a question for operations: one camt.052.001.02; `more` entries of today come after the others. */
export function* reportAnswer(
  operation: 'GetAccountReport' | 'GetIncrementalAccountReport',
  entries: number,
  more = 0,
): Generator<string> {
  yield `${ENVELOPE}<cdc:${operation}Response xmlns:cdc="${CDC}"><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.052.001.02"><BkToCstmrAcctRpt>${groupHeader()}`;
  yield `<Rpt><Id>RPT1</Id><CreDtTm>${TODAY}T02:00:00</CreDtTm>${period()}<BookSysDt>${TODAY}</BookSysDt>${account()}`;
  for (let index = 0; index < entries; index += 1) yield entryText(index, STATEMENT_DAY);
  for (let index = entries; index < entries + more; index += 1) yield entryText(index, TODAY);
  yield `</Rpt></BkToCstmrAcctRpt></Document></cdc:${operation}Response></soap:Body></soap:Envelope>`;
}

const CDC = 'urn:ca:std:cdc:tech:xsd:cdc.001.01';
const ENVELOPE =
  '<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>';

function groupHeader(): string {
  return `<GrpHdr><MsgId>BENCH</MsgId><CreDtTm>${TODAY}T02:00:00</CreDtTm></GrpHdr>`;
}

function period(): string {
  return `<FrToDt><FrDtTm>${STATEMENT_DAY}T00:00:00</FrDtTm><ToDtTm>${STATEMENT_DAY}T23:59:59</ToDtTm></FrToDt>`;
}

function account(): string {
  return `<Acct><Id><IBAN>${DEBTOR}</IBAN></Id><Ccy>PLN</Ccy></Acct>`;
}

function balance(code: string, hundredths: number): string {
  const side = hundredths < 0 ? 'DBIT' : 'CRDT';
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="PLN">${money(Math.abs(hundredths))}</Amt><CdtDbtInd>${side}</CdtDbtInd><Dt><Dt>${STATEMENT_DAY}</Dt></Dt></Bal>`;
}

function entryText(index: number, day: string): string {
  const credit = isCredit(index);
  const amount = money(amountOf(index));
  const other = `PL${String(index % 97).padStart(2, '0')}11401010${String(index).padStart(16, '0')}`;
  const [debtor, creditor] = credit ? [other, DEBTOR] : [DEBTOR, other];
  const name = `<Nm>Składnica Drzewna Spółka z o.o. numer ${index % 9973}|ul. Młyńska ${index % 311}|26-600 Radom</Nm>`;
  return (
    `<Ntry><Amt Ccy="PLN">${amount}</Amt><CdtDbtInd>${credit ? 'CRDT' : 'DBIT'}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>${day}</Dt></BookgDt><ValDt><Dt>${day}</Dt></ValDt>` +
    `<AcctSvcrRef>REF${String(index).padStart(12, '0')}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>${credit ? 'RCDT' : 'ICDT'}</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>` +
    `<NtryDtls><TxDtls><Refs><MsgId>${index + 1}</MsgId><InstrId>OP${String(index).padStart(10, '0')}</InstrId><EndToEndId>INV-2026-${String(index).padStart(9, '0')}</EndToEndId><TxId>TX${String(index).padStart(12, '0')}</TxId></Refs>` +
    `<AmtDtls><TxAmt><Amt Ccy="PLN">${amount}</Amt></TxAmt></AmtDtls>` +
    `<RltdPties>${credit ? `<Dbtr>${name}</Dbtr>` : ''}<DbtrAcct><Id><Othr><Id>${debtor}</Id></Othr></Id></DbtrAcct>${credit ? '' : `<Cdtr>${name}</Cdtr>`}<CdtrAcct><Id><Othr><Id>${creditor}</Id></Othr></Id></CdtrAcct></RltdPties>` +
    `<RltdAgts><DbtrAgt><FinInstnId><BIC>BREXPLPWXXX</BIC></FinInstnId></DbtrAgt></RltdAgts>` +
    `<RmtInf><Ustrd>Zapłata za fakturę FV/${index}/2026 oraz korektę,|numer klienta ${(index * 7919) % 1_000_000}</Ustrd></RmtInf></TxDtls></NtryDtls><AddtlNtryInf>Przelew krajowy, kanał internetowy</AddtlNtryInf></Ntry>`
  );
}

function isCredit(index: number): boolean {
  return index % 10 !== 0;
}

/** In hundredths. */
function amountOf(index: number): number {
  return 100 + ((index * 7919) % 900_000);
}

function money(hundredths: number): string {
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}

function businessDayBefore(day: string): string {
  const before = addDays(day, -1);
  return isBusinessDay(before) ? before : businessDayBefore(before);
}
