import { describe, expect, it } from 'vitest';
import { continuityFlags, standingFlags } from '../../src/domain/continuity.ts';
import { decimal } from './sketches.ts';

function flags(
  opening: string | undefined,
  entrySum: string,
  closing: string | undefined,
  last?: string,
): string[] {
  const optional = (text: string | undefined): ReturnType<typeof decimal> | undefined =>
    text === undefined ? undefined : decimal(text);
  return continuityFlags(
    { opening: optional(opening), closing: optional(closing), entrySum: decimal(entrySum) },
    last,
  );
}

describe('a statement', () => {
  it('that joins the last one and adds up has no flags', () => {
    expect(flags('100.00', '-25.5', '74.50', '100')).toEqual([]);
  });

  it('that is the first needs no last one', () => {
    expect(flags('100.00', '0', '100.00')).toEqual([]);
  });

  it('of an overdrawn account adds up too', () => {
    expect(flags('-5.00', '-10.00', '-15.00', '-5.00')).toEqual([]);
  });

  it('that does not join the last one says both balances', () => {
    expect(flags('100.00', '0', '100.00', '99.99')).toEqual([
      'The opening balance 100.00 is not the last closing balance 99.99: a statement may be missing.',
    ]);
  });

  it('that does not add up says by how much it should', () => {
    expect(flags('100.00', '1.00', '100.00')).toEqual([
      'Opening balance and entries give 101.00, but the closing balance says 100.00.',
    ]);
  });

  it('without balances says so instead of guessing', () => {
    expect(flags(undefined, '1.00', undefined, '5.00')).toEqual([
      'The statement has no opening booked balance.',
      'The statement has no closing booked balance.',
    ]);
  });

  it('may have several flags at once', () => {
    expect(flags('1.00', '1.00', '3.00', '0.00')).toHaveLength(2);
  });
});

describe('the flags of a statement', () => {
  const sums = { opening: decimal('5.00'), closing: decimal('9.00'), entrySum: decimal('1.00') };

  it('tell of a gap until the statement that was missing has come, and of sums for ever', () => {
    const flags = continuityFlags(sums, '3.00');
    expect(flags).toHaveLength(2);
    expect(standingFlags(flags, '5.00', '3.00')).toEqual(flags);
    expect(standingFlags(flags, '5.00', '5.0')).toEqual([expect.stringContaining('closing balance says')]);
    expect(standingFlags(flags, '5.00', undefined)).toEqual(flags);
  });
});
