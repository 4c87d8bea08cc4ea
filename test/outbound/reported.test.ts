import { describe, expect, it } from 'vitest';
import type { StatusReport } from '../../src/bank/channel.ts';
import { isRejectedWhole } from '../../src/outbound/reported.ts';
import { planOf } from '../domain/sketches.ts';

type Blocks = StatusReport['blocks'];

/** A plan of two transfers in one block. */
const PLAN = planOf();

function transfers(...statuses: readonly string[]): Blocks[number]['transfers'] {
  return statuses.map((status, index) => ({
    instructionId: undefined,
    endToEndId: `E2E-${index}`,
    status,
    reasons: [],
  }));
}

function block(status: string | undefined, ...statuses: readonly string[]): Blocks[number] {
  return { paymentInformationId: 'PMT-1', status, reasons: [], transfers: transfers(...statuses) };
}

describe('a report rejects the whole message', () => {
  it.each<[string, string | undefined, Blocks, boolean]>([
    ['RJCT for all', 'RJCT', [], true],
    ['another word for all', 'ACCP', [block('RJCT')], false],
    ['no word for all, every block rejected', undefined, [block('RJCT')], true],
    ['no word at all', undefined, [], false],
    ['PART with every transfer rejected', 'PART', [block(undefined, 'RJCT', 'RJCT')], true],
    ['PART with its only block rejected', 'PART', [block('RJCT')], true],
    ['PART with one transfer left unnamed', 'PART', [block(undefined, 'RJCT')], false],
    ['PART with one transfer accepted', 'PART', [block(undefined, 'RJCT', 'ACSC')], false],
    ['PART about another block', 'PART', [{ ...block('RJCT'), paymentInformationId: 'PMT-9' }], false],
  ])('or not: %s', (_, groupStatus, blocks, whole) => {
    const report = { originalMessageId: PLAN.messageId, groupStatus, groupReasons: [], blocks };
    expect(isRejectedWhole(report, PLAN)).toBe(whole);
  });
});
