import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../src/domain/bank-profile.ts';
import {
  addDecimals,
  compareDecimals,
  formatDecimal,
  parseDecimal,
  ZERO,
  type Decimal,
} from '../../src/domain/decimal.ts';
import type { PlannedSubmission } from '../../src/domain/order-event.ts';
import { PlanBuilder } from '../../src/domain/split.ts';
import { indexesOf } from '../../src/domain/transfer-state.ts';
import { bankTerms, decimal, ORDER_ID, placed } from './sketches.ts';

interface Sketch {
  readonly bank: string;
  readonly operation: Operation;
  readonly amount: Decimal;
}

function build(blocks: readonly (readonly Sketch[])[], transfersPerMessageMax: number): PlannedSubmission[] {
  const builder = new PlanBuilder();
  let index = 0;
  blocks.forEach((transfers, number) => {
    for (const { bank, operation, amount } of transfers) {
      builder.add({
        terms: bankTerms({ name: bank, rules: { transfersPerMessageMax } }),
        operation,
        block: {
          index: number,
          paymentInformationId: placed(`PMT-${number}`),
          executionDate: placed(`2026-12-0${(number % 9) + 1}`),
          debtorAccount: undefined,
        },
        transfer: { index, amount: placed(amount) },
      });
      index += 1;
    }
  });
  return builder.plan(ORDER_ID);
}

const anySketch = fc.record({
  bank: fc.constantFrom('one', 'two'),
  operation: fc.constantFrom<Operation[]>('domestic', 'sepa', 'foreign'),
  amount: fc.record({
    coefficient: fc.bigInt({ min: 1n, max: 10n ** 12n }),
    scale: fc.integer({ min: 0, max: 3 }),
  }),
});
const anyFile = fc.array(fc.array(anySketch, { minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 6,
});
const anyLimit = fc.integer({ min: 1, max: 5 });

function holds(
  check: (plan: PlannedSubmission[], file: readonly (readonly Sketch[])[], limit: number) => void,
): void {
  fc.assert(
    fc.property(anyFile, anyLimit, (file, limit) => {
      check(build(file, limit), file, limit);
    }),
  );
}

describe('any plan', () => {
  it('has every transfer in exactly one part, in its own block, in file order', () => {
    holds((plan, file) => {
      const blockOf = file.flatMap((transfers, block) => transfers.map(() => block));
      const found = plan.flatMap(({ blocks }) =>
        blocks.flatMap(({ block, transfers }) =>
          [...indexesOf(transfers)].map((index) => ({ index, block })),
        ),
      );
      expect(found.toSorted((a, b) => a.index - b.index)).toEqual(
        blockOf.map((block, index) => ({ index, block })),
      );
      for (const { blocks } of plan) {
        const indexes = blocks.flatMap(({ transfers }) => [...indexesOf(transfers)]);
        expect(indexes).toEqual(indexes.toSorted((a, b) => a - b));
      }
    });
  });

  it('keeps the bank and the operation of every transfer', () => {
    holds((plan, file) => {
      const sketches = file.flat();
      for (const { bank, operation, blocks } of plan) {
        for (const index of blocks.flatMap(({ transfers }) => [...indexesOf(transfers)]))
          expect(sketches[index]).toMatchObject({ bank, operation });
      }
    });
  });

  it("keeps the bank's limit and wastes no message", () => {
    holds((plan, file, limit) => {
      for (const { count } of plan) expect(count).toBeLessThanOrEqual(limit);
      const ways = Map.groupBy(file.flat(), ({ bank, operation }) => `${bank} ${operation}`);
      for (const [way, transfers] of ways) {
        const parts = plan.filter(({ bank, operation }) => `${bank} ${operation}` === way);
        expect(parts).toHaveLength(Math.ceil(transfers.length / limit));
      }
    });
  });

  it('counts and adds up exactly, by part and by block', () => {
    holds((plan, file) => {
      const sketches = file.flat();
      const sumOf = (indexes: readonly number[]): Decimal =>
        indexes.reduce((sum, index) => addDecimals(sum, sketches[index]?.amount ?? ZERO), ZERO);
      for (const part of plan) {
        const all = part.blocks.flatMap(({ transfers }) => [...indexesOf(transfers)]);
        expect(part.count).toBe(all.length);
        expect(compareDecimals(parseDecimal(part.controlSum) ?? ZERO, sumOf(all))).toBe(0);
        for (const block of part.blocks) {
          const indexes = [...indexesOf(block.transfers)];
          expect(block.count).toBe(indexes.length);
          expect(block.controlSum).toBe(formatDecimal(sumOf(indexes)));
        }
      }
    });
  });

  it('leaves the id of a whole block and gives a cut one a new id in every part', () => {
    holds((plan) => {
      const pieces = Map.groupBy(
        plan.flatMap(({ blocks }) => blocks),
        ({ block }) => block,
      );
      for (const [block, found] of pieces) {
        const ids = found.map(({ paymentInformationId }) => paymentInformationId);
        if (found.length === 1) expect(ids).toEqual([`PMT-${block}`]);
        else for (const id of ids) expect(id).toMatch(/^[A-Z0-9]{1,35}$/);
      }
    });
  });

  it('gives every message and every block an id of its own', () => {
    holds((plan) => {
      const messageIds = plan.map(({ messageId }) => messageId);
      const blockIds = plan.flatMap(({ blocks }) =>
        blocks.map(({ paymentInformationId }) => paymentInformationId),
      );
      expect(new Set(messageIds).size).toBe(messageIds.length);
      expect(new Set(blockIds).size).toBe(blockIds.length);
      expect(plan.map(({ part }) => part)).toEqual(plan.map((_, position) => position + 1));
    });
  });

  it('is the same each time it is asked for', () => {
    holds((plan, file, limit) => {
      expect(build(file, limit)).toEqual(plan);
    });
  });
});

describe('a plan', () => {
  const one = { bank: 'one', operation: 'domestic', amount: decimal('1.00') } as const;
  const abroad = { ...one, operation: 'foreign' } as const;

  it('keeps a block together through which another operation runs', () => {
    const plan = build([[one, abroad, one]], 100);
    expect(plan.map(({ operation, blocks }) => [operation, blocks[0]?.transfers])).toEqual([
      [
        'domestic',
        [
          [0, 0],
          [2, 2],
        ],
      ],
      ['foreign', [[1, 1]]],
    ]);
  });

  it('is empty for a file without transfers', () => {
    expect(build([], 100)).toEqual([]);
  });

  it('keeps the execution date of each block', () => {
    const [part] = build([[one], [one]], 100);
    expect(part?.blocks.map(({ executionDate }) => executionDate)).toEqual(['2026-12-01', '2026-12-02']);
  });
});
