// Our requests against schemas, and our readers against answers, that nobody of this project's code has seen.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountQuery } from '../../src/bank/channel.ts';
import { openEnvelope } from '../../src/bank/cdc/answers/envelope.ts';
import { readServiceFault } from '../../src/bank/cdc/answers/service-fault.ts';
import { readStatusReport } from '../../src/bank/cdc/answers/status-report.ts';
import { isUnreadable } from '../../src/bank/cdc/answers/unreadable.ts';
import { BNP } from '../../src/bank/cdc/dialects/bnp.ts';
import { dialectNamed } from '../../src/bank/cdc/dialects/dialect-named.ts';
import { composeOrder } from '../../src/bank/cdc/order-message.ts';
import { createQueries } from '../../src/bank/cdc/queries.ts';
import { createSoap } from '../../src/bank/cdc/soap.ts';
import type { Operation } from '../../src/domain/bank-profile.ts';
import { parseDecimal } from '../../src/domain/decimal.ts';
import {
  attachmentIn,
  balancesIn,
  heldAnswer,
  historyAnswer,
  historyIn,
  statementAnswer,
  statementIn,
} from '../bank/cdc/read-answers.ts';
import { createTestClock } from '../test-clock.ts';

const SHARED = process.env.GONIEC_SHARED ?? resolve(import.meta.dirname, '../../../shared');
const CDC = join(SHARED, 'protocols/cdc-wsdl');
const hasShared = existsSync(CDC);
const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;

const header = {
  finInstId: 'ING Bank Śląski',
  partnerId: 'Example Sp. z o.o.',
  passId: 'EXAMPLE WS USER',
  prodId: 'example-client',
  version: 1,
  revision: 1,
};
const account = 'PL60160014620000000000000001';
const QUERIES: AccountQuery[] = [
  { kind: 'balances', account },
  { kind: 'history', account, from: '2026-01-08', to: '2026-01-14' },
  { kind: 'incremental', account, day: '2026-01-15', after: 0 },
  { kind: 'statement', account, day: '2026-01-14', format: 'xml' },
  { kind: 'statement', account, day: '2026-01-14', format: 'pdf' },
];
const OPERATIONS: Operation[] = ['domestic', 'internal', 'internal-foreign-currency', 'sepa', 'foreign'];

describe.skipIf(!hasShared || !hasXmllint)(
  'requests against the schemas of the service (needs xmllint and ../shared)',
  () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'cdc-'));
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    /** The element that xmllint finds at a path, as a document. */
    const cut = (file: string, path: string): string =>
      execFileSync('xmllint', ['--xpath', path, file], { encoding: 'utf8' });

    const validate = (envelope: string, path: string, schema: string): string => {
      writeFileSync(join(folder, 'envelope.xml'), envelope);
      writeFileSync(join(folder, 'part.xml'), cut(join(folder, 'envelope.xml'), path));
      const verdict = spawnSync(
        'xmllint',
        ['--noout', '--nonet', '--schema', join(CDC, schema), join(folder, 'part.xml')],
        { encoding: 'utf8' },
      );
      return verdict.status === 0 ? 'valid' : verdict.stderr;
    };

    const BODY = "/*[local-name()='Envelope']/*[local-name()='Body']/*";

    describe.each(['bnp', 'ing'] as const)('of %s', (name) => {
      const dialect = dialectNamed(name);
      const soap = createSoap(dialect, { header, productName: 'Goniec', productVersion: '1.0' });
      const queries = createQueries(dialect, soap, createTestClock());

      it.each(QUERIES)('are valid for $kind', async (query) => {
        expect(
          validate(await textOf(queries.account(query).request.bytes()), BODY, `${name}/cdc.001.01.xsd`),
        ).toBe('valid');
      });

      it('are valid for a status and for a harmless query', async () => {
        expect(
          validate(await textOf(queries.status('GNC1').request.bytes()), BODY, `${name}/cdc.001.01.xsd`),
        ).toBe('valid');
        expect(
          validate(await textOf(queries.harmless().request.bytes()), BODY, `${name}/cdc.001.01.xsd`),
        ).toBe('valid');
      });

      it.each(OPERATIONS)('are valid for an order: %s', async (operation) => {
        const sample = cut(join(CDC, 'samples/bnp-DomesticTransfer-request.xml'), `${BODY}/*`);
        const document = async function* (): AsyncGenerator<Uint8Array> {
          yield Buffer.from(sample);
        };
        const message = { messageId: 'GNC1', operation, signingTime: new Date(0), document };
        const composed = await textOf(
          composeOrder(message, { dialect, soap, signer: undefined, signed: 'wrapper' }),
        );
        expect(validate(composed, BODY, `${name}/cdc.001.01.xsd`)).toBe('valid');
      });
    });

    it('carry a header block that is valid at ING', async () => {
      const dialect = dialectNamed('ing');
      const soap = createSoap(dialect, { header, productName: 'Goniec', productVersion: '1.0' });
      const envelope = await textOf(
        createQueries(dialect, soap, createTestClock()).harmless().request.bytes(),
      );
      expect(validate(envelope, "/*/*[local-name()='Header']/*", 'ing/mhdr.001.001.01.xsd')).toBe('valid');
    });
  },
);

describe.skipIf(!hasShared)('answers from the samples of the protocol (needs ../shared)', () => {
  const read = async (name: string): Promise<unknown> => {
    const answer = readFileSync(join(CDC, 'samples', name));
    const opened = openEnvelope(answer);
    if (isUnreadable(opened)) return opened;
    if (opened.kind === 'fault') return readServiceFault(opened.document);
    switch (opened.content) {
      case 'CstmrPmtStsRpt':
        return readStatusReport(opened.document);
      case 'RtrAcct':
        return balancesIn(opened.document, BNP);
      case 'BkToCstmrAcctRpt':
        return historyAnswer(heldAnswer(answer), BNP);
      case 'BkToCstmrStmt':
        return statementAnswer(heldAnswer(answer), BNP);
      case 'Rpt':
        return attachmentIn(heldAnswer(answer));
      default:
        return opened;
    }
  };

  it.each<[string, object]>([
    [
      'bnp-DomesticTransfer-response.xml',
      {
        groupStatus: 'PART',
        blocks: [{ transfers: [{ status: 'PDNG' }, { status: 'RJCT', reasons: [{ code: 'E000' }] }] }],
      },
    ],
    [
      'bnp-GetPaymentStatusReport-response.xml',
      { groupStatus: 'PART', blocks: [{ transfers: [{ status: 'ACSP' }, { status: 'RJCT' }] }] },
    ],
    [
      'bnp-GetAccountBalance-response.xml',
      {
        account,
        balances: { currency: 'PLN', available: parseDecimal('12500.40'), booked: parseDecimal('11800.00') },
      },
    ],
    [
      'bnp-GetAccountReport-response.xml',
      {
        complete: true,
        schemaFaults: [],
        entries: [{ number: 7, bookingDay: '2026-01-12', amount: parseDecimal('123.45') }],
      },
    ],
    [
      'bnp-GetStatement-response-xml.xml',
      {
        schemaFaults: [],
        statements: [
          {
            account,
            opening: parseDecimal('11676.55'),
            closing: parseDecimal('11800.00'),
            entrySum: parseDecimal('123.45'),
          },
        ],
      },
    ],
    ['bnp-GetStatement-response-pdf.xml', { content: Buffer.from('%PDF-1.4\n'), warnings: [] }],
    ['fault.xml', { refersTo: 'GST20260115093200001', reasons: [{ code: 'E502' }] }],
  ])('%s is read', async (name, expected) => {
    expect(await read(name)).toMatchObject(expected);
  });

  it('are all read', async () => {
    const names = readdirSync(join(CDC, 'samples')).filter((name) => /response|fault/.test(name));
    expect(names).toHaveLength(7);
    for (const name of names) expect(await read(name)).not.toMatchObject({ kind: 'unreadable' });
  });
});

/** Statements of other banks and library test files, some of them wrong on purpose. */
describe.skipIf(!hasShared)('statements and reports from elsewhere (needs ../shared)', () => {
  const files = ['camt.053', 'camt.053-daily-series', 'camt.052'].flatMap((folder) =>
    hasShared ? readdirSync(join(SHARED, 'samples', folder)).map((name) => join(folder, name)) : [],
  );

  it.each(files)('%s is read, or refused in a sentence', async (name) => {
    const document = readFileSync(join(SHARED, 'samples', name));
    const answer = name.startsWith('camt.052')
      ? await historyIn(document, BNP)
      : await statementIn(document, BNP);
    if (isUnreadable(answer)) expect(answer.reason).not.toBe('');
    else expect(answer.entries.every(({ bookingDay }) => bookingDay !== '')).toBe(true);
  });
});

async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += Buffer.from(piece).toString();
  return text;
}
