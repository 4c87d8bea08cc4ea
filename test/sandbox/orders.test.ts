import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readLedger } from '../../src/sandbox/read-ledger.ts';
import { each, optTextOf, textOf } from '../../src/xml/xml-path.ts';
import type { Answer } from './support/bank-client.ts';
import { documentOf, envelopeOf, faultCode, post, signed, wrap } from './support/bank-client.ts';
import { ACCOUNT, ELSEWHERE, EURO, order, SECOND, statusQuery } from './support/documents.ts';
import type { RunningSandbox } from './support/running-sandbox.ts';
import { runSandbox } from './support/running-sandbox.ts';

let bank: RunningSandbox;
beforeEach(async () => {
  bank = await runSandbox();
});
afterEach(() => bank.stop());

/** Group status, then each transfer's as `id status reason`. */
function statuses(answer: Answer): string[] {
  const document = documentOf(answer);
  const transfers = each(document, 'CstmrPmtStsRpt/OrgnlPmtInfAndSts/TxInfAndSts').map((one) =>
    [textOf(one, 'OrgnlEndToEndId'), textOf(one, 'TxSts'), optTextOf(one, 'StsRsnInf/Rsn/Cd')]
      .filter((text) => text !== undefined)
      .join(' '),
  );
  return [textOf(document, 'CstmrPmtStsRpt/OrgnlGrpInfAndSts/GrpSts'), ...transfers];
}

const status = async (messageId: string): Promise<string[]> =>
  statuses(await bank.ask('GetPaymentStatusReport', statusQuery(messageId)));

async function balance(iban: string): Promise<string[]> {
  const account = (await bank.control.state()).accounts.find((one) => one.iban === iban);
  return [account?.booked ?? '', account?.available ?? ''];
}

describe('an accepted order', () => {
  test('goes through PDNG, ACTC, ACSP to ACSC, and its money is reserved before it is booked', async () => {
    const answer = await bank.order(order({ messageId: 'M1', transfers: [{ id: 'E1', amount: '100.50' }] }));
    expect(answer.status).toBe(200);
    expect(statuses(answer)).toEqual(['PDNG', 'E1 PDNG']);
    expect(await balance(ACCOUNT)).toEqual(['100000.00', '99899.50']);
    await bank.clock.advance(1000);
    expect(await status('M1')).toEqual(['ACTC', 'E1 ACTC']);
    await bank.clock.advance(1000);
    expect(await status('M1')).toEqual(['ACSP', 'E1 ACSP']);
    expect(readLedger(bank.folder).executions).toEqual([]);
    await bank.clock.advance(1000);
    expect(await status('M1')).toEqual(['ACSC', 'E1 ACSC']);
    expect(await balance(ACCOUNT)).toEqual(['99899.50', '99899.50']);
    expect(readLedger(bank.folder).executions).toMatchObject([
      {
        messageId: 'M1',
        endToEndId: 'E1',
        amount: '100.50',
        currency: 'PLN',
        debtor: ACCOUNT,
        creditor: ELSEWHERE,
        at: '2026-03-02T08:00:03.000Z',
      },
    ]);
  });

  test('is executed although nobody asks, and by a bank that was down when it was due', async () => {
    await bank.order(order({ messageId: 'M1', transfers: [{ id: 'E1' }] }));
    await bank.clock.advance(4000);
    expect(readLedger(bank.folder).executions).toHaveLength(1);
    await bank.order(order({ messageId: 'M2', transfers: [{ id: 'E2' }] }));
    await bank.sandbox.close();
    await bank.clock.advance(60_000);
    await bank.restart();
    expect(await status('M2')).toEqual(['ACSC', 'E2 ACSC']);
    expect(readLedger(bank.folder).executions.map((one) => one.at)).toEqual([
      '2026-03-02T08:00:03.000Z',
      '2026-03-02T08:00:07.000Z',
    ]);
  });

  test('waits for its execution date', async () => {
    await bank.order(order({ messageId: 'M1', executionDate: '2026-03-03', transfers: [{ id: 'E1' }] }));
    await bank.clock.advance(3_600_000);
    expect(await status('M1')).toEqual(['ACTC', 'E1 ACTC']);
    await bank.clock.advance(15 * 3_600_000);
    expect(await status('M1')).toEqual(['ACSC', 'E1 ACSC']);
  });

  test('between two accounts of the bank moves money from one to the other', async () => {
    await bank.order(
      order({ messageId: 'M1', transfers: [{ id: 'E1', amount: '5.00', account: SECOND }] }),
      'InternalTransfer',
    );
    await bank.clock.advance(3000);
    expect(await balance(ACCOUNT)).toEqual(['99995.00', '99995.00']);
    expect(await balance(SECOND)).toEqual(['25005.00', '25005.00']);
  });
});

describe('a transfer is rejected with its reason', () => {
  test.each([
    ['no funds left', 'DomesticTransfer', { amount: '100000.01' }, ACCOUNT, 'AM04'],
    ['another currency than the account', 'ForeignTransfer', { currency: 'EUR' }, ACCOUNT, 'AM03'],
    ['a currency the operation does not take', 'DomesticTransfer', { currency: 'EUR' }, EURO, 'AM03'],
    [
      'an account number with wrong check digits',
      'DomesticTransfer',
      { account: 'PL56114000029900000000000022' },
      ACCOUNT,
      'AC03',
    ],
    [
      'a domestic transfer abroad',
      'DomesticTransfer',
      { account: 'DE89370400440532013000' },
      ACCOUNT,
      'AG01',
    ],
    ['an internal transfer to another bank', 'InternalTransfer', {}, ACCOUNT, 'AG01'],
    ['a zero amount', 'DomesticTransfer', { amount: '0.00' }, ACCOUNT, 'AM01'],
    ['an amount of three decimals', 'DomesticTransfer', { amount: '1.005' }, ACCOUNT, 'AM12'],
    ['a debtor account the bank does not keep', 'DomesticTransfer', {}, ELSEWHERE, 'AC02'],
    ['a tester who ordered it by name', 'DomesticTransfer', { name: 'SANDBOX:RJCT' }, ACCOUNT, 'MS03'],
    [
      'a tester who ordered it by remittance',
      'DomesticTransfer',
      { remittance: 'FV 1 SANDBOX:RJCT' },
      ACCOUNT,
      'MS03',
    ],
  ])('%s', async (_, operation, transfer, debtor, code) => {
    const answer = await bank.order(
      order({ messageId: 'M1', debtor, transfers: [{ id: 'E1', ...transfer }] }),
      operation,
    );
    expect(statuses(answer)).toEqual(['RJCT', `E1 RJCT ${code}`]);
    await bank.clock.advance(10_000);
    expect(readLedger(bank.folder).executions).toEqual([]);
  });

  test('while the others of its message are executed', async () => {
    const answer = await bank.order(
      order({
        messageId: 'M1',
        transfers: [
          { id: 'E1', amount: '99999.00' },
          { id: 'E2', amount: '2.00' },
          { id: 'E3', amount: '1.00' },
        ],
      }),
    );
    expect(statuses(answer)).toEqual(['PART', 'E1 PDNG', 'E2 RJCT AM04', 'E3 PDNG']);
    await bank.clock.advance(3000);
    expect(await status('M1')).toEqual(['PART', 'E1 ACSC', 'E2 RJCT AM04', 'E3 ACSC']);
    expect(await balance(ACCOUNT)).toEqual(['0.00', '0.00']);
  });

  test.each([
    ['count', { count: '2' }, 'AM18'],
    ['sum', { sum: '10.01' }, 'AM10'],
  ])('the whole message for a wrong %s', async (_, parts, code) => {
    const answer = await bank.order(order({ messageId: 'M1', transfers: [{ id: 'E1' }], ...parts }));
    expect(statuses(answer)).toEqual(['RJCT', 'E1 RJCT']);
    expect(textOf(documentOf(answer), 'CstmrPmtStsRpt/OrgnlGrpInfAndSts/StsRsnInf/Rsn/Cd')).toBe(code);
    await bank.clock.advance(10_000);
    expect(readLedger(bank.folder).executions).toEqual([]);
  });
});

describe('a tester orders the course of a transfer', () => {
  test('PDNG waits until it is approved, ACSP never ends, SLOW takes twenty delays, ACSC is at once', async () => {
    const transfers = ['PDNG', 'ACSP', 'SLOW', 'ACSC'].map((course) => ({
      id: course,
      name: `Firma SANDBOX:${course}`,
    }));
    await bank.order(order({ messageId: 'M1', transfers }));
    await bank.clock.advance(30_000);
    expect(await status('M1')).toEqual(['PART', 'PDNG PDNG', 'ACSP ACSP', 'SLOW ACTC', 'ACSC ACSC']);
    await bank.control.approve('M1');
    await bank.clock.advance(30_000);
    expect(await status('M1')).toEqual(['PART', 'PDNG ACSC', 'ACSP ACSP', 'SLOW ACSC', 'ACSC ACSC']);
  });

  test('book-now executes what was on its way', async () => {
    await bank.order(
      order({
        messageId: 'M1',
        transfers: [{ id: 'E1' }, { id: 'E2', name: 'SANDBOX:SLOW' }, { id: 'E3', name: 'SANDBOX:PDNG' }],
      }),
    );
    await bank.control.bookNow();
    expect(await status('M1')).toEqual(['PART', 'E1 ACSC', 'E2 ACSC', 'E3 PDNG']);
  });
});

describe('an order is not taken', () => {
  const good = order({ messageId: 'M1', transfers: [{ id: 'E1' }] });
  const send = (wrapper: string, operation = 'DomesticTransfer'): Promise<Answer> =>
    post(bank.folder, bank.sandbox.url('bnp'), operation, envelopeOf(wrapper));

  afterEach(() => {
    expect(readLedger(bank.folder).messages).toEqual([]);
  });

  test('without a signature', async () => {
    expect(faultCode(await send(wrap('DomesticTransfer', good)))).toBe('E301');
  });

  test('when it was changed after it was signed', async () => {
    const wrapper = await signed(bank.folder, 'DomesticTransfer', good);
    const answer = await send(wrapper.replace('>10.00<', '>10.01<'));
    expect(answer.status).toBe(500);
    expect(faultCode(answer)).toBe('E302');
  });

  test('when another certificate of the same authority signed it', async () => {
    expect(faultCode(await send(await signed(bank.folder, 'DomesticTransfer', good, 'client')))).toBe('E303');
  });

  test('when an element is out of order', async () => {
    const wrong = good
      .replace('<PmtMtd>TRF</PmtMtd>', '')
      .replace('<PmtInfId>', '<PmtMtd>TRF</PmtMtd><PmtInfId>');
    expect(faultCode(await bank.order(wrong))).toBe('E102');
  });

  test('when its message id holds what BNP does not take', async () => {
    expect(faultCode(await bank.order(order({ messageId: 'M-1', transfers: [{ id: 'E1' }] })))).toBe('E102');
  });

  test('when the operation is not offered', async () => {
    expect(faultCode(await bank.order(good, 'MT101Transfer'))).toBe('E103');
  });
});

describe('a repeated message id', () => {
  test('is refused, also when both copies come at once', async () => {
    const document = order({ messageId: 'M1', transfers: [{ id: 'E1' }] });
    const answers = await Promise.all([bank.order(document), bank.order(document)]);
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 500]);
    expect(faultCode(await bank.order(document))).toBe('E401');
    await bank.clock.advance(3000);
    expect(readLedger(bank.folder).executions).toHaveLength(1);
  });

  test('may be used after a fault, because nothing was taken', async () => {
    await post(
      bank.folder,
      bank.sandbox.url('bnp'),
      'DomesticTransfer',
      envelopeOf(wrap('DomesticTransfer', order({ messageId: 'M1', transfers: [{ id: 'E1' }] }))),
    );
    expect((await bank.order(order({ messageId: 'M1', transfers: [{ id: 'E1' }] }))).status).toBe(200);
  });
});

test('a bank that takes unsigned orders leaves them pending until they are approved', async () => {
  const lenient = await runSandbox({ unsigned: true });
  try {
    const answer = await lenient.ask(
      'DomesticTransfer',
      order({ messageId: 'M1', transfers: [{ id: 'E1' }] }),
    );
    expect(statuses(answer)).toEqual(['PDNG', 'E1 PDNG']);
    await lenient.clock.advance(60_000);
    expect(readLedger(lenient.folder).executions).toEqual([]);
    await lenient.control.approve();
    await lenient.clock.advance(3000);
    expect(readLedger(lenient.folder).executions).toHaveLength(1);
  } finally {
    await lenient.stop();
  }
});
