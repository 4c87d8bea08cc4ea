// Writes camt documents for tests, with nothing in them but what a test says.

import { escapeText } from '../../../src/xml/escape.ts';

export interface SketchedEntry {
  readonly amount?: string;
  readonly currency?: string;
  readonly direction?: 'CRDT' | 'DBIT';
  readonly reversal?: boolean;
  readonly status?: string;
  readonly bookingDay?: string | undefined;
  readonly valueDay?: string | undefined;
  readonly bankReference?: string | undefined;
  readonly endToEndId?: string | undefined;
  readonly name?: string | undefined;
  readonly account?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly code?: string | undefined;
  /** More operations in the entry. */
  readonly more?: number;
}

export interface SketchedStatement {
  readonly number?: string | undefined;
  /** Type, amount with its sign, day. */
  readonly balances?: readonly (readonly [type: string, amount: string, day: string])[];
  readonly entries?: readonly SketchedEntry[];
  readonly currency?: string;
}

export const OUR_IBAN = 'PL61109010140000071219812874';

export function camt053({ number, balances, entries = [], currency = 'PLN' }: SketchedStatement): string {
  const bal = (
    balances ?? [
      ['OPBD', '100.00', '2026-11-22'],
      ['CLBD', '100.00', '2026-11-23'],
    ]
  ).map(([type, amount, day]) => {
    const debit = amount.startsWith('-');
    return `<Bal><Tp><CdOrPrtry><Cd>${type}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${debit ? amount.slice(1) : amount}</Amt><CdtDbtInd>${debit ? 'DBIT' : 'CRDT'}</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-11-24T02:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S</Id>${leaf('ElctrncSeqNb', number)}<CreDtTm>2026-11-24T02:00:00</CreDtTm><Acct><Id><IBAN>${OUR_IBAN}</IBAN></Id><Ccy>${currency}</Ccy></Acct>${bal.join('')}
${entries.map((entry) => entryXml(entry, currency)).join('\n')}
</Stmt></BkToCstmrStmt></Document>`;
}

function entryXml(entry: SketchedEntry, currency: string): string {
  const { amount = '1.00', direction = 'DBIT', reversal, status = 'BOOK', more = 0 } = entry;
  const bookingDay = 'bookingDay' in entry ? entry.bookingDay : '2026-11-23';
  const party = direction === 'CRDT' ? 'Dbtr' : 'Cdtr';
  const details = `<TxDtls>${group('Refs', leaf('EndToEndId', entry.endToEndId))}${group(
    'RltdPties',
    `${group(party, leaf('Nm', entry.name))}${group(`${party}Acct`, group('Id', group('Othr', leaf('Id', entry.account))))}`,
  )}${group('RmtInf', leaf('Ustrd', entry.title))}</TxDtls>`;
  return `<Ntry><Amt Ccy="${entry.currency ?? currency}">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>${reversal === true ? '<RvslInd>true</RvslInd>' : ''}<Sts>${status}</Sts>${group(
    'BookgDt',
    leaf('Dt', bookingDay),
  )}${group('ValDt', leaf('Dt', entry.valueDay))}${leaf('AcctSvcrRef', entry.bankReference)}${group(
    'BkTxCd',
    group('Prtry', leaf('Cd', entry.code)),
  )}<NtryDtls>${details.repeat(1 + more)}</NtryDtls>${leaf('AddtlNtryInf', entry.description)}</Ntry>`;
}

function leaf(name: string, text: string | undefined): string {
  return text === undefined ? '' : `<${name}>${escapeText(text)}</${name}>`;
}

function group(name: string, content: string): string {
  return content === '' ? '' : `<${name}>${content}</${name}>`;
}
