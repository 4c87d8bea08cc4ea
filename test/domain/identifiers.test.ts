import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bankMessageId, cutBlockId, isUlid, ulid, ulidTimeMs } from '../../src/domain/identifiers.ts';
import { ORDER_ID } from './sketches.ts';

const anyRandom = fc.uint8Array({ minLength: 10, maxLength: 10 });
const anyInstant = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe('order ids', () => {
  it('are 26 letters and digits a person can read aloud', () => {
    fc.assert(
      fc.property(anyInstant, anyRandom, (nowMs, random) => {
        expect(isUlid(ulid(nowMs, random))).toBe(true);
      }),
    );
  });

  it('sort by time', () => {
    fc.assert(
      fc.property(anyInstant, anyInstant, anyRandom, anyRandom, (a, b, first, second) => {
        fc.pre(a < b);
        expect(ulid(a, first) < ulid(b, second)).toBe(true);
      }),
    );
  });

  it('differ whenever a bit of chance differs', () => {
    fc.assert(
      fc.property(anyInstant, anyRandom, anyRandom, (nowMs, first, second) => {
        fc.pre(Buffer.compare(Buffer.from(first), Buffer.from(second)) !== 0);
        expect(ulid(nowMs, first)).not.toBe(ulid(nowMs, second));
      }),
    );
  });

  it('say when they were drawn', () => {
    fc.assert(
      fc.property(anyInstant, anyRandom, (nowMs, random) => {
        expect(ulidTimeMs(ulid(nowMs, random))).toBe(nowMs);
      }),
    );
  });

  it('hold the time in their first ten characters', () => {
    expect(ulid(0, new Uint8Array(10))).toBe('00000000000000000000000000');
    expect(ulid(2 ** 48 - 1, new Uint8Array(10).fill(255))).toBe('7ZZZZZZZZZZZZZZZZZZZZZZZZZ');
    expect(ulid(-5, new Uint8Array(10))).toBe('00000000000000000000000000');
  });

  it.each([
    '',
    ORDER_ID.toLowerCase(),
    `8${ORDER_ID.slice(1)}`,
    `${ORDER_ID}0`,
    ORDER_ID.slice(1),
    ORDER_ID.replace('J', 'I'),
  ])('are not "%s"', (text) => {
    expect(isUlid(text)).toBe(false);
  });
});

describe('ids the bank sees', () => {
  it('are letters and digits, at most 35, and differ by part', () => {
    const ids = Array.from({ length: 2_000 }, (_, part) => bankMessageId('GNCX', ORDER_ID, part + 1));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of [...ids, bankMessageId('GNCX', ORDER_ID, 99_999)])
      expect(id).toMatch(/^[A-Za-z0-9]{1,35}$/);
  });

  it('of cut blocks are letters and digits, at most 35, and never alike within an order', () => {
    const number = fc.integer({ min: 0, max: 36 ** 4 - 1 });
    fc.assert(
      fc.property(number, number, number, number, (part, block, otherPart, otherBlock) => {
        const id = cutBlockId(ORDER_ID, part, block);
        expect(id).toMatch(/^[A-Z0-9]{1,35}$/);
        expect(id.startsWith(ORDER_ID)).toBe(true);
        expect(cutBlockId(ORDER_ID, otherPart, otherBlock) === id).toBe(
          part === otherPart && block === otherBlock,
        );
      }),
    );
  });

  it('of cut blocks do not read alike when part and block share their digits', () => {
    const part = parseInt('1B2', 36);
    expect(cutBlockId(ORDER_ID, part, 3)).not.toBe(cutBlockId(ORDER_ID, 1, parseInt('2B3', 36)));
  });
});
