// The documents a customer sends: queries and orders, with only what a test cares about given.

export const ACCOUNT = 'PL60160014620000000000000001';
export const SECOND = 'PL33160014620000000000000002';
export const EURO = 'PL06160014620000000000000003';
export const ELSEWHERE = 'PL55114000029900000000000022';

export function balanceQuery(account = ACCOUNT, codes: readonly string[] = ['AVLB', 'BOOK']): string {
  const types = codes.map((code) => `<BalTp><Cd>${code}</Cd></BalTp>`).join('');
  return (
    `<Document xmlns="urn:swift:xsd:camt.003.001.04"><GetAcct><MsgId><Id>GAB1</Id></MsgId><AcctQryDef><AcctCrit><NewCrit><SchCrit>` +
    `<AcctId><EQ><IBAN>${account}</IBAN></EQ></AcctId><Bal>${types}<CtrPtyTp>MULT</CtrPtyTp></Bal>` +
    `</SchCrit></NewCrit></AcctCrit></AcctQryDef></GetAcct></Document>`
  );
}

/** What stands in a report query beside the account: dates, a number, or both. */
export function reportQuery(criteria: {
  from?: string;
  to?: string;
  after?: number;
  account?: string;
}): string {
  const { from, to = from, after, account = ACCOUNT } = criteria;
  const dates =
    from === undefined
      ? ''
      : `<AcctRptValDt><DtSch><FrDt>${from}</FrDt><ToDt>${to ?? from}</ToDt></DtSch></AcctRptValDt>`;
  const number = after === undefined ? '' : `<AcctRptTxNb><GT>${after}</GT></AcctRptTxNb>`;
  return (
    `<Document xmlns="urn:ca:std:ccs:tech:xsd:cmrq.001.001.02"><GetAcctRpt><MsgId><Id>GAR1</Id></MsgId><AcctRptQryDef><AcctRptCrit><NewCrit><SchCrit>` +
    `<AcctId><EQ><IBAN>${account}</IBAN></EQ></AcctId>${dates}${number}` +
    `</SchCrit></NewCrit></AcctRptCrit></AcctRptQryDef></GetAcctRpt></Document>`
  );
}

export function statementQuery(day: string, format = 'XML', account = ACCOUNT): string {
  return (
    `<Document xmlns="urn:ca:std:ccs:tech:xsd:cmrq.002.001.02"><GetStmt><MsgId><Id>GST1</Id></MsgId><StmtQryDef><StmtCrit><NewCrit><SchCrit>` +
    `<AcctId><EQ><IBAN>${account}</IBAN></EQ></AcctId><StmtValDt><DtSch><Dt>${day}</Dt></DtSch></StmtValDt><StmtFrmt>${format}</StmtFrmt>` +
    `</SchCrit></NewCrit></StmtCrit></StmtQryDef></GetStmt></Document>`
  );
}

export function statusQuery(messageId: string): string {
  return (
    `<Document xmlns="urn:ca:std:ccs:tech:xsd:past.001.001.02"><GetPayStsRpt><GrpHdr><MsgId><Id>PST1</Id></MsgId><CreDtTm>2026-03-02T10:00:00</CreDtTm></GrpHdr>` +
    `<OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId></OrgnlGrpInfAndSts></GetPayStsRpt></Document>`
  );
}

export interface TestTransfer {
  readonly id: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly name?: string;
  readonly account?: string;
  readonly remittance?: string;
  readonly bic?: string;
}

export interface TestOrder {
  readonly messageId: string;
  readonly transfers: readonly TestTransfer[];
  readonly debtor?: string;
  readonly count?: string;
  readonly sum?: string;
  readonly executionDate?: string;
  readonly initiatingParty?: string;
}

export function order({ messageId, transfers, debtor = ACCOUNT, ...rest }: TestOrder): string {
  const {
    count = transfers.length.toString(),
    sum,
    executionDate = '2026-03-02',
    initiatingParty = 'WYTWORNIA',
  } = rest;
  const control = sum === undefined ? '' : `<CtrlSum>${sum}</CtrlSum>`;
  return (
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><CstmrCdtTrfInitn>` +
    `<GrpHdr><MsgId>${messageId}</MsgId><CreDtTm>2026-03-02T09:00:00</CreDtTm><NbOfTxs>${count}</NbOfTxs>${control}<InitgPty><Nm>${initiatingParty}</Nm></InitgPty></GrpHdr>` +
    `<PmtInf><PmtInfId>PI${messageId}</PmtInfId><PmtMtd>TRF</PmtMtd><ReqdExctnDt>${executionDate}</ReqdExctnDt><Dbtr><Nm>Wytwornia</Nm></Dbtr>` +
    `<DbtrAcct><Id><IBAN>${debtor}</IBAN></Id></DbtrAcct><DbtrAgt><FinInstnId><ClrSysMmbId><MmbId>16001462</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt>` +
    `${transfers.map(transferElement).join('')}</PmtInf></CstmrCdtTrfInitn></Document>`
  );
}

function transferElement(transfer: TestTransfer): string {
  const {
    id,
    amount = '10.00',
    currency = 'PLN',
    name = 'Dostawca',
    account = ELSEWHERE,
    remittance = 'Faktura',
    bic,
  } = transfer;
  const agent = bic === undefined ? '' : `<CdtrAgt><FinInstnId><BIC>${bic}</BIC></FinInstnId></CdtrAgt>`;
  return (
    `<CdtTrfTxInf><PmtId><EndToEndId>${id}</EndToEndId></PmtId><Amt><InstdAmt Ccy="${currency}">${amount}</InstdAmt></Amt>${agent}` +
    `<Cdtr><Nm>${name}</Nm></Cdtr><CdtrAcct><Id><IBAN>${account}</IBAN></Id></CdtrAcct><RmtInf><Ustrd>${remittance}</Ustrd></RmtInf></CdtTrfTxInf>`
  );
}
