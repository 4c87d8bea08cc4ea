import { describe, expect, it } from 'vitest';
import { parseDecimal } from '../../../src/domain/decimal.ts';
import { createIso20022Format } from '../../../src/erp/iso20022/iso20022-format.ts';
import { DocumentChecker } from '../../../src/iso20022/document-checker.ts';
import { camt05200102 } from '../../../src/iso20022/messages/camt.052.001.02.ts';
import { readEncodedXml } from '../../../src/xml/decode.ts';
import { sourceOf } from './payment-file.ts';

const format = createIso20022Format();
const IBAN = 'PL61109010140000071219812874';
const common = {
  messageId: 'R1',
  createdAt: new Date('2026-11-23T10:15:00Z'),
  account: IBAN,
  currency: 'PLN',
  copy: false,
};

async function valid(bytes: Uint8Array): Promise<string> {
  const checker = new DocumentChecker(camt05200102, {});
  expect(await readEncodedXml(sourceOf(bytes)(), checker)).toBeUndefined();
  expect(checker.faults).toEqual([]);
  return Buffer.from(bytes).toString('utf8').replace(/>\s+</g, '><');
}

async function validPieces(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  return valid(Buffer.concat(await Array.fromAsync(pieces)));
}

describe('the report of balances', () => {
  it('gives the booked and the available balance of the moment', async () => {
    const text = await valid(
      format.composeBalances({ ...common, booked: parseDecimal('-12.50'), available: parseDecimal('0') }),
    );
    expect(text).toContain(
      '<Rpt><Id>R1</Id><CreDtTm>2026-11-23T11:15:00</CreDtTm><Acct><Id><IBAN>PL61109010140000071219812874</IBAN></Id><Ccy>PLN</Ccy></Acct>' +
        '<Bal><Tp><CdOrPrtry><Cd>ITBD</Cd></CdOrPrtry></Tp><Amt Ccy="PLN">12.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Dt><DtTm>2026-11-23T11:15:00</DtTm></Dt></Bal>' +
        '<Bal><Tp><CdOrPrtry><Cd>ITAV</Cd></CdOrPrtry></Tp><Amt Ccy="PLN">0</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><DtTm>2026-11-23T11:15:00</DtTm></Dt></Bal></Rpt>',
    );
  });

  it('does not invent a balance that the bank did not send', async () => {
    const text = await valid(
      format.composeBalances({ ...common, booked: undefined, available: parseDecimal('1') }),
    );
    expect(text).not.toContain('ITBD');
  });

  it('takes an account number that is no IBAN as what it is', async () => {
    const text = await valid(
      format.composeBalances({
        ...common,
        account: '12345',
        copy: true,
        booked: undefined,
        available: undefined,
      }),
    );
    expect(text).toContain('<CpyDplctInd>COPY</CpyDplctInd><Acct><Id><Othr><Id>12345</Id></Othr></Id>');
  });
});

describe('the history of an account', () => {
  const entry =
    '<Ntry><Amt Ccy="PLN">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BkTxCd><Prtry><Cd>X</Cd></Prtry></BkTxCd></Ntry>';

  it('holds the entries as the bank wrote them, under the days they are of', async () => {
    const entries = [Buffer.from(entry), Buffer.from(entry.replace('1.00', '2.00'))];
    const text = await validPieces(
      format.composeHistory({ ...common, from: '2026-11-01', to: '2026-11-03', entries }),
    );
    expect(text).toContain(
      `<FrToDt><FrDtTm>2026-11-01T00:00:00</FrDtTm><ToDtTm>2026-11-03T23:59:59</ToDtTm></FrToDt><Acct>`,
    );
    expect(text).toContain(entry + entry.replace('1.00', '2.00'));
  });

  it('marks a copy', async () => {
    const text = await validPieces(
      format.composeHistory({ ...common, copy: true, from: '2026-11-01', to: '2026-11-01', entries: [] }),
    );
    expect(text).toContain('</FrToDt><CpyDplctInd>COPY</CpyDplctInd><Acct>');
  });
});
