/** Holds what the ERP format writes against the schemas ISO 20022 published, and what it reads against samples of others. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDecimals, formatDecimal, parseDecimal, ZERO } from '../../src/domain/decimal.ts';
import type { PlannedSubmission } from '../../src/domain/order-event.ts';
import type { StatusToTell } from '../../src/erp/format.ts';
import { createIso20022Format } from '../../src/erp/iso20022/iso20022-format.ts';
import { pain00100103 } from '../../src/iso20022/messages/pain.001.001.03.ts';
import { paymentFile, sourceOf, textOf } from '../erp/iso20022/payment-file.ts';
import type { Recorded } from '../erp/iso20022/recording-sink.ts';
import { record } from '../erp/iso20022/recording-sink.ts';
import { generated } from '../iso20022/support/document-generator.ts';
import { written } from '../iso20022/support/document-tree.ts';
import { Random } from '../iso20022/support/random.ts';
import { schemaOf, sharedFolder, verdicts, whyNotHere } from '../iso20022/support/xmllint.ts';

const reason = whyNotHere();
const format = createIso20022Format();
const IBAN = 'PL61109010140000071219812874';
const CREATED = new Date('2026-11-23T10:15:00Z');
const common = { messageId: 'G1', createdAt: CREATED, account: IBAN, currency: 'PLN', copy: true };

describe.skipIf(reason !== undefined)(
  `the ERP format${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'goniec-erp-'));
    });
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    function expectValid(message: string, documents: readonly (string | Uint8Array)[]): void {
      expect(verdicts(schemaOf(message), documents, folder)).toEqual(documents.map(() => true));
    }

    test('writes valid status reports, whatever the ids, codes and texts', async () => {
      const awkward = [
        '',
        'E',
        'E502',
        'AC01',
        'x'.repeat(35),
        'ż'.repeat(36),
        '\u0001<&>',
        '\u{1F600}'.repeat(400),
      ];
      const reports = awkward.map((text): StatusToTell => {
        const reasons = [{ code: text, texts: awkward }];
        const transfers = (['RCVD', 'PDNG', 'ACTC', 'ACCP', 'ACSP', 'ACWC', 'ACSC', 'RJCT'] as const).map(
          (status) => ({
            instructionId: text,
            endToEndId: text,
            status,
            reasons,
          }),
        );
        return {
          messageId: 'S1',
          createdAt: CREATED,
          erp: { messageId: text, messageName: text, transferCount: 8, controlSum: text },
          fileName: text,
          groupStatus: 'PART',
          groupReasons: reasons,
          blocks: [{ paymentInformationId: text, transfers }],
        };
      });
      expectValid(
        'pain.002.001.03',
        await Promise.all(reports.map(async (one) => Buffer.from(await textOf(format.composeStatus(one))))),
      );
    });

    test('writes valid balances, history and requests', async () => {
      const amounts = [undefined, parseDecimal('-0.01'), parseDecimal('9999999999999.99'), ZERO];
      const balances = amounts.map((amount) =>
        format.composeBalances({ ...common, booked: amount, available: amount }),
      );
      const sample = readFileSync(join(sharedFolder, 'samples/camt.052/camt052.v2.xml'), 'utf8');
      const entries = (sample.match(/<Ntry>[^]*?<\/Ntry>/g) ?? []).map((entry) => Buffer.from(entry));
      expect(entries.length).toBeGreaterThan(0);
      const history = Buffer.concat(
        await Array.fromAsync(
          format.composeHistory({ ...common, from: '2026-11-01', to: '2026-11-23', entries }),
        ),
      );
      expectValid('camt.052.001.02', [...balances, history]);
      const requests = (['balance', 'history', 'statement'] as const).map((kind) =>
        format.composeRequest({
          ...common,
          kind,
          from: kind === 'balance' ? undefined : '2026-11-01',
          to: kind === 'balance' ? undefined : '2026-11-23',
        }),
      );
      expectValid('camt.060.001.03', requests);
    });

    test('cuts valid documents out of any valid file', async () => {
      const random = new Random(3);
      const documents: string[] = [];
      for (let round = 0; round < 25; round++) {
        const file = written(
          generated(pain00100103, { optional: random.below(50) }, random),
          pain00100103.namespace,
        );
        const read = await record(sourceOf(file));
        expect(read.verdict.faults).toEqual([]);
        const name = random.percent(50) ? 'GONIEC' : undefined;
        const { document } = format.cut(sourceOf(file, 3000), everySecond(read), CREATED, {
          initiatingPartyName: name,
        });
        documents.push(await textOf(document()));
      }
      const prefixed = paymentFile({
        prefix: 'ns0:',
        blocks: [{ id: 'P', transfers: [{ endToEndId: 'E', amount: '1' }] }],
      });
      const read = await record(sourceOf(prefixed));
      const { document } = format.cut(sourceOf(prefixed), everySecond(read), CREATED, {
        initiatingPartyName: undefined,
      });
      expectValid('pain.001.001.03', [...documents, await textOf(document())]);
    });

    const samples = reason === undefined ? readdirSync(join(sharedFolder, 'samples/pain.001')) : [];
    test.each(samples)('reads %s as it is, and cuts it', async (name) => {
      const bytes = readFileSync(join(sharedFolder, 'samples/pain.001', name));
      const read = await record(sourceOf(bytes, 500));
      const { messageName = '', faults, complete } = read.verdict;
      expect(complete).toBe(true);
      expect(verdicts(schemaOf(messageName), [bytes], folder)).toEqual([faults.length === 0]);
      const text = bytes.toString('utf8');
      expect(read.blocks).toHaveLength(text.split('<PmtInf>').length - 1);
      expect(read.transfers.map((transfer) => transfer.endToEndId.value)).toEqual(
        [...text.matchAll(/<EndToEndId>(.*?)</g)].map(([, id]) => id),
      );
      expect(read.transfers.map((transfer) => formatDecimal(transfer.amount.value))).toEqual(
        [...text.matchAll(/<InstdAmt[^>]*>(.*?)</g)].map(([, amount]) => amount),
      );
      const conversion = await format.convert(sourceOf(bytes));
      expect(conversion.kind).toBe(messageName === 'pain.001.001.03' ? 'as-is' : 'impossible');
      if (conversion.kind !== 'as-is') return;
      const { document } = format.cut(sourceOf(bytes), everySecond(read), CREATED, {
        initiatingPartyName: 'GONIEC',
      });
      expectValid('pain.001.001.03', [await textOf(document())]);
    });

    test('says of the version 9 sample that its supplementary data cannot be sent', async () => {
      const bytes = readFileSync(join(sharedFolder, 'samples/pain.001/pain001-v09.xml'));
      const conversion = await format.convert(sourceOf(bytes));
      const faults = conversion.kind === 'impossible' ? conversion.faults : [];
      expect(faults.map(({ path }) => path.split('/').at(-1))).toEqual(
        Array.from({ length: 5 }, () => 'SplmtryData'),
      );
    });

    test('converts the version 9 sample to a valid version 3 once that is gone', async () => {
      const text = readFileSync(join(sharedFolder, 'samples/pain.001/pain001-v09.xml'), 'utf8');
      const conversion = await format.convert(
        sourceOf(text.replace(/<SplmtryData>[^]*?<\/SplmtryData>/g, '')),
      );
      if (conversion.kind !== 'converted') throw new Error(JSON.stringify(conversion));
      expectValid('pain.001.001.03', [await textOf(conversion.bytes)]);
    });
  },
);

/** A plan with the first, third, fifth ... transfer of each block. */
function everySecond(read: Recorded): PlannedSubmission {
  const blocks = read.blocks.map(({ index }) => {
    const own = read.transfers.filter(({ block }) => block === index).filter((_, k) => k % 2 === 0);
    return {
      block: index,
      paymentInformationId: `PART${index}`,
      executionDate: '2026-11-23',
      transfers: own.map((transfer) => [transfer.index, transfer.index] as const),
      count: own.length,
      controlSum: formatDecimal(own.map(({ amount }) => amount.value).reduce(addDecimals, ZERO)),
    };
  });
  const sum = blocks.map(({ controlSum }) => parseDecimal(controlSum) ?? ZERO).reduce(addDecimals, ZERO);
  return {
    part: 1,
    messageId: 'G01TEST001',
    bank: 'bnp',
    operation: 'domestic',
    count: blocks.reduce((count, block) => count + block.count, 0),
    controlSum: formatDecimal(sum),
    blocks,
  };
}
