import { describe, expect, it } from 'vitest';
import { formatDecimal, parseDecimal } from '../../../src/domain/decimal.ts';
import type { Unreadable } from '../../../src/bank/channel.ts';
import { attachmentAnswerOf, type AttachmentAnswer } from '../../../src/bank/cdc/answers/attachment.ts';
import { openEnvelope } from '../../../src/bank/cdc/answers/envelope.ts';
import { localDay } from '../../../src/domain/local-day.ts';
import { readServiceFault } from '../../../src/bank/cdc/answers/service-fault.ts';
import { readStatusReport } from '../../../src/bank/cdc/answers/status-report.ts';
import { isUnreadable, readingOf } from '../../../src/bank/cdc/answers/unreadable.ts';
import { BNP } from '../../../src/bank/cdc/dialects/bnp.ts';
import { ING } from '../../../src/bank/cdc/dialects/ing.ts';
import {
  attachmentIn,
  balancesIn,
  heldAnswer,
  historyIn,
  inAnswer,
  statementIn,
  wholeOf,
} from './read-answers.ts';
import { envelope, faultEnvelope } from './test-bank.ts';
import { entry, historyDocument, statementDocument } from './report-samples.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

function documentOf(answer: string): string {
  const opened = openEnvelope(bytes(answer));
  if (isUnreadable(opened)) return opened.reason;
  return Buffer.from(opened.document).toString();
}

describe('opening the envelope', () => {
  it('gives the exact bytes of the document', () => {
    const document = '<Document xmlns="urn:d"><A  x = "1"/><!-- kept -->\r\n<B>Ż</B></Document>';
    expect(documentOf(envelope(`<w:R xmlns:w="urn:w">\n${document}\n</w:R>`))).toBe(
      `${DECLARATION}${document}\n`,
    );
  });

  it('adds the declarations that the document leans on, and no others', () => {
    const answer =
      '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/" xmlns:d="urn:d" xmlns:unused="urn:u" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:t="urn:t">' +
      '<S:Header><h xmlns="urn:header" xmlns:d="urn:elsewhere"/></S:Header><S:Body><R xmlns="urn:w"><d:Document><d:A xsi:type="t:T"/><own:B xmlns:own="urn:o"/></d:Document></R></S:Body></S:Envelope>';
    expect(documentOf(answer)).toBe(
      `${DECLARATION}<d:Document xmlns:d="urn:d" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:t="urn:t"><d:A xsi:type="t:T"/><own:B xmlns:own="urn:o"/></d:Document>\n`,
    );
  });

  it('leaves a document without a namespace without one', () => {
    expect(documentOf(envelope('<w:R xmlns:w="urn:w"><Document><A/></Document></w:R>'))).toBe(
      `${DECLARATION}<Document><A/></Document>\n`,
    );
  });

  it('reads behind a byte order mark', () => {
    const answer = envelope('<R><Document><A/></Document></R>');
    expect(documentOf(`\u{FEFF}${answer}`)).toBe(`${DECLARATION}<Document><A/></Document>\n`);
  });

  it.each([
    ['', 'the answer is not XML'],
    ['<html></html>', 'no SOAP envelope'],
    [envelope('<R/>'), 'no SOAP envelope'],
    [envelope('<R><Document/></R>'), 'the Document in the answer is empty'],
    [envelope('<R><Document><A/></Document></R>').slice(0, -5), 'the answer is not XML'],
    [`<!DOCTYPE a>${envelope('<R><Document><A/></Document></R>')}`, 'the answer is not XML'],
  ])('refuses %s', (answer, reason) => {
    expect(documentOf(answer)).toContain(reason);
  });
});

describe('reading a fault', () => {
  const fault = (answer: string): unknown => {
    const opened = openEnvelope(bytes(answer));
    return isUnreadable(opened) ? opened : readServiceFault(opened.document);
  };

  it('gives code, text and the message it is about', () => {
    expect(fault(faultEnvelope('E502', 'GST1'))).toEqual({
      refersTo: 'GST1',
      reasons: [{ code: 'E502', texts: ['text of E502'] }],
      text: 'E502 text of E502',
    });
  });

  it('gives all errors with the elements they name', () => {
    const error = (code: string): string =>
      `<ErrDesc><SeqNb>1</SeqNb><RuleId>${code}</RuleId><RuleDesc>d${code}</RuleDesc><Elmt><ElmtPth>/a/b</ElmtPth><ElmtNm>b</ElmtNm><ElmtVal>v</ElmtVal></Elmt></ErrDesc>`;
    const report = `<ErrRpt xmlns="urn:x">${error('A')}${error('B')}</ErrRpt>`;
    expect(
      fault(envelope(`<s:Fault><detail><Document>${report}</Document></detail></s:Fault>`)),
    ).toMatchObject({
      reasons: [
        { code: 'A', texts: ['dA', '/a/b b v'] },
        { code: 'B', texts: ['dB', '/a/b b v'] },
      ],
    });
  });

  it('gives what SOAP says where there is no report', () => {
    expect(
      fault(
        envelope(
          '<s:Fault><faultcode>s:Server</faultcode><faultstring>Internal Error</faultstring></s:Fault>',
        ),
      ),
    ).toEqual({
      refersTo: undefined,
      reasons: [],
      text: 's:Server Internal Error',
    });
  });
});

describe('reading a status report', () => {
  const report = (inner: string): ReturnType<typeof readStatusReport> =>
    readStatusReport(
      bytes(
        `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt>${inner}</CstmrPmtStsRpt></Document>`,
      ),
    );

  it('gives every reason with all its lines, unshortened and in order', () => {
    const long = 'x'.repeat(300);
    const reason = `<StsRsnInf><Rsn><Cd>AC01</Cd></Rsn><AddtlInf>one</AddtlInf><AddtlInf>${long}</AddtlInf></StsRsnInf><StsRsnInf><AddtlInf>no code</AddtlInf></StsRsnInf>`;
    expect(
      report(
        `<OrgnlGrpInfAndSts><OrgnlMsgId> M1 </OrgnlMsgId><OrgnlMsgNmId>n</OrgnlMsgNmId><GrpSts>PART</GrpSts>${reason}</OrgnlGrpInfAndSts>` +
          `<OrgnlPmtInfAndSts><OrgnlPmtInfId>P1</OrgnlPmtInfId><PmtInfSts>RJCT</PmtInfSts>${reason}<NewElement/>` +
          `<TxInfAndSts><OrgnlInstrId>1</OrgnlInstrId><OrgnlEndToEndId>E1</OrgnlEndToEndId><TxSts>RJCT</TxSts>${reason}</TxInfAndSts></OrgnlPmtInfAndSts>`,
      ),
    ).toEqual({
      originalMessageId: 'M1',
      groupStatus: 'PART',
      groupReasons: [
        { code: 'AC01', texts: ['one', long] },
        { code: undefined, texts: ['no code'] },
      ],
      blocks: [
        {
          paymentInformationId: 'P1',
          status: 'RJCT',
          reasons: expect.any(Array) as unknown[],
          transfers: [
            { instructionId: '1', endToEndId: 'E1', status: 'RJCT', reasons: expect.any(Array) as unknown[] },
          ],
        },
      ],
    });
  });

  it('names the element that is missing', () => {
    expect(report('<OrgnlGrpInfAndSts/>')).toEqual({
      kind: 'unreadable',
      reason: expect.stringContaining('OrgnlGrpInfAndSts/OrgnlMsgId') as string,
    });
  });
});

describe('reading balances', () => {
  const answer = (inner: string): ReturnType<typeof balancesIn> =>
    balancesIn(
      bytes(
        `<Document xmlns="urn:swift:xsd:camt.004.001.04"><RtrAcct><MsgId><Id>1</Id></MsgId>${inner}</RtrAcct></Document>`,
      ),
      BNP,
    );
  const account = (rows: string): string =>
    `<BizRpt><AcctRpt><AcctId><IBAN>PL60160014620000000000000001</IBAN></AcctId><Acct><Ccy>PLN</Ccy>${rows}</Acct></AcctRpt></BizRpt>`;
  const row = (amount: string, type: string, direction = 'CRDT'): string =>
    `<MulBal><Amt>${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Tp>${type}</Tp></MulBal>`;

  it('gives available and booked with their signs, by code or as a proprietary name', () => {
    expect(
      answer(
        account(
          row('12500.40', '<Cd>AVLB</Cd>') +
            row('7', '<Cd>OPNG</Cd>') +
            row('11.5', '<Prtry>BOOK</Prtry>', 'DBIT'),
        ),
      ),
    ).toEqual({
      kind: 'balances',
      account: 'PL60160014620000000000000001',
      balances: { currency: 'PLN', available: parseDecimal('12500.40'), booked: parseDecimal('-11.5') },
    });
  });

  it('leaves a balance the bank did not send absent', () => {
    expect(answer(account(row('1', '<Cd>AVLB</Cd>')))).toMatchObject({ balances: { booked: undefined } });
  });

  it('does not choose between two different balances of one code', () => {
    expect(answer(account(row('1', '<Cd>AVLB</Cd>') + row('2', '<Cd>AVLB</Cd>')))).toMatchObject({
      kind: 'unreadable',
    });
    expect(answer(account(row('1', '<Cd>AVLB</Cd>') + row('1.0', '<Cd>AVLB</Cd>')))).toMatchObject({
      kind: 'balances',
    });
  });

  it.each([
    row('1,5', '<Cd>AVLB</Cd>'),
    row('1', '<Cd>AVLB</Cd>', 'C'),
    '<MulBal><Tp><Cd>AVLB</Cd></Tp></MulBal>',
  ])('cannot read %s', (rows) => {
    expect(answer(account(rows))).toMatchObject({ kind: 'unreadable' });
  });

  it('gives the error that stands in place of balances', () => {
    expect(answer('<OprlErr><Err><Prtry>E201</Prtry></Err><Desc>not served</Desc></OprlErr>')).toEqual({
      kind: 'error',
      code: 'E201',
      text: 'not served',
    });
    const business =
      '<BizRpt><AcctRpt><AcctId><IBAN>PL60</IBAN></AcctId><BizErr><Err><Cd>X020</Cd></Err></BizErr></AcctRpt></BizRpt>';
    expect(answer(business)).toEqual({ kind: 'error', code: 'X020', text: '' });
  });
});

describe('reading history', () => {
  type Read = Exclude<Awaited<ReturnType<typeof historyIn>>, Unreadable>;
  const history = async (parts: string, dialect = BNP, header = ''): Promise<Read> =>
    (await historyIn(historyDocument(parts, header), dialect)) as Read;

  it('gives what the BNP dialect fills', async () => {
    const refs =
      '<Refs><MsgId>7</MsgId><InstrId>OP1</InstrId><EndToEndId>FV-1</EndToEndId><TxId>TX1</TxId></Refs><AmtDtls><TxAmt><Amt Ccy="PLN">123.45</Amt></TxAmt></AmtDtls>';
    const read = await history(
      `<BookSysDt>2026-01-15</BookSysDt>${ACCOUNT}${entry({ amount: '123.450', direction: 'DBIT', refs, reference: '1' })}`,
    );
    expect(read).toMatchObject({ currency: 'PLN', complete: true, schemaFaults: [] });
    expect(read.entries).toMatchObject([
      {
        bookingDay: '2026-01-12',
        number: 7,
        amount: parseDecimal('123.450'),
        currency: 'PLN',
        direction: 'debit',
        reversal: false,
        status: 'BOOK',
        references: [{ endToEndId: 'FV-1', messageId: undefined, amount: parseDecimal('123.45') }],
      },
    ]);
    expect(read.entries[0]?.identity).toEqual({
      rung: 'TxId',
      value: 'TX1 debit 123.45 PLN',
      stable: true,
    });
  });

  it('gives what the ING dialect fills', async () => {
    const refs = '<Refs><MsgId>GNC1</MsgId><InstrId>I1</InstrId><EndToEndId>NOTPROVIDED</EndToEndId></Refs>';
    const read = await history(
      ACCOUNT + entry({ refs, direction: 'DBIT', date: '<DtTm>2026-01-12T23:30:00Z</DtTm>' }),
      ING,
    );
    expect(read.entries).toMatchObject([
      {
        bookingDay: '2026-01-13',
        number: undefined,
        references: [{ endToEndId: undefined, messageId: 'GNC1' }],
      },
    ]);
    expect(read.entries[0]?.identity).toMatchObject({ rung: 'InstrId', stable: true });
  });

  it('keeps a fee and a return apart from the operation whose id they carry', async () => {
    const refs = '<Refs><TxId>TX1</TxId></Refs>';
    const all = [
      entry({ refs }),
      entry({ refs, amount: '5.00' }),
      entry({ refs, direction: 'DBIT' }),
      entry({ refs, reversal: true }),
    ];
    const values = (await history(ACCOUNT + all.join(''))).entries.map((one) => one.identity.value);
    expect(new Set(values).size).toBe(4);
  });

  it('knows the same content again although positions, names and amounts are written differently', async () => {
    const refs = '<Refs><EndToEndId>E</EndToEndId></Refs><RmtInf><Ustrd>one  two</Ustrd></RmtInf>';
    const other =
      '<Refs><EndToEndId>E</EndToEndId></Refs><RltdPties><Dbtr><Nm>X</Nm></Dbtr></RltdPties><RmtInf><Ustrd>one two</Ustrd></RmtInf>';
    const read = await history(
      ACCOUNT +
        entry({ refs, reference: '1' }) +
        entry({ refs: other, reference: '2', amount: '1.0' }) +
        entry({ refs: other.replace('one', 'six') }),
    );
    const [a, b, c] = read.entries.map((one) => one.identity.value);
    expect(read.entries[0]?.identity).toEqual({
      rung: 'content',
      value: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      stable: false,
    });
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });

  it('names a batch by all its details, or not at all', async () => {
    const batch = (second: string): string =>
      entry({
        details: `<TxDtls><Refs><MsgId>3</MsgId><TxId>A</TxId></Refs></TxDtls><TxDtls><Refs><MsgId>4</MsgId>${second}</Refs></TxDtls>`,
      });
    const read = await history(ACCOUNT + batch('<TxId>B</TxId>') + batch(''));
    expect(read.entries[0]?.identity).toMatchObject({ rung: 'TxId', value: 'A B credit 1 PLN' });
    expect(read.entries[1]?.identity.rung).toBe('content');
    expect(read.entries.map((one) => one.number)).toEqual([4, 4]);
  });

  it('hands on an entry as an element in the default namespace', async () => {
    const prefixed = historyDocument(ACCOUNT + entry({ refs: '<Refs><TxId>A&amp;B</TxId></Refs>' }))
      .replaceAll(/<(\/?)(?=[A-Z])/g, '<$1n:')
      .replace('xmlns=', 'xmlns:n=');
    const read = (await historyIn(prefixed, BNP)) as Read;
    const xml = (await wholeOf(read.copyEntries(read.entries.map(({ place }) => place)))).toString();
    expect(xml).toMatch(/^<Ntry><Amt Ccy="PLN">1.00<\/Amt>.*<TxId>A&amp;B<\/TxId>.*<\/Ntry>$/);
  });

  it('takes the value date, then the day of the report, where there is no booking date', async () => {
    const read = await history(
      ACCOUNT +
        entry({ date: '', valueDate: '2026-01-13', status: 'PDNG' }) +
        entry({ date: '', status: 'PDNG' }),
    );
    expect(read.entries.map((one) => one.bookingDay)).toEqual(['2026-01-13', '2026-01-15']);
  });

  it('is not complete when more pages follow', async () => {
    const pages = (last: string): string =>
      `<MsgPgntn><PgNb>1</PgNb><LastPgInd>${last}</LastPgInd></MsgPgntn>`;
    expect((await history(ACCOUNT, BNP, pages('false'))).complete).toBe(false);
    expect((await history(ACCOUNT, BNP, pages('true'))).complete).toBe(true);
  });

  it('reads entries of several reports, and passes over elements it does not know, naming them', async () => {
    const read = await history(
      `${ACCOUNT}${entry({})}<BankOwn><Ntry/></BankOwn></Rpt><Rpt>${ID}${ACCOUNT}${entry({})}`,
    );
    expect(read.entries).toHaveLength(2);
    expect(read.schemaFaults?.join()).toContain('BankOwn');
  });

  it.each([
    ['an amount that is none', entry({ amount: '1,00' }), 'Entry 2: Ntry/Amt'],
    ['a direction that is none', entry({ direction: 'CREDIT' }), 'Ntry/CdtDbtInd'],
    ['a date that is none', entry({ date: '<Dt>12.01.2026</Dt>' }), 'Ntry/BookgDt'],
    ['no amount', entry({}).replace(/<Amt.*?<\/Amt>/, ''), 'Ntry/Amt'],
  ])('is unreadable with %s', async (_name, wrong, where) => {
    expect(await history(ACCOUNT + entry({}) + wrong)).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringContaining(where) as string,
    });
  });
});

describe('reading a statement', () => {
  type Read = Exclude<Awaited<ReturnType<typeof statementIn>>, Unreadable>;
  const statement = async (document: string): Promise<Read> => (await statementIn(document, BNP)) as Read;
  const shown = async (document: string): Promise<unknown> =>
    (await statement(document)).statements.map((one) => ({
      ...one,
      opening: one.opening && formatDecimal(one.opening),
      closing: one.closing && formatDecimal(one.closing),
      entrySum: formatDecimal(one.entrySum),
    }));

  it('gives the document itself and what continuity asks for', async () => {
    const document = statementDocument(
      entry({ amount: '123.45' }) +
        entry({ amount: '200', direction: 'DBIT' }) +
        entry({ amount: '9', status: 'PDNG' }),
    );
    const read = await statement(document);
    expect((await wholeOf(read.document())).toString()).toBe(`${DECLARATION}${document}\n`);
    expect(read.entries).toHaveLength(3);
    expect(read.schemaFaults).toEqual([]);
    expect(await shown(document)).toEqual([
      {
        id: 'S1',
        account: 'PL60160014620000000000000001',
        currency: 'PLN',
        fromDay: '2026-01-14',
        toDay: '2026-01-14',
        opening: '100.00',
        closing: '-23.45',
        entrySum: '-76.55',
        entryCount: 2,
      },
    ]);
  });

  it('is passed on with its faults named when an entry or a balance cannot be read', async () => {
    const read = await statement(
      statementDocument(entry({ amount: 'many' }) + entry({})).replace('>100.00<', '>100,00<'),
    );
    expect(read.statements).toMatchObject([{ opening: undefined, entryCount: 1 }]);
    expect(read.entries).toHaveLength(1);
    expect(read.schemaFaults.join('\n')).toMatch(/Ntry\/Amt.*many/);
    expect(read.schemaFaults.join('\n')).toMatch(/Bal\/Amt.*100,00/);
  });

  it('is read without its namespace, which is then a fault', async () => {
    const read = await statement(statementDocument(entry({})).replace(/ xmlns="[^"]*"/, ''));
    expect(read.statements).toMatchObject([{ id: 'S1', entryCount: 1 }]);
    expect(read.schemaFaults.length).toBeGreaterThan(0);
  });

  it('is flagged when more pages follow', async () => {
    const document = statementDocument('').replace(
      '</GrpHdr>',
      '<MsgPgntn><PgNb>1</PgNb><LastPgInd>0</LastPgInd></MsgPgntn></GrpHdr>',
    );
    expect((await statement(document)).schemaFaults.join()).toContain('more pages follow');
  });

  it('is refused in another version', async () => {
    expect(
      await statement(statementDocument('').replace('camt.053.001.02', 'camt.053.001.08')),
    ).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringContaining('camt.053.001.08') as string,
    });
  });
});

describe('reading a file inside an answer', () => {
  const answer = (details: string): string =>
    `<Document xmlns="urn:ca:std:ccs:tech:xsd:rpts.005.001.02"><Rpt><MsgId><Id>1</Id></MsgId>${details}</Rpt></Document>`;
  const file = (rest: string): string => answer(`<RptDtls><RptNm>w.pdf</RptNm>${rest}</RptDtls>`);

  const attachment = (document: string): ReturnType<typeof attachmentIn> =>
    attachmentIn(heldAnswer(inAnswer(document), 7));
  const said = (document: string): AttachmentAnswer | Unreadable =>
    readingOf(bytes(document), attachmentAnswerOf);

  it('decodes it, blanks in the base64 included', async () => {
    expect(
      await attachment(
        file(
          '<RptSize>9</RptSize><RptFile>JVBE\r\nRi0x\n LjQK</RptFile><FileChecksum>6446A98080F5E51AB7F0ABC0E8EDA635</FileChecksum>',
        ),
      ),
    ).toMatchObject({
      name: 'w.pdf',
      content: Buffer.from('%PDF-1.4\n'),
      warnings: [],
    });
  });

  it('only warns of a size or checksum that does not fit', async () => {
    const read = await attachment(
      file(
        '<RptSize>10</RptSize><RptFile>JVBERi0xLjQK</RptFile><FileChecksum>00000000000000000000000000000000</FileChecksum>',
      ),
    );
    expect(read).toMatchObject({
      name: 'w.pdf',
      warnings: [expect.stringContaining('RptSize') as string, expect.stringContaining('MD5') as string],
    });
    expect(await attachment(file('<RptSize>9</RptSize><RptFile>JVBERi0xLjQK</RptFile>'))).toMatchObject({
      warnings: [],
    });
  });

  it.each(['JVBERi0xLjQ', 'JVBE*i0xLjQK', 'JVBERi0xLjQK=JVBERi0xLjQ'])(
    'refuses %s, which is not base64',
    async (encoded) => {
      expect(await attachment(file(`<RptFile>${encoded}</RptFile>`))).toMatchObject({ kind: 'unreadable' });
    },
  );

  it('tells an error and a file that is not ready from a file', async () => {
    expect(said(answer('<OprlErr><Err><Prtry>E502</Prtry></Err><Desc>none</Desc></OprlErr>'))).toEqual({
      kind: 'error',
      code: 'E502',
      text: 'none',
    });
    expect(said(file(''))).toEqual({ kind: 'no-file', status: undefined });
  });
});

describe('days', () => {
  it.each([
    ['2026-01-14', '2026-01-14'],
    ['2026-01-14+01:00', '2026-01-14'],
    ['2026-01-14T23:59:59', '2026-01-14'],
    ['2026-01-14T23:30:00Z', '2026-01-15'],
    ['2026-07-14T00:30:00.5+02:00', '2026-07-14'],
    ['14.01.2026', undefined],
    ['2026-13-01', undefined],
  ])('%s is the day %s in Warsaw', (text, day) => {
    expect(localDay(text, 'Europe/Warsaw')).toBe(day);
  });
});

const ID = '<Id>R2</Id><CreDtTm>2026-01-15T09:31:01</CreDtTm>';
const ACCOUNT = '<Acct><Id><IBAN>PL60160014620000000000000001</IBAN></Id><Ccy>PLN</Ccy></Acct>';
