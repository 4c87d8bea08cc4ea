// The main job on real processes: files in, money moved once, outcomes, balances, history and statements out.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EUR_ACCOUNT, KNOWN_PROFILE, Office, OTHER_PLN_ACCOUNT, PLN_ACCOUNT } from './support/office.ts';
import { CREDITOR, paymentFile, singlePayment, TODAY, type Transfer } from './support/payment-file.ts';
import { goniec, removeFolder, startBank, temporaryFolder, until, type Bank } from './support/processes.ts';

let root: string;
let bank: Bank;
let office: Office;

beforeAll(async () => {
  root = await temporaryFolder();
  bank = await startBank(root, '--booking-delay', '1000');
  const accounts = [
    { iban: PLN_ACCOUNT, currency: 'PLN', collect: true },
    { iban: OTHER_PLN_ACCOUNT, currency: 'PLN', collect: true },
    { iban: EUR_ACCOUNT, currency: 'EUR' },
  ];
  office = await Office.open(root, [{ bank, name: 'Bank', accounts, profile: KNOWN_PROFILE }]);
});

afterAll(async () => {
  await office.daemon.stop();
  await bank.service.stop();
  await removeFolder(root);
});

describe.concurrent('A payment file', () => {
  it('with one transfer is settled once and lies readable in the archive', async () => {
    await office.drop('single.xml', singlePayment('single'));
    const status = await office.finalStatus('single');
    expect(status).toContain('<GrpSts>ACSC</GrpSts>');
    expect(status).toContain('<OrgnlMsgId>M-single</OrgnlMsgId>');
    expect(status).toContain('<OrgnlEndToEndId>E-single</OrgnlEndToEndId>');
    expect(office.executions().get('E-single')).toBe(1);
    const folder = (await office.archived()).filter((path) => path.includes('single_'));
    for (const name of [
      'erp_single.xml',
      'part-001.xml',
      'part-001-answer-001.xml',
      'receipt.json',
      'summary.txt',
    ])
      expect(
        folder.some((path) => path.endsWith(name)),
        name,
      ).toBe(true);
  });

  it('with all operations and more transfers than a message takes is split, and every transfer settles once', async () => {
    const many = (prefix: string, count: number, more: Partial<Transfer>): Transfer[] =>
      Array.from({ length: count }, (_, index) => ({ id: `${prefix}${index}`, amount: '1.00', ...more }));
    const file = paymentFile('M-batch', [
      { transfers: [...many('BD', 230, {}), ...many('BI', 10, { iban: OTHER_PLN_ACCOUNT })] },
      {
        debtor: EUR_ACCOUNT,
        transfers: [
          ...many('BS', 5, { currency: 'EUR', iban: 'DE89370400440532013000' }),
          ...many('BF', 5, { currency: 'USD', iban: 'DE89370400440532013000' }),
        ],
      },
    ]);
    await office.drop('batch.xml', file);
    const status = await office.finalStatus('batch');
    expect(status).toContain('<OrgnlNbOfTxs>250</OrgnlNbOfTxs>');
    const executions = office.executions();
    for (const prefix of ['BD0', 'BD229', 'BI9', 'BS4']) expect(executions.get(prefix), prefix).toBe(1);
    expect(status.match(/<TxSts>/g)).toHaveLength(250);
    const parts = (await office.archived()).filter(
      (path) => path.includes('batch_') && /part-\d+\.xml$/.test(path),
    );
    expect(parts).toHaveLength(6);
    expect(status.match(/<TxSts>ACSC<\/TxSts>/g)?.length).toBe(
      [...executions.keys()].filter((id) => /^B[DISF]\d/.test(id)).length,
    );
  });

  it('of which the bank rejects one transfer is told as PART with the reason of the bank', async () => {
    const transfers = [
      { id: 'E-part-good', amount: '5.00' },
      { id: 'E-part-bad', amount: '6.00', text: 'SANDBOX:RJCT' },
    ];
    await office.drop('part.xml', paymentFile('M-part', [{ transfers }]));
    const status = await office.finalStatus('part');
    expect(status).toContain('<GrpSts>PART</GrpSts>');
    expect(status).toMatch(/E-part-bad[\s\S]*?<TxSts>RJCT<\/TxSts>\s*<StsRsnInf>/);
    expect(office.executions().get('E-part-good')).toBe(1);
    expect(office.executions().has('E-part-bad')).toBe(false);
  });

  it('dropped twice with the same bytes is paid once, and the second is told the status of the first', async () => {
    const file = singlePayment('twice');
    await office.drop('twice-a.xml', file);
    await office.finalStatus('twice-a');
    await office.drop('twice-b.xml', file);
    const second = await office.finalStatus('twice-b');
    expect(second).toContain('<GrpSts>ACSC</GrpSts>');
    expect(second.replace(/<\/AddtlInf>\s*<AddtlInf>/g, '')).toContain('was not sent again');
    expect(office.executions().get('E-twice')).toBe(1);
  });

  it('with the MsgId of another is held, told PDNG, shown by status, and decided by a person', async () => {
    await office.drop(
      'held-first.xml',
      paymentFile('M-held', [{ transfers: [{ id: 'E-held-1', amount: '1.00' }] }]),
    );
    await office.finalStatus('held-first');
    await office.drop(
      'held-drop.xml',
      paymentFile('M-held', [{ transfers: [{ id: 'E-held-2', amount: '2.00' }] }]),
    );
    await office.drop(
      'held-send.xml',
      paymentFile('M-held', [{ transfers: [{ id: 'E-held-3', amount: '3.00' }] }]),
    );
    for (const stem of ['held-drop', 'held-send'])
      await until(`${stem} to be told`, async () => (await office.toldAbout(stem)).length === 1);
    const [told] = await office.toldAbout('held-drop');
    expect(await office.read(told ?? '')).toContain('<GrpSts>PDNG</GrpSts>');
    const status = await goniec('status', '--config', office.config);
    expect(status.code).toBe(5);
    expect(status.output).toContain('same-message-id');
    expect(
      (
        await goniec(
          'release',
          'held-drop.xml',
          '--config',
          office.config,
          '--as',
          'settled',
          '--reason',
          'no',
        )
      ).code,
    ).toBe(2);
    expect(
      (
        await goniec(
          'release',
          'held-drop.xml',
          '--config',
          office.config,
          '--as',
          'dropped',
          '--reason',
          'exported twice',
        )
      ).code,
    ).toBe(0);
    expect(
      (
        await goniec(
          'release',
          'held-send.xml',
          '--config',
          office.config,
          '--as',
          'resend',
          '--reason',
          'another payment',
        )
      ).code,
    ).toBe(0);
    expect(await office.finalStatus('held-drop')).toContain('exported twice');
    expect(await office.finalStatus('held-send')).toContain('<GrpSts>ACSC</GrpSts>');
    expect(office.executions().has('E-held-2')).toBe(false);
    expect(office.executions().get('E-held-3')).toBe(1);
  });
});

describe.concurrent('A bad file', () => {
  const bad: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ['not-xml', 'Beneficiary;Amount\nA;1.00\n', /xml|XML|Document/],
    [
      'dtd',
      '<?xml version="1.0"?><!DOCTYPE Document [<!ENTITY a "b">]><Document/>',
      /DOCTYPE|DTD|document type/i,
    ],
    [
      'wrong-sum',
      paymentFile('M-ws', [{ transfers: [{ id: 'E-ws', amount: '1.00' }] }], { sum: '2.00' }),
      /Line 8, [^:]*CtrlSum: CtrlSum says 2\.00/,
    ],
    [
      'wrong-count',
      paymentFile('M-wc', [{ transfers: [{ id: 'E-wc', amount: '1.00' }] }], { count: 7 }),
      /Line 7, [^:]*NbOfTxs: NbOfTxs says 7/,
    ],
    [
      'wrong-iban',
      singlePayment('wi', { iban: 'PL55114000029900000000000023' }),
      /Line 24, .*CdtrAcct\/Id\/IBAN: .*check digits/,
    ],
    [
      'strange-account',
      paymentFile('M-sa', [
        { debtor: 'PL27114020040000300201355387', transfers: [{ id: 'E-sa', amount: '1.00' }] },
      ]),
      /not one of the accounts configured/,
    ],
    [
      'past',
      paymentFile('M-pa', [{ day: '2026-01-05', transfers: [{ id: 'E-pa', amount: '1.00' }] }]),
      /ReqdExctnDt: The execution date lies before today/,
    ],
    [
      'address',
      paymentFile('M-ad', [
        {
          debtor: EUR_ACCOUNT,
          transfers: [
            {
              id: 'E-ad',
              amount: '1.00',
              currency: 'EUR',
              iban: 'DE89370400440532013000',
              address: '<PstlAdr><AdrLine>Somewhere 1</AdrLine></PstlAdr>',
            },
          ],
        },
      ]),
      /unstructured and no longer accepted/,
    ],
    [
      'schema',
      singlePayment('sc').replace('<PmtMtd>TRF</PmtMtd>', '<PmtMtd>CASH</PmtMtd>'),
      /Line 13, .*PmtMtd/,
    ],
    [
      'latin',
      Buffer.from(singlePayment('la', { name: 'Łódź' }).replace(/Łódź/, 'L\xf3d'), 'latin1'),
      /UTF-8|encoding/i,
    ],
  ];

  for (const [stem, content, reason] of bad) {
    it(`(${stem}) is refused with its reason, sent nowhere, and kept`, async () => {
      await office.drop(`bad-${stem}.xml`, content);
      const status = await office.finalStatus(`bad-${stem}`);
      expect(status).toContain('<GrpSts>RJCT</GrpSts>');
      expect(status.replace(/<\/AddtlInf>\s*<AddtlInf>/g, '')).toMatch(reason);
      expect(
        (await office.archived()).some(
          (path) => path.startsWith(join('archive', 'refused')) && path.endsWith(`erp_bad-${stem}.xml`),
        ),
      ).toBe(true);
    });
  }

  it('that never gets its end is reported, stays where it is, and is taken when it is finished', async () => {
    const whole = singlePayment('slow');
    const path = join(root, 'outbox', 'slow.xml');
    await writeFile(path, whole.slice(0, 700));
    await until('the report', () => office.daemon.output.includes('outbox.incomplete'));
    await writeFile(path, whole);
    expect(await office.finalStatus('slow')).toContain('<GrpSts>ACSC</GrpSts>');
  });
});

describe.concurrent('An account', () => {
  it('brings balances, history and statements by itself, a statement also as PDF', async () => {
    for (const pattern of [
      /^camt\.052_.*0001_balance_/,
      /^camt\.052_.*0001_history_/,
      /^camt\.053_.*0001_statement\.xml$/,
      /^camt\.053_.*0001_statement\.pdf$/,
    ])
      await until(String(pattern), async () => (await office.inbox()).some((name) => pattern.test(name)));
    const balance = (await office.inbox()).find((name) => name.includes('0001_balance_')) ?? '';
    expect(await office.read(balance)).toMatch(/ITBD[\s\S]*ITAV|ITAV[\s\S]*ITBD/);
  });

  it('shows an incoming payment once, and two equal fees of one day as two', async () => {
    await bank.control.credit({ account: OTHER_PLN_ACCOUNT, amount: '77.77', text: 'Incoming once' });
    await bank.control.fee({ account: OTHER_PLN_ACCOUNT, amount: '3.33' });
    await bank.control.fee({ account: OTHER_PLN_ACCOUNT, amount: '3.33' });
    const shown = async (amount: string): Promise<number> => {
      const names = (await office.inbox()).filter(
        (name) => name.includes('0002_history_') && !name.includes('copy'),
      );
      const texts = await Promise.all(names.map((name) => office.read(name)));
      return texts.reduce((count, text) => count + text.split(`>${amount}</Amt>`).length - 1, 0);
    };
    await until('the entries', async () => (await shown('77.77')) === 1 && (await shown('3.33')) === 2);
    await bank.control.credit({ account: OTHER_PLN_ACCOUNT, amount: '88.88', text: 'Later' });
    await until('the later entry', async () => (await shown('88.88')) === 1);
    expect([await shown('77.77'), await shown('3.33')]).toEqual([1, 2]);
  });

  it('can be asked for balance, history and statement; a strange account is refused', async () => {
    const ask = (...args: string[]): ReturnType<typeof goniec> =>
      goniec('fetch', ...args, '--config', office.config);
    const statementDay =
      (await office.inbox())
        .flatMap((name) => /^camt\.053_(\d{4}-\d\d-\d\d)_.*0001_statement\.xml$/.exec(name)?.[1] ?? [])
        .at(-1) ?? TODAY;
    const [balance, history, statement, strange] = await Promise.all([
      ask('balance', '--account', PLN_ACCOUNT),
      ask('history', '--account', PLN_ACCOUNT, '--from', statementDay, '--to', TODAY),
      ask('statement', '--account', PLN_ACCOUNT, '--from', statementDay),
      ask('balance', '--account', CREDITOR),
    ]);
    expect(balance.output).toContain('balance_copy');
    expect(history.output).toContain('history_copy');
    expect(statement.output).toContain('statement_copy');
    expect(strange.code).toBe(6);
  });
});

describe('Afterwards', () => {
  it('nothing is left behind, and no transfer was executed twice', async () => {
    await until(
      'everything to be closed',
      async () => (await office.working()).length === 0 && (await office.spooled()).length === 0,
    );
    expect([...office.executions()].filter(([, count]) => count !== 1)).toEqual([]);
    expect((await office.inbox()).filter((name) => name.includes('part'))).toEqual(
      await office.toldAbout('part'),
    );
    expect((await goniec('check', '--config', office.config)).code).toBe(0);
  });

  it('a second instance on the same state is turned away with a sentence, and SIGTERM ends cleanly', async () => {
    const second = await goniec('start', '--config', office.config);
    expect(second.code).toBe(4);
    expect(second.output).not.toMatch(/\n\s+at /);
    expect(await office.daemon.stop()).toBe(0);
    await office.daemon.start();
  });
});
