import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { DIGEST_BYTES, DigestCounts } from '../../src/inbound/digest-counts.ts';

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, DIGEST_BYTES);
}

it('counts each digest for itself, however many there are', () => {
  const counts = new DigestCounts();
  for (let number = 0; number < 5_000; number += 1) counts.add(digest(`${number}`), 1 + (number % 3));
  for (let number = 0; number < 5_000; number += 1) {
    const taken = [1, 2, 3, 4].map(() => counts.takeOne(digest(`${number}`)));
    expect(taken.filter(Boolean)).toHaveLength(1 + (number % 3));
  }
  expect(counts.takeOne(digest('another'))).toBe(false);
});

it('adds again what was counted off', () => {
  const counts = new DigestCounts();
  counts.add(digest('a'));
  expect([counts.takeOne(digest('a')), counts.takeOne(digest('a'))]).toEqual([true, false]);
  counts.add(digest('a'), 2);
  expect([counts.takeOne(digest('a')), counts.takeOne(digest('a'))]).toEqual([true, true]);
});
