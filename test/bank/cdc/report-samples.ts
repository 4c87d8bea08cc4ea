// Reports and statements written by hand for these tests.

export interface EntryParts {
  readonly amount?: string;
  readonly direction?: string;
  readonly reversal?: boolean;
  readonly status?: string;
  /** Content of BookgDt; '' leaves it out. */
  readonly date?: string;
  readonly valueDate?: string;
  readonly reference?: string;
  /** Inside the one TxDtls. */
  readonly refs?: string;
  /** Inside NtryDtls, in place of the one TxDtls. */
  readonly details?: string;
}

export function entry(parts: EntryParts): string {
  const { amount = '1.00', direction = 'CRDT', status = 'BOOK', date = '<Dt>2026-01-12</Dt>' } = parts;
  const details = parts.details ?? (parts.refs === undefined ? undefined : `<TxDtls>${parts.refs}</TxDtls>`);
  return (
    `<Ntry>${parts.reference === undefined ? '' : `<NtryRef>${parts.reference}</NtryRef>`}` +
    `<Amt Ccy="PLN">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>${parts.reversal === true ? '<RvslInd>true</RvslInd>' : ''}<Sts>${status}</Sts>` +
    `${date === '' ? '' : `<BookgDt>${date}</BookgDt>`}${parts.valueDate === undefined ? '' : `<ValDt><Dt>${parts.valueDate}</Dt></ValDt>`}` +
    `<BkTxCd><Prtry><Cd>PRZEL</Cd></Prtry></BkTxCd>${details === undefined ? '' : `<NtryDtls>${details}</NtryDtls>`}</Ntry>`
  );
}

/** A camt.052; `parts` stand in the one report after its id and date. */
export function historyDocument(parts: string, header = ''): string {
  return (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.052.001.02"><BkToCstmrAcctRpt>' +
    `<GrpHdr><MsgId>1</MsgId><CreDtTm>2026-01-15T09:31:01</CreDtTm>${header}</GrpHdr>` +
    `<Rpt><Id>R1</Id><CreDtTm>2026-01-15T09:31:01</CreDtTm>${parts}</Rpt></BkToCstmrAcctRpt></Document>`
  );
}

/** A camt.053 of one day with an opening balance of 100.00 and a closing one of -23.45. */
export function statementDocument(entries: string): string {
  const balance = (code: string, amount: string, direction: string): string =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="PLN">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Dt><Dt>2026-01-14</Dt></Dt></Bal>`;
  return (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId><CreDtTm>2026-01-15T09:31:01</CreDtTm></GrpHdr>' +
    '<Stmt><Id>S1</Id><ElctrncSeqNb>10</ElctrncSeqNb><CreDtTm>2026-01-15T01:00:00</CreDtTm><FrToDt><FrDtTm>2026-01-14T00:00:00</FrDtTm><ToDtTm>2026-01-14T23:59:59</ToDtTm></FrToDt>' +
    '<Acct><Id><IBAN>PL60160014620000000000000001</IBAN></Id><Ccy>PLN</Ccy></Acct>' +
    `${balance('OPBD', '100.00', 'CRDT')}${balance('CLBD', '23.45', 'DBIT')}${entries}</Stmt></BkToCstmrStmt></Document>`
  );
}
