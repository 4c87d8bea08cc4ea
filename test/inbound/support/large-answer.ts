// Writes answers of any length as a bank would send them: a statement, or a history, of one day.

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

export const LARGE_ACCOUNT = 'PL61109010140000071219812874';
export const LARGE_DAY = '2026-11-20';

/** About a kilobyte for each entry, one grosz each, every tenth a debit. Resolves to the size in bytes. */
export async function writeLargeAnswer(
  path: string,
  kind: 'statement' | 'history',
  entryCount: number,
): Promise<number> {
  const file = createWriteStream(path, { highWaterMark: 1 << 20 });
  const write = async (text: string): Promise<void> => {
    if (!file.write(text)) await once(file, 'drain');
  };
  const { root, report, namespace } = NAMES[kind];
  await write(
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><c:R xmlns:c="urn:ca:std:cdc:tech:xsd:cdc.001.01">` +
      `<Document xmlns="${namespace}"><${root}><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-21T02:00:00</CreDtTm></GrpHdr>` +
      `<${report}><Id>2026/227</Id><CreDtTm>2026-11-21T02:00:00</CreDtTm><FrToDt><FrDtTm>${LARGE_DAY}T00:00:00</FrDtTm><ToDtTm>${LARGE_DAY}T23:59:59</ToDtTm></FrToDt>` +
      `<Acct><Id><IBAN>${LARGE_ACCOUNT}</IBAN></Id><Ccy>PLN</Ccy></Acct>${balance('OPBD', 0)}${balance('CLBD', sumOf(entryCount))}`,
  );
  for (let index = 0; index < entryCount; index += 1) await write(entry(index));
  file.end(`</${report}></${root}></Document></c:R></s:Body></s:Envelope>`);
  await once(file, 'close');
  return file.bytesWritten;
}

const NAMES = {
  statement: {
    root: 'BkToCstmrStmt',
    report: 'Stmt',
    namespace: 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.02',
  },
  history: {
    root: 'BkToCstmrAcctRpt',
    report: 'Rpt',
    namespace: 'urn:iso:std:iso:20022:tech:xsd:camt.052.001.02',
  },
} as const;

/** Credits less debits, in grosze. */
function sumOf(entryCount: number): number {
  const debits = Math.ceil(entryCount / 10);
  return entryCount - 2 * debits;
}

function balance(code: string, minorUnits: number): string {
  const amount = `${Math.trunc(minorUnits / 100)}.${(minorUnits % 100).toString().padStart(2, '0')}`;
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="PLN">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${LARGE_DAY}</Dt></Dt></Bal>`;
}

function entry(index: number): string {
  const direction = index % 10 === 0 ? 'DBIT' : 'CRDT';
  const number = index.toString().padStart(10, '0');
  return (
    `<Ntry><Amt Ccy="PLN">0.01</Amt><CdtDbtInd>${direction}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>${LARGE_DAY}</Dt></BookgDt><ValDt><Dt>${LARGE_DAY}</Dt></ValDt>` +
    `<AcctSvcrRef>REF${number}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>` +
    `<NtryDtls><TxDtls><Refs><MsgId>${index + 1}</MsgId><InstrId>OP${number}</InstrId><EndToEndId>INV-${number}</EndToEndId><TxId>TX${number}</TxId></Refs>` +
    `<AmtDtls><TxAmt><Amt Ccy="PLN">0.01</Amt></TxAmt></AmtDtls><RltdPties><Dbtr><Nm>Przykładowa Spółka z o.o. nr ${index % 9973}</Nm><PstlAdr><Ctry>PL</Ctry>` +
    `<AdrLine>ul. Długa ${index % 311}</AdrLine><AdrLine>00-238 Warszawa</AdrLine></PstlAdr></Dbtr><DbtrAcct><Id><Othr><Id>PL00000000000000${number}</Id></Othr></Id></DbtrAcct></RltdPties>` +
    `<RltdAgts><DbtrAgt><FinInstnId><BIC>WBKPPLPPXXX</BIC></FinInstnId></DbtrAgt></RltdAgts><RmtInf><Ustrd>Zapłata za fakturę FV/${index}/2026 oraz korektę, numer klienta ${index}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n`
  );
}
