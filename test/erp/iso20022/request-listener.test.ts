import { describe, expect, it } from 'vitest';
import type { AccountRequest } from '../../../src/domain/order-event.ts';
import { createIso20022Format } from '../../../src/erp/iso20022/iso20022-format.ts';
import { sourceOf } from './payment-file.ts';
import { record } from './recording-sink.ts';

const IBAN = 'PL61109010140000071219812874';
const ACCOUNT = `<Acct><Id><IBAN>${IBAN}</IBAN></Id></Acct>`;
const OWNER = '<AcctOwnr><Pty><Nm>Fabryka</Nm></Pty></AcctOwnr>';
const period = (from: string, to: string, kind = 'ALLL'): string =>
  `<RptgPrd><FrToDt><FrDt>${from}</FrDt>${to === '' ? '' : `<ToDt>${to}</ToDt>`}</FrToDt><FrToTm><FrTm>00:00:00</FrTm></FrToTm><Tp>${kind}</Tp></RptgPrd>`;
const balance = (code: string): string => `<ReqdBalTp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></ReqdBalTp>`;

function requestFile(requests: readonly string[], version = '03'): string {
  const header = '<GrpHdr><MsgId>Q1</MsgId><CreDtTm>2026-11-23T10:00:00</CreDtTm></GrpHdr>';
  const all = requests.map((request) => `<RptgReq>${request}</RptgReq>`).join('\n');
  return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.060.001.${version}"><AcctRptgReq>${header}\n${all}</AcctRptgReq></Document>`;
}

const named = (message: string, rest: string): string =>
  `<ReqdMsgNmId>${message}</ReqdMsgNmId>${ACCOUNT}${OWNER}${rest}`;

describe('a request for account information', () => {
  it.each([
    ['camt.052.001.02', '', 'balance', undefined, undefined],
    ['camt.052', balance('ITBD') + balance('ITAV'), 'balance', undefined, undefined],
    ['camt.052.001.08', period('2026-11-01', '2026-11-20'), 'history', '2026-11-01', '2026-11-20'],
    ['camt.053.001.02', period('2026-11-20', '2026-11-20'), 'statement', '2026-11-20', '2026-11-20'],
  ])('%s with %s asks for the %s', async (message, rest, kind, from, to) => {
    for (const version of ['03', '05']) {
      const { verdict } = await record(sourceOf(requestFile([named(message, rest)], version)));
      expect(verdict).toMatchObject({
        kind: 'request',
        messageName: `camt.060.001.${version}`,
        requestMessageId: 'Q1',
        faults: [],
      });
      expect(verdict.requests).toEqual([{ account: IBAN, kind, from, to }]);
    }
  });

  it('may ask for several things', async () => {
    const other = named('camt.053', period('2026-11-20', '2026-11-20')).replace(
      `<IBAN>${IBAN}</IBAN>`,
      '<Othr><Id>27 1140 2004 0000 3002 0135 5387</Id></Othr>',
    );
    const { verdict } = await record(sourceOf(requestFile([named('camt.052', ''), other])));
    expect(verdict.requests.map(({ account, kind }) => [account, kind])).toEqual([
      [IBAN, 'balance'],
      ['PL27114020040000300201355387', 'statement'],
    ]);
  });

  it.each([
    ['another message', named('camt.054', ''), 'request.message', 'ReqdMsgNmId'],
    ['a message of a like name', named('camt.0521', ''), 'request.message', 'ReqdMsgNmId'],
    ['a statement of no day', named('camt.053', ''), 'request.period', 'ReqdMsgNmId'],
    ['no last day', named('camt.053', period('2026-11-20', '')), 'request.period', 'RptgPrd/FrToDt/FrDt'],
    [
      'days in the wrong order',
      named('camt.052', period('2026-11-20', '2026-11-19')),
      'request.period',
      'RptgPrd/FrToDt/ToDt',
    ],
    [
      'changes only',
      named('camt.052', period('2026-11-20', '2026-11-20', 'CHNG')),
      'request.period-type',
      'RptgPrd/Tp',
    ],
    [
      'a closing balance',
      named('camt.052', balance('CLBD')),
      'request.balance-type',
      'ReqdBalTp[1]/CdOrPrtry/Cd',
    ],
    [
      'credits only',
      named(
        'camt.052',
        `${period('2026-11-20', '2026-11-20')}<ReqdTxTp><Sts>BOOK</Sts><CdtDbtInd>CRDT</CdtDbtInd></ReqdTxTp>`,
      ),
      'request.filter',
      'ReqdTxTp',
    ],
    ['no account', named('camt.052', '').replace(ACCOUNT, ''), 'request.account', ''],
  ])('is refused with a remedy when it cannot be answered: %s', async (_name, request, rule, path) => {
    const { verdict } = await record(sourceOf(requestFile([named('camt.052', ''), request])));
    expect(verdict.faults).toMatchObject([
      { rule, path: `AcctRptgReq/RptgReq[2]${path === '' ? '' : `/${path}`}`, line: 3 },
    ]);
    expect(verdict.faults[0]?.remedy).not.toBe('');
    expect(verdict).toMatchObject({ faultCount: 1, requests: [], requestMessageId: 'Q1' });
  });

  it.each<AccountRequest>([
    { account: IBAN, kind: 'balance', from: undefined, to: undefined },
    { account: IBAN, kind: 'history', from: '2026-11-01', to: '2026-11-20' },
    { account: IBAN, kind: 'statement', from: '2026-11-20', to: '2026-11-20' },
  ])('is read back as it was composed: $kind', async (request) => {
    const bytes = createIso20022Format().composeRequest({
      ...request,
      messageId: 'Q9',
      createdAt: new Date(0),
    });
    const { verdict } = await record(sourceOf(bytes));
    expect(verdict).toMatchObject({ faults: [], requestMessageId: 'Q9', requests: [request] });
  });
});
