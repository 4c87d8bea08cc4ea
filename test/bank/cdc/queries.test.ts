import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccountQuery, BankChannel } from '../../../src/bank/channel.ts';
import type { CdcOptions } from '../../../src/bank/cdc/cdc-options.ts';
import { UNTESTED_ANSWERS } from '../../../src/bank/cdc/dialects/common.ts';
import { BNP } from '../../../src/bank/cdc/dialects/bnp.ts';
import { ING } from '../../../src/bank/cdc/dialects/ing.ts';
import { dialectNamed } from '../../../src/bank/cdc/dialects/dialect-named.ts';
import { probeAnswers } from '../../../src/bank/cdc/probe.ts';
import { createQueries } from '../../../src/bank/cdc/queries.ts';
import { newQueryId } from '../../../src/bank/cdc/query-ids.ts';
import { createSoap } from '../../../src/bank/cdc/soap.ts';
import { createTestClock } from '../../test-clock.ts';
import { heldAnswer } from './read-answers.ts';
import { entry, historyDocument, statementDocument } from './report-samples.ts';
import {
  channelFor,
  envelope,
  faultEnvelope,
  keeper,
  makeCertificates,
  optionsFor,
  reportEnvelope,
  startTestBank,
  type Certificates,
  type TestBank,
} from './test-bank.ts';

let certificates: Certificates;
let bank: TestBank;
let channel: BankChannel;
let kept: ReturnType<typeof keeper>;

beforeAll(async () => {
  certificates = await makeCertificates();
});
beforeEach(async () => {
  bank = await startTestBank(certificates);
  kept = keeper();
  channel = channelFor(bank.url, certificates);
});
afterEach(async () => {
  await channel.close();
  await bank.close();
});

function open(changes: Partial<CdcOptions>): void {
  channel = channelFor(bank.url, certificates, changes);
}

function answering(body: string, status = 200): void {
  bank.onQuery = (_seen, response) => response.writeHead(status).end(body);
}

describe('asking what became of a message', () => {
  const answers = { ...UNTESTED_ANSWERS, notFound: ['N1'] };

  it('asks about its id under an id of its own', async () => {
    answering(reportEnvelope('GNC1', '<GrpSts>ACSP</GrpSts>'));
    expect(await channel.ask('GNC1', kept.keep)).toMatchObject({
      kind: 'report',
      answer: { name: 'answer-1.xml' },
      report: { groupStatus: 'ACSP' },
    });
    expect(bank.seen[0]?.body).toContain(
      '<OrgnlGrpInfAndSts><OrgnlMsgId>GNC1</OrgnlMsgId></OrgnlGrpInfAndSts>',
    );
    expect(bank.seen[0]?.body).toMatch(/<MsgId><Id>PST[0-9A-Z]{31}<\/Id><\/MsgId>/);
  });

  it('says not found only for a code that the profile lists, as a fault or as a rejected group', async () => {
    open({ answers });
    answering(faultEnvelope('N1', 'GNC1'), 500);
    expect(await channel.ask('GNC1', kept.keep)).toMatchObject({ kind: 'not-found', code: 'N1' });
    const reason = '<StsRsnInf><Rsn><Prtry>N1</Prtry></Rsn></StsRsnInf>';
    answering(reportEnvelope('GNC1', `<GrpSts>RJCT</GrpSts>${reason}`));
    expect(await channel.ask('GNC1', kept.keep)).toMatchObject({ kind: 'not-found', code: 'N1' });
    answering(reportEnvelope('GNC1', `<GrpSts>PDNG</GrpSts>${reason}`));
    expect(await channel.ask('GNC1', kept.keep)).toMatchObject({ kind: 'report' });
    answering(faultEnvelope('N2'), 500);
    expect(await channel.ask('GNC1', kept.keep)).toMatchObject({ kind: 'no-answer' });
  });

  it.each([
    ['a report about another message', 200, reportEnvelope('GNC2')],
    ['a listed fault about another message', 500, faultEnvelope('N1', 'GNC2')],
    ['a listed fault from a gateway', 503, faultEnvelope('N1')],
    ['a page', 200, '<html></html>'],
    ['nothing', 200, ''],
  ])('has no answer with %s, and keeps it', async (_name, status, body) => {
    open({ answers });
    answering(body, status);
    expect(await channel.ask('GNC1', kept.keep)).toMatchObject({
      kind: 'no-answer',
      answer: { name: 'answer-1.xml' },
    });
  });

  it('has no answer when the bank is away or hangs up', async () => {
    bank.onQuery = (seen) => seen.socket.destroy();
    expect(await channel.ask('GNC1', kept.keep)).toMatchObject({ kind: 'no-answer' });
    await bank.close();
    expect(await channel.ask('GNC1', kept.keep)).toMatchObject({
      kind: 'no-answer',
      cause: expect.stringContaining('ECONNREFUSED') as string,
    });
    expect(kept.kept).toEqual([]);
  });
});

const ACCOUNT = 'PL60160014620000000000000001';

describe('asking about an account', () => {
  const history: AccountQuery = { kind: 'history', account: ACCOUNT, from: '2026-01-08', to: '2026-01-14' };
  const balances: AccountQuery = { kind: 'balances', account: ACCOUNT };
  const statement: AccountQuery = { kind: 'statement', account: ACCOUNT, day: '2026-01-14', format: 'xml' };
  const pdf: AccountQuery = { ...statement, format: 'pdf' };
  const owner = `<Acct><Id><Othr><Id>${ACCOUNT.slice(2)}</Id></Othr></Id></Acct>`;
  const balancesDocument = (account: string): string =>
    `<Document xmlns="urn:swift:xsd:camt.004.001.04"><RtrAcct><MsgId><Id>1</Id></MsgId><BizRpt><AcctRpt><AcctId><IBAN>${account}</IBAN></AcctId><Acct><Ccy>PLN</Ccy></Acct></AcctRpt></BizRpt></RtrAcct></Document>`;
  const fileDocument = (inner: string): string =>
    `<Document xmlns="urn:ca:std:ccs:tech:xsd:rpts.005.001.02"><Rpt><MsgId><Id>1</Id></MsgId>${inner}</Rpt></Document>`;
  const file = fileDocument('<RptDtls><RptNm>a.pdf</RptNm><RptFile>JVBERi0xLjQK</RptFile></RptDtls>');
  const error = (code: string): string =>
    `<OprlErr><Err><Prtry>${code}</Prtry></Err><Desc>text</Desc></OprlErr>`;
  const wrapped = (document: string): string => envelope(`<R xmlns="urn:w">${document}</R>`);

  it.each<[string, AccountQuery, string]>([
    ['balances', balances, balancesDocument(ACCOUNT)],
    ['history, the account without its country', history, historyDocument(owner + entry({}))],
    ['a statement', statement, statementDocument(entry({}))],
    ['a file', pdf, file],
  ])('collects %s, which can then be read from what was kept', async (_name, query, document) => {
    answering(wrapped(document));
    expect(await channel.collect(query, kept.keep)).toEqual({
      kind: 'collected',
      answer: expect.objectContaining({ name: 'answer-1.xml' }) as object,
    });
    const answer = heldAnswer(kept.kept[0] ?? '');
    const ignore = async (): Promise<void> => undefined;
    const readers = {
      balances: () => channel.readBalances(answer),
      history: () => channel.readHistory(answer, ignore),
      incremental: () => channel.readHistory(answer, ignore),
      statement: () =>
        query === pdf ? channel.readAttachment(answer) : channel.readStatement(answer, ignore),
    };
    expect(await readers[query.kind]()).not.toHaveProperty('kind');
  });

  it.each<[string, AccountQuery, string, number]>([
    ['a fault', statement, faultEnvelope('E502'), 500],
    ['a fault under HTTP 200', statement, faultEnvelope('E502'), 200],
    ['an error in the document', pdf, wrapped(fileDocument(error('E502'))), 200],
  ])('finds nothing when the bank says so by %s', async (_name, query, body, status) => {
    answering(body, status);
    expect(await channel.collect(query, kept.keep)).toMatchObject({
      kind: 'nothing',
      code: 'E502',
      answer: {},
    });
  });

  it.each<[string, AccountQuery, string]>([
    ['a fault', history, faultEnvelope('E201')],
    [
      'an error in the document',
      balances,
      wrapped(
        `<Document xmlns="urn:swift:xsd:camt.004.001.04"><RtrAcct><MsgId><Id>1</Id></MsgId>${error('E201')}</RtrAcct></Document>`,
      ),
    ],
    ['an error in place of a file', pdf, wrapped(fileDocument(error('E201')))],
  ])('is refused when the bank says so by %s', async (_name, query, body) => {
    answering(body);
    expect(await channel.collect(query, kept.keep)).toMatchObject({
      kind: 'refused',
      code: 'E201',
      text: expect.stringContaining('text') as string,
    });
  });

  it.each<[string, AccountQuery, string, number]>([
    ['another account', history, wrapped(historyDocument(owner.replace('60', '61'))), 200],
    ['balances of another account', balances, wrapped(balancesDocument('PL61160014620000000000000001')), 200],
    ['another kind of document', history, wrapped(statementDocument('')), 200],
    ['a file where XML was asked for', statement, wrapped(file), 200],
    ['XML where a file was asked for', pdf, wrapped(statementDocument('')), 200],
    ['a file that is not ready', pdf, wrapped(fileDocument('<RptDtls><RptSts>PREP</RptSts></RptDtls>')), 200],
    [
      'a fault without a code',
      history,
      envelope('<s:Fault><faultstring>Internal</faultstring></s:Fault>'),
      500,
    ],
    ['a gateway', history, wrapped(historyDocument(owner)), 503],
    ['an answer that is cut off', history, wrapped(historyDocument(owner)).slice(0, -9), 200],
  ])('has no answer with %s, and keeps it', async (_name, query, body, status) => {
    answering(body, status);
    expect(await channel.collect(query, kept.keep)).toMatchObject({
      kind: 'no-answer',
      cause: expect.any(String) as string,
      answer: {},
    });
    expect(kept.kept).toEqual([body]);
  });

  it('cannot read a fault as anything', async () => {
    expect(await channel.readHistory(heldAnswer(faultEnvelope('E1')), async () => undefined)).toEqual({
      kind: 'unreadable',
      reason: 'the answer is a fault',
    });
  });
});

describe('reaching the bank', () => {
  it('succeeds when the service answers, be it with a fault', async () => {
    expect(await channel.reach()).toBeUndefined();
  });

  it.each([
    [403, 'no', /certificate/],
    [404, 'no', /path of the address/],
    [502, 'no', /not the service/],
    [200, '<html></html>', /not the service/],
  ])('says what HTTP %d means', async (status, body, sentence) => {
    answering(body, status);
    expect(await channel.reach()).toMatch(sentence);
  });

  it('says that a bank that hangs up may be refusing our certificate', async () => {
    bank.onQuery = (seen) => seen.socket.destroy();
    expect(await channel.reach()).toMatch(/did not answer.*may be refusing our TLS certificate/);
  });

  it('stops the start when the address or the key cannot be used', () => {
    const { tls } = optionsFor('', certificates);
    expect(() => channelFor('http://localhost/', certificates)).toThrow(/must begin with https/);
    expect(() =>
      channelFor(bank.url, certificates, { tls: { ...tls, key: Buffer.from(certificates.server.key) } }),
    ).toThrow(/cannot be used/);
    expect(() =>
      channelFor(bank.url, certificates, { tls: { ...tls, certificate: Buffer.from('?') } }),
    ).toThrow(/PEM/);
  });
});

describe('probing a test endpoint', () => {
  it('suggests the codes for an unknown and for a repeated id', async () => {
    bank.onQuery = (_seen, response) => response.writeHead(500).end(faultEnvelope('N1'));
    let times = 0;
    bank.onOrder = (_seen, response) =>
      response.end(++times === 1 ? reportEnvelope('M') : faultEnvelope('D1'));
    const findings = await probeAnswers(optionsFor(bank.url, certificates), {
      operation: 'domestic',
      bytes: Buffer.from('<m/>'),
    });
    expect(findings).toMatchObject({
      unknownId: { kind: 'fault', httpStatus: 500, codes: ['N1'] },
      firstSending: { kind: 'report', groupStatus: 'ACTC' },
      repeatedId: { kind: 'fault', codes: ['D1'], text: 'D1 text of D1' },
      suggested: { notFound: ['N1'], duplicate: ['D1'] },
    });
  });

  it('suggests nothing for a bank that takes a repeated id', async () => {
    bank.onOrder = (_seen, response) =>
      response.end(reportEnvelope('M', '<GrpSts>ACTC</GrpSts><StsRsnInf><Rsn><Cd>I1</Cd></Rsn></StsRsnInf>'));
    const findings = await probeAnswers(optionsFor(bank.url, certificates), {
      operation: 'domestic',
      bytes: Buffer.from('<m/>'),
    });
    expect(findings.suggested.duplicate).toEqual([]);
    expect(bank.begun.filter((action) => action === 'DomesticTransfer')).toHaveLength(2);
  });

  it('only asks when it has no message, and does not mind a bank that is away', async () => {
    expect(await probeAnswers(optionsFor(bank.url, certificates))).not.toHaveProperty('repeatedId');
    expect(bank.begun).toEqual(['GetPaymentStatusReport']);
    expect(await probeAnswers(optionsFor('https://localhost:1/', certificates))).toMatchObject({
      unknownId: { kind: 'no-answer' },
      suggested: { notFound: [] },
    });
  });
});

describe('composing queries', () => {
  const clock = createTestClock({ nowMs: Date.UTC(2026, 6, 15, 22, 30, 5, 7) });
  const bodyOf = async (query: {
    readonly request: { readonly bytes: () => AsyncIterable<Uint8Array> };
  }): Promise<string> => {
    let text = '';
    for await (const piece of query.request.bytes()) text += Buffer.from(piece).toString();
    return text;
  };
  const product = { productName: 'Goniec', productVersion: '1.2', header: undefined };

  it('writes ids of letters and digits and local times without an offset', () => {
    const { id, createdAt } = newQueryId(clock, 'Europe/Warsaw', 'GAB');
    expect(createdAt).toBe('2026-07-16T00:30:05');
    expect(id).toMatch(/^GAB20260716003005007[0-9A-F]{14}$/);
    expect(newQueryId(clock, 'Europe/Warsaw', 'GAB').id).not.toBe(id);
  });

  it('asks for the operations of a day by day and number at BNP, by number alone at ING', async () => {
    const asked: AccountQuery = { kind: 'incremental', account: ACCOUNT, day: '2026-01-15', after: 7 };
    const bnp = await bodyOf(createQueries(BNP, createSoap(BNP, product), clock).account(asked));
    expect(bnp).toContain(
      '<AcctRptValDt><DtSch><FrDt>2026-01-15</FrDt><ToDt>2026-01-15</ToDt></DtSch></AcctRptValDt><AcctRptTxNb><GT>7</GT></AcctRptTxNb>',
    );
    const ing = await bodyOf(createQueries(ING, createSoap(ING, product), clock).account(asked));
    expect(ing).toContain('</AcctId><AcctRptTxNb><GT>7</GT></AcctRptTxNb></SchCrit>');
  });

  it('names the language of a statement at BNP only', async () => {
    const asked: AccountQuery = { kind: 'statement', account: ACCOUNT, day: '2026-01-14', format: 'pdf' };
    expect(await bodyOf(createQueries(BNP, createSoap(BNP, product), clock).account(asked))).toContain(
      '<StmtFrmt>PDF</StmtFrmt><Lang>PL</Lang>',
    );
    expect(await bodyOf(createQueries(ING, createSoap(ING, product), clock).account(asked))).not.toContain(
      'Lang',
    );
  });

  it('sends the header block only where it is configured and the bank knows it', () => {
    const names = { finInstId: 'ING Bank Śląski', partnerId: 'A & B', passId: 'WS', prodId: 'client' };
    const header = { ...names, version: 2, revision: 3 };
    expect(createSoap(ING, { ...product, header }).envelope.before).toContain('Version="2" Revision="3"');
    expect(createSoap(ING, { ...product, header }).envelope.before).toContain(
      '<h:PartnerID>A &amp; B</h:PartnerID><h:PassID>WS</h:PassID><h:ProdID manufacturer="Goniec" ver="1.2">client</h:ProdID>',
    );
    expect(createSoap(ING, product).envelope.before).not.toContain('Header');
    expect(createSoap(BNP, { ...product, header }).envelope.before).not.toContain('Header');
  });

  it('finds each dialect by its name', () => {
    expect([dialectNamed('bnp'), dialectNamed('ing')]).toEqual([BNP, ING]);
  });
});
