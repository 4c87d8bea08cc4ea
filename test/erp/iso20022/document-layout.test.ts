import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BankTerms, Operation } from '../../../src/domain/bank-profile.ts';
import { PlanBuilder } from '../../../src/domain/split.ts';
import type { PlannedSubmission } from '../../../src/domain/order-event.ts';
import type { ByteSource, PaymentLayout } from '../../../src/erp/format.ts';
import { createIso20022Format } from '../../../src/erp/iso20022/iso20022-format.ts';
import type { BlockSketch } from './payment-file.ts';
import { bankTerms, ORDER_ID } from '../../domain/sketches.ts';
import { paymentFile, sourceOf, textOf } from './payment-file.ts';

const format = createIso20022Format();
const CREATED = new Date('2026-11-23T10:15:00Z');
const EDITS = { initiatingPartyName: 'FABRYKA' };

interface Planned {
  readonly submissions: readonly PlannedSubmission[];
  readonly layout: PaymentLayout | undefined;
}

/** Reads a file and plans it, by two operations in turns that `operationOf` chooses. */
async function planned(
  source: ByteSource,
  terms: BankTerms,
  operationOf: (index: number) => Operation,
): Promise<Planned> {
  const plan = new PlanBuilder();
  let block: Parameters<PlanBuilder['add']>[0]['block'] | undefined;
  const { layout, faults } = await format.read(source, {
    group: () => undefined,
    block: (facts) => {
      block = facts;
    },
    transfer: (transfer) => {
      if (block !== undefined) plan.add({ terms, operation: operationOf(transfer.index), block, transfer });
    },
    blockEnd: () => undefined,
  });
  expect(faults).toEqual([]);
  return { submissions: plan.plan(ORDER_ID), layout };
}

/** What a store of the file's bytes gives of its ranges. */
function ranged(bytes: Uint8Array, layout: PaymentLayout, submission: PlannedSubmission): ByteSource {
  return async function* () {
    for (const { from, to } of layout.rangesOf(submission)) yield bytes.subarray(from, to);
  };
}

function sizeOf(layout: PaymentLayout, submission: PlannedSubmission): number {
  return layout.rangesOf(submission).reduce((sum, { from, to }) => sum + to - from, 0);
}

const noise = fc.constantFrom('', '', '<!-- a < b -->', '<?erp x="1 > 0"?>', '\n\t ', '<!--1-->\n<!--2-->');
const transfer = fc.record({
  endToEndId: fc.constantFrom('E1', '<![CDATA[E<2>]]>', 'E&amp;3', 'E<!-- c -->4'),
  amount: fc.constantFrom('1.00', '0.01', '20', '<![CDATA[3.5]]>'),
  extra: noise,
});
const file = fc.record({
  blocks: fc.array(
    fc.record({
      id: fc.constantFrom('P', 'P<!-- x -->Q', 'PmtInf'),
      transfers: fc.array(transfer, { minLength: 1, maxLength: 6 }),
      count: fc.constantFrom(undefined, '7'),
      sum: fc.constantFrom(undefined, '1.5'),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  prefix: fc.constantFrom('', 'ns0:'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  controlSum: fc.constantFrom(undefined, '9.00'),
});

/** Noise between the pieces, where nothing of it may reach a part. */
function noisy(text: string, between: string): string {
  return text.replace(/<(\/?)((?:ns0:)?(?:CdtTrfTxInf|PmtInf|GrpHdr))>/g, (tag, end: string) =>
    end === '' ? between + tag : tag + between,
  );
}

describe('a part cut from its ranges', () => {
  it('has the bytes that cutting it from the whole file gives, whatever the file looks like', async () => {
    await fc.assert(
      fc.asyncProperty(
        file,
        noise,
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream(fc.boolean()),
        async (sketch, between, transfersPerMessageMax, choices) => {
          const blocks = sketch.blocks.map(({ count, sum, ...block }): BlockSketch => ({
            ...block,
            ...(count === undefined ? {} : { count }),
            ...(sum === undefined ? {} : { sum }),
          }));
          const { controlSum, ...shape } = sketch;
          const text = noisy(
            paymentFile({ ...shape, blocks, ...(controlSum === undefined ? {} : { controlSum }) }),
            between,
          );
          const source = sourceOf(text, 1 + (text.length % 97));
          const terms = bankTerms({ rules: { transfersPerMessageMax } });
          const { submissions, layout } = await planned(source, terms, () =>
            choices.next().value === true ? 'domestic' : 'foreign',
          );
          if (layout === undefined) throw new Error('no layout');
          const found = await format.layout(source);
          for (const submission of submissions) {
            const whole = format.cut(source, submission, CREATED, EDITS);
            const ranges = ranged(Buffer.from(text), layout, submission);
            const part = format.cutRanges(ranges, submission, CREATED, EDITS);
            expect(part.edits).toEqual(whole.edits);
            expect(await textOf(part.document())).toBe(await textOf(whole.document()));
            expect(found.rangesOf(submission)).toEqual(layout.rangesOf(submission));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('needs no more of the file than its transfers and the headers', async () => {
    const transfers = Array.from({ length: 500 }, (_, n) => ({ endToEndId: `E${n}`, amount: '1' }));
    const text = paymentFile({ blocks: [{ id: 'P', transfers }] });
    const terms = bankTerms({ rules: { transfersPerMessageMax: 10 } });
    const { submissions, layout } = await planned(sourceOf(text), terms, () => 'domestic');
    expect(submissions).toHaveLength(50);
    for (const submission of submissions) {
      if (layout === undefined) throw new Error('no layout');
      expect(layout.rangesOf(submission).length).toBeLessThanOrEqual(4);
      expect(sizeOf(layout, submission)).toBeLessThan(text.length / 20);
    }
  });

  it('of a file in another encoding lies where it lies in UTF-8', async () => {
    const text = paymentFile({
      declaration: '<?xml version="1.0" encoding="iso-8859-1"?>',
      blocks: [{ id: 'P', transfers: [{ endToEndId: 'Ä', amount: '1' }, { endToEndId: 'Ö', amount: '2' }] }],
    }).replace(/[ŁłźóŻ]/g, 'é'); // prettier-ignore
    const source = sourceOf(Buffer.from(text, 'latin1'), 100);
    const conversion = await format.convert(source);
    if (conversion.kind !== 'converted') throw new Error(conversion.kind);
    const converted = Buffer.from(await textOf(conversion.bytes));
    expect(converted.toString()).toContain('<EndToEndId>Ö</EndToEndId>');
    const terms = bankTerms({ rules: { transfersPerMessageMax: 1 } });
    const { submissions, layout } = await planned(source, terms, () => 'domestic');
    for (const submission of submissions) {
      if (layout === undefined) throw new Error('no layout');
      const part = format.cutRanges(ranged(converted, layout, submission), submission, CREATED, EDITS);
      const whole = format.cut(source, submission, CREATED, EDITS);
      expect(await textOf(part.document())).toBe(await textOf(whole.document()));
    }
  });

  it('is refused where the ranges are those of other bytes', async () => {
    const transfers = [{ endToEndId: 'E1', amount: '1.50' }, { endToEndId: 'E2', amount: '2.50' }]; // prettier-ignore
    const text = paymentFile({ blocks: [{ id: 'P', transfers }] });
    const terms = bankTerms({ rules: { transfersPerMessageMax: 1 } });
    const { submissions, layout } = await planned(sourceOf(text), terms, () => 'domestic');
    const [first] = submissions;
    if (layout === undefined || first === undefined) throw new Error('no layout');
    for (const other of [text.replace('1.50', '2.50'), `${' '.repeat(200)}${text}`]) {
      const part = format.cutRanges(ranged(Buffer.from(other), layout, first), first, CREATED, EDITS);
      await expect(textOf(part.document())).rejects.toThrow('has changed');
    }
  });

  it('is not to be had where the plan is of another file', async () => {
    const transfers = [{ endToEndId: 'E1', amount: '1' }, { endToEndId: 'E2', amount: '2' }]; // prettier-ignore
    const terms = bankTerms({ rules: { transfersPerMessageMax: 5 } });
    const two = await planned(sourceOf(paymentFile({ blocks: [{ id: 'P', transfers }] })), terms, () => 'domestic'); // prettier-ignore
    const one = paymentFile({ blocks: [{ id: 'P', transfers: transfers.slice(1) }] });
    const [submission] = two.submissions;
    if (submission === undefined) throw new Error('no plan');
    const layout = await format.layout(sourceOf(one));
    expect(() => layout.rangesOf(submission)).toThrow('has changed');
  });
});
