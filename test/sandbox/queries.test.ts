import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest';
import { addDecimals, formatDecimal, negate, parseDecimal, ZERO } from '../../src/domain/decimal.ts';
import type { XmlNode } from '../../src/xml/small-document.ts';
import { each, one, opt, optTextOf, textOf } from '../../src/xml/xml-path.ts';
import type { Answer } from './support/bank-client.ts';
import { documentOf, faultCode } from './support/bank-client.ts';
import {
  ACCOUNT,
  balanceQuery,
  ELSEWHERE,
  EURO,
  order,
  reportQuery,
  SECOND,
  statementQuery,
  statusQuery,
} from './support/documents.ts';
import type { RunningSandbox } from './support/running-sandbox.ts';
import { runSandbox } from './support/running-sandbox.ts';

const REPORT = 'BkToCstmrAcctRpt/Rpt';
const STATEMENT = 'BkToCstmrStmt/Stmt';

function entriesOf(answer: Answer, path = REPORT): readonly XmlNode[] {
  return each(documentOf(answer), `${path}/Ntry`);
}

describe('in a bank without a past', () => {
  let bank: RunningSandbox;
  beforeEach(async () => {
    bank = await runSandbox();
  });
  afterEach(() => bank.stop());

  test('balances are given by the codes asked for', async () => {
    await bank.order(order({ messageId: 'M1', transfers: [{ id: 'E1', amount: '0.60' }] }));
    const rows = (answer: Answer): string[] =>
      each(documentOf(answer), 'RtrAcct/BizRpt/AcctRpt/Acct/MulBal').map(
        (row) => `${textOf(row, 'Tp/Cd')} ${textOf(row, 'Amt')} ${textOf(row, 'CdtDbtInd')}`,
      );
    expect(rows(await bank.ask('GetAccountBalance', balanceQuery()))).toEqual([
      'AVLB 99999.40 CRDT',
      'BOOK 100000.00 CRDT',
    ]);
    expect(rows(await bank.ask('GetAccountBalance', balanceQuery(ACCOUNT, ['BOOK']), 'ing'))).toEqual([
      'BOOK 100000.00 CRDT',
    ]);
    expect(faultCode(await bank.ask('GetAccountBalance', balanceQuery(ELSEWHERE)))).toBe('E201');
  });

  test('BNP numbers the entries of a day and continues after a number inside the day', async () => {
    for (const amount of ['1.00', '2.00', '3.00']) await bank.control.credit({ account: ACCOUNT, amount });
    const day = { from: '2026-03-02' };
    const all = entriesOf(await bank.ask('GetIncrementalAccountReport', reportQuery(day)));
    expect(all.map((entry) => textOf(entry, 'NtryDtls/TxDtls/Refs/MsgId'))).toEqual(['1', '2', '3']);
    const rest = entriesOf(await bank.ask('GetIncrementalAccountReport', reportQuery({ ...day, after: 2 })));
    expect(rest.map((entry) => textOf(entry, 'Amt'))).toEqual(['3.00']);
    await bank.clock.advance(24 * 3_600_000);
    await bank.control.credit({ account: ACCOUNT, amount: '4.00' });
    const next = entriesOf(
      await bank.ask('GetIncrementalAccountReport', reportQuery({ from: '2026-03-03' })),
    );
    expect(
      next.map((entry) => `${textOf(entry, 'NtryDtls/TxDtls/Refs/MsgId')} ${textOf(entry, 'Amt')}`),
    ).toEqual(['1 4.00']);
    expect(
      faultCode(
        await bank.ask('GetIncrementalAccountReport', reportQuery({ from: '2026-03-02', to: '2026-03-03' })),
      ),
    ).toBe('E102');
  });

  test('ING continues after a running number of the account, over days', async () => {
    await bank.control.credit({ account: ACCOUNT, amount: '1.00' });
    await bank.clock.advance(24 * 3_600_000);
    await bank.control.credit({ account: ACCOUNT, amount: '2.00' });
    const entries = entriesOf(
      await bank.ask('GetIncrementalAccountReport', reportQuery({ after: 1 }), 'ing'),
    );
    expect(entries.map((entry) => `${textOf(entry, 'NtryRef')} ${textOf(entry, 'Amt')}`)).toEqual(['2 2.00']);
    expect(
      faultCode(await bank.ask('GetIncrementalAccountReport', reportQuery({ from: '2026-03-02' }), 'ing')),
    ).toBe('E102');
  });

  test('an outgoing transfer is filled in as each bank does', async () => {
    await bank.order(
      order({
        messageId: 'M1',
        transfers: [{ id: 'E1', name: 'Dostawca', remittance: `${'a'.repeat(35)}${'b'.repeat(10)}` }],
      }),
    );
    await bank.clock.advance(3000);
    const [bnp] = entriesOf(await bank.ask('GetAccountReport', reportQuery({ from: '2026-03-02' })));
    const [ing] = entriesOf(await bank.ask('GetAccountReport', reportQuery({ from: '2026-03-02' }), 'ing'));
    if (bnp === undefined || ing === undefined) throw new Error('The transfer is not in the report.');
    const [atBnp, atIng] = [one(bnp, 'NtryDtls/TxDtls'), one(ing, 'NtryDtls/TxDtls')];
    expect(textOf(bnp, 'BookgDt/Dt')).toBe('2026-03-02');
    expect(textOf(ing, 'BookgDt/DtTm')).toBe('2026-03-02T09:00:03');
    expect(textOf(atBnp, 'Refs/EndToEndId')).toBe('E1');
    expect(textOf(atIng, 'Refs/EndToEndId')).toBe('E1');
    expect(textOf(atBnp, 'Refs/TxId')).toMatch(/^TX\d{16}D$/);
    expect(optTextOf(atIng, 'Refs/TxId')).toBeUndefined();
    expect(textOf(atIng, 'Refs/InstrId')).toMatch(/^OP\d{16}D$/);
    expect(textOf(atBnp, 'RltdPties/CdtrAcct/Id/Othr/Id')).toBe(ELSEWHERE);
    expect(textOf(atIng, 'RltdPties/CdtrAcct/Id/Othr/Id')).toBe(ELSEWHERE.slice(2));
    expect(textOf(atBnp, 'RltdPties/Cdtr/Nm')).toBe('Dostawca');
    expect(each(atBnp, 'RmtInf/Ustrd').map((line) => line.text)).toEqual([
      `${'a'.repeat(35)}|${'b'.repeat(10)}`,
    ]);
    expect(each(atIng, 'RmtInf/Ustrd').map((line) => line.text)).toEqual(['a'.repeat(35), 'b'.repeat(10)]);
  });

  test('two identical fees of one day cannot be told apart in the statement', async () => {
    await bank.control.fee({ account: ACCOUNT, amount: '1.50' });
    await bank.control.fee({ account: ACCOUNT, amount: '1.50' });
    await bank.clock.advance(24 * 3_600_000);
    const [first, second, ...more] = entriesOf(
      await bank.ask('GetStatement', statementQuery('2026-03-02')),
      STATEMENT,
    );
    expect(more).toEqual([]);
    const withoutLines = (node: XmlNode | undefined): unknown =>
      JSON.parse(
        JSON.stringify({ ...node, children: node?.children }, (key, value: unknown) =>
          key === 'line' ? undefined : value,
        ),
      );
    expect(withoutLines(first)).toEqual(withoutLines(second));
    expect(first === undefined ? 'missing' : opt(first, 'NtryDtls/TxDtls/Refs')).toBeUndefined();
  });

  test('bookings of a weekend stand in the statement of the next business day, so that balances chain', async () => {
    await bank.clock.advance(5 * 24 * 3_600_000);
    await bank.control.credit({ account: ACCOUNT, amount: '7.00' });
    await bank.clock.advance(3 * 24 * 3_600_000);
    expect(faultCode(await bank.ask('GetStatement', statementQuery('2026-03-07')))).toBe('E502');
    const monday = await bank.ask('GetStatement', statementQuery('2026-03-09'));
    expect(entriesOf(monday, STATEMENT).map((entry) => textOf(entry, 'BookgDt/Dt'))).toEqual(['2026-03-07']);
  });

  test('an unknown message id is a fault, and a known one of another bank path is known', async () => {
    expect(faultCode(await bank.ask('GetPaymentStatusReport', statusQuery('NEVER')))).toBe('E404');
    await bank.order(order({ messageId: 'M1', transfers: [{ id: 'E1' }] }));
    const answer = await bank.ask('GetPaymentStatusReport', statusQuery('M1'), 'ing');
    expect(textOf(documentOf(answer), 'CstmrPmtStsRpt/OrgnlGrpInfAndSts/OrgnlMsgId')).toBe('M1');
  });
});

describe('in a bank opened with a history of five business days', () => {
  let bank: RunningSandbox;
  beforeAll(async () => {
    bank = await runSandbox({ historyDays: 5 });
  });
  afterAll(() => bank.stop());

  const DAYS = ['2026-02-23', '2026-02-24', '2026-02-25', '2026-02-26', '2026-02-27'];

  test.each([ACCOUNT, SECOND, EURO])(
    'the statements of %s chain, add up and end at the booked balance',
    async (account) => {
      let before: string | undefined;
      for (const day of DAYS) {
        const document = documentOf(await bank.ask('GetStatement', statementQuery(day, 'XML', account)));
        const [opening, closing] = each(document, `${STATEMENT}/Bal`).map((node) => textOf(node, 'Amt'));
        const sum = each(document, `${STATEMENT}/Ntry`).reduce(
          (so, entry) => {
            const amount = parseDecimal(textOf(entry, 'Amt')) ?? ZERO;
            return addDecimals(so, textOf(entry, 'CdtDbtInd') === 'CRDT' ? amount : negate(amount));
          },
          parseDecimal(opening ?? '') ?? ZERO,
        );
        expect(formatDecimal(sum)).toBe(closing);
        if (before !== undefined) expect(opening).toBe(before);
        before = closing;
      }
      const state = await bank.control.state();
      expect(state.accounts.find((one) => one.iban === account)?.booked).toBe(before);
    },
  );

  test('history over the days holds the same entries as the statements', async () => {
    const ids = (entries: readonly XmlNode[]): (string | undefined)[] =>
      entries.map((entry) => optTextOf(entry, 'NtryDtls/TxDtls/Refs/TxId'));
    const history = entriesOf(
      await bank.ask('GetAccountReport', reportQuery({ from: '2026-02-23', to: '2026-02-27' })),
    );
    const statements = await Promise.all(DAYS.map((day) => bank.ask('GetStatement', statementQuery(day))));
    expect(ids(history)).toEqual(statements.flatMap((answer) => ids(entriesOf(answer, STATEMENT))));
    expect(history.length).toBeGreaterThan(5);
  });

  test.each([
    ['today', '2026-03-02'],
    ['the future', '2026-03-03'],
    ['a weekend', '2026-02-28'],
    ['a holiday', '2026-01-06'],
    ['a day before the account was opened', '2026-02-19'],
  ])('there is no statement for %s', async (_, day) => {
    expect(faultCode(await bank.ask('GetStatement', statementQuery(day)))).toBe('E502');
  });

  test('a statement as PDF is a file with its size and checksum', async () => {
    const document = documentOf(await bank.ask('GetStatement', statementQuery('2026-02-27', 'PDF')));
    const file = Buffer.from(textOf(document, 'Rpt/RptDtls/RptFile'), 'base64');
    expect(file.toString('latin1')).toMatch(/^%PDF-1\.4\n[^]*Closing balance[^]*%%EOF\n$/);
    expect(textOf(document, 'Rpt/RptDtls/RptSize')).toBe(file.length.toString());
    expect(textOf(document, 'Rpt/RptDtls/FileChecksum')).toBe(createHash('md5').update(file).digest('hex'));
  });

  test('a statement may be asked for by its number within the year', async () => {
    const byDay = documentOf(await bank.ask('GetStatement', statementQuery('2026-02-27')));
    const number = textOf(byDay, `${STATEMENT}/ElctrncSeqNb`);
    const query = statementQuery('2026-02-27')
      .replace('<Dt>2026-02-27</Dt>', '<Year>2026</Year>')
      .replace('<StmtFrmt>', `<StmtId><EQ>${number}</EQ></StmtId><StmtFrmt>`);
    const byNumber = documentOf(await bank.ask('GetStatement', query));
    expect(textOf(byNumber, `${STATEMENT}/Id`)).toBe(textOf(byDay, `${STATEMENT}/Id`));
  });
});
