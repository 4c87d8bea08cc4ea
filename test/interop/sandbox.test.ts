/** Holds what the sandbox bank answers, and the certificates it makes, against schemas and programs nobody here wrote. */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schemaOf, sharedFolder, verdicts, whyNotHere } from '../iso20022/support/xmllint.ts';
import type { Answer } from '../sandbox/support/bank-client.ts';
import { faultCode, post, wrap } from '../sandbox/support/bank-client.ts';
import {
  ACCOUNT,
  balanceQuery,
  ELSEWHERE,
  EURO,
  order,
  reportQuery,
  statementQuery,
  statusQuery,
} from '../sandbox/support/documents.ts';
import type { RunningSandbox } from '../sandbox/support/running-sandbox.ts';
import { runSandbox } from '../sandbox/support/running-sandbox.ts';
import type { Dialect } from '../../src/sandbox/operations.ts';

const reason = whyNotHere();
const WSDL = join(sharedFolder, 'protocols', 'cdc-wsdl');

describe.skipIf(reason !== undefined)(
  `the sandbox's answers${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let bank: RunningSandbox;
    beforeAll(async () => {
      bank = await runSandbox({ historyDays: 5 });
      const odd = { name: 'Ząb &lt;i&gt; Spółka', remittance: 'ó'.repeat(140) };
      await bank.order(
        order({
          messageId: 'M1',
          sum: '30.00',
          transfers: [
            { id: 'E1', ...odd },
            { id: 'E2', name: 'SANDBOX:RJCT' },
            { id: 'E3', amount: '10.00' },
          ],
        }),
      );
      await bank.order(order({ messageId: 'M2', count: '5', transfers: [{ id: 'E4' }] }));
      await bank.order(
        order({
          messageId: 'M3',
          debtor: EURO,
          transfers: [{ id: 'E5', currency: 'EUR', account: 'DE89370400440532013000' }],
        }),
        'SEPATransfer',
      );
      await bank.order(
        order({
          messageId: 'M4',
          debtor: EURO,
          transfers: [{ id: 'E6', currency: 'EUR', account: '12345 67', bic: 'COBADEFFXXX' }],
        }).replace('<IBAN>12345 67</IBAN>', '<Othr><Id>12345 67</Id></Othr>'),
        'ForeignTransfer',
      );
      await bank.control.credit({
        account: ACCOUNT,
        amount: '1.00',
        text: 'Wpłata <&> ] ]]>',
        debtorName: 'Żółć',
        endToEndId: 'NOTPROVIDED',
      });
      await bank.control.fee({ account: ACCOUNT, amount: '2.00' });
      await bank.clock.advance(24 * 3_600_000);
    });
    afterAll(() => bank.stop());

    /** The one element in the body, as a document of its own: nothing in it uses a name from outside. */
    const contentOf = (answer: Answer): string => {
      const content = /<soap:Body>(.*)<\/soap:Body>/su.exec(answer.body)?.[1];
      if (content === undefined) throw new Error(`No body in ${answer.body}`);
      return content;
    };
    const inner = (answer: Answer): string => /<Document .*<\/Document>/su.exec(answer.body)?.[0] ?? '';

    const QUERIES: readonly (readonly [string, string])[] = [
      ['GetAccountBalance', balanceQuery()],
      ['GetAccountBalance', balanceQuery(EURO, [])],
      ['GetAccountReport', reportQuery({ from: '2026-02-20', to: '2026-03-03' })],
      ['GetAccountReport', reportQuery({ from: '2026-02-20', to: '2026-03-03', account: EURO })],
      ['GetAccountReport', reportQuery({ from: '2020-01-01' })],
      ['GetStatement', statementQuery('2026-03-02')],
      ['GetStatement', statementQuery('2026-03-02', 'XML', EURO)],
      ['GetStatement', statementQuery('2026-02-27', 'PDF')],
      ['GetPaymentStatusReport', statusQuery('M1')],
      ['GetPaymentStatusReport', statusQuery('M2')],
      ['GetPaymentStatusReport', statusQuery('M4')],
    ];

    test.each<Dialect>(['bnp', 'ing'])('are valid in the dialect of %s', async (dialect) => {
      const queries = [
        ...QUERIES,
        [
          'GetIncrementalAccountReport',
          dialect === 'bnp' ? reportQuery({ from: '2026-03-02', after: 1 }) : reportQuery({ after: 3 }),
        ] as const,
      ];
      const answers = await Promise.all(
        queries.map(([operation, query]) => bank.ask(operation, query, dialect)),
      );
      expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
      const schema = join(WSDL, dialect, 'cdc.001.01.xsd');
      expect(verdicts(schema, answers.map(contentOf), join(bank.folder, `valid-${dialect}`))).toEqual(
        answers.map(() => true),
      );
    });

    test('are valid by the published ISO schemas where those have what the bank sends', async () => {
      const folder = join(bank.folder, 'iso');
      const documents = async (operation: string, query: string): Promise<string[]> => [
        inner(await bank.ask(operation, query, 'ing')),
      ];
      expect(
        verdicts(
          schemaOf('camt.052.001.02'),
          await documents('GetAccountReport', reportQuery({ from: '2026-02-20', to: '2026-03-03' })),
          folder,
        ),
      ).toEqual([true]);
      expect(
        verdicts(
          schemaOf('camt.053.001.02'),
          await documents('GetStatement', statementQuery('2026-03-02')),
          folder,
        ),
      ).toEqual([true]);
      expect(
        verdicts(
          schemaOf('pain.002.001.03'),
          await documents('GetPaymentStatusReport', statusQuery('M1')),
          folder,
        ),
      ).toEqual([true]);
    });

    test('and its faults are valid, whatever is wrong', async () => {
      const wrong = balanceQuery().replace(
        '<CtrPtyTp>MULT</CtrPtyTp>',
        `<CtrPtyTp>${'x'.repeat(500)}</CtrPtyTp><Much/>`,
      );
      const answers = await Promise.all([
        bank.ask('GetAccountBalance', balanceQuery(ELSEWHERE)),
        bank.ask('GetAccountBalance', wrong),
        bank.ask('GetAccountBalance', '<Document/>'),
        bank.ask('GetStatement', statementQuery('2026-03-01')),
        bank.ask('Nothing', ''),
        bank.ask('DomesticTransfer', order({ messageId: 'M9', transfers: [{ id: 'E9' }] })),
        post(bank.folder, bank.sandbox.url('bnp'), 'GetStatement', '\u0000'),
      ]);
      expect(answers.map(faultCode)).toEqual(['E201', 'E102', 'E102', 'E502', 'E103', 'E301', 'E101']);
      expect(
        verdicts(
          join(WSDL, 'common', 'tsmt.016.001.03.xsd'),
          answers.map(inner),
          join(bank.folder, 'faults'),
        ),
      ).toEqual(answers.map(() => true));
    });

    test('come to every sample request of the protocol that the sandbox offers', async () => {
      const samples = readdirSync(join(WSDL, 'samples')).filter((name) =>
        /-(request|signed-proposed)\.xml$/.test(name),
      );
      const codes = await Promise.all(
        samples.map(async (name) => {
          const operation = name.split('-')[1] ?? '';
          const dialect = name.startsWith('ing') ? 'ing' : 'bnp';
          const body = readFileSync(join(WSDL, 'samples', name), 'utf8');
          return [name, faultCode(await post(bank.folder, bank.sandbox.url(dialect), operation, body))];
        }),
      );
      expect(Object.fromEntries(codes)).toEqual({
        'bnp-DomesticTransfer-request.xml': 'E301',
        'bnp-DomesticTransfer-signed-proposed.xml': 'E302',
        'bnp-GetAccountBalance-request.xml': undefined,
        'bnp-GetAccountReport-request.xml': undefined,
        'bnp-GetIncrementalAccountReport-request.xml': undefined,
        'bnp-GetPaymentStatusReport-request.xml': 'E404',
        'bnp-GetStatement-request.xml': 'E502',
        'ing-GetAccountBalance-request.xml': 'E201',
        'ing-GetIncrementalAccountReport-request.xml': 'E201',
      });
    });

    test('come over TLS with certificates that openssl accepts for what they are for', () => {
      const verify = (name: string, purpose: string): number | null =>
        spawnSync('openssl', [
          'verify',
          '-CAfile',
          join(bank.folder, 'ca.pem'),
          '-purpose',
          purpose,
          join(bank.folder, `${name}.pem`),
        ]).status;
      expect(verify('server', 'sslserver')).toBe(0);
      expect(verify('client', 'sslclient')).toBe(0);
      expect(verify('signing', 'any')).toBe(0);
      expect(verify('signing', 'sslclient')).not.toBe(0);
      expect(verify('stranger', 'sslserver')).not.toBe(0);
    });

    test('and requests the tests send are valid, so that they test what they say', () => {
      const requests = [
        ...QUERIES,
        ['DomesticTransfer', order({ messageId: 'M1', transfers: [{ id: 'E1' }] })] as const,
      ];
      const wrappers = requests.map(([operation, document]) => wrap(operation, document));
      expect(verdicts(join(WSDL, 'bnp', 'cdc.001.01.xsd'), wrappers, join(bank.folder, 'requests'))).toEqual(
        wrappers.map(() => true),
      );
    });
  },
);
