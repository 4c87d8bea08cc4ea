// When a file in the outbox has stood still for long enough, however often it is looked at.

import { expect, it } from 'vitest';
import { StillnessTracker } from '../../src/outbound/readiness.ts';

const READINESS = {
  checks: 2,
  checkEveryMs: 500,
  minimumAgeMs: 1_000,
  incompleteAfterMs: 60_000,
  sizeMaxBytes: 1_000_000,
};
const FILE = { name: 'a.xml', kind: 'file', sizeBytes: 10, mtimeMs: 1 } as const;

/** Looks when asked to, and whenever a hint comes; gives the instants of the looks, the last of which found it still. */
function looksUntilStill(hintsMs: readonly number[], fileAt: (ms: number) => object = () => ({})): number[] {
  const tracker = new StillnessTracker(READINESS);
  const looksMs: number[] = [];
  const hints = [...hintsMs];
  for (let nowMs = 0; looksMs.length < 50;) {
    tracker.look([{ ...FILE, ...fileAt(nowMs) }], nowMs);
    looksMs.push(nowMs);
    const found = tracker.stillness(FILE.name, nowMs);
    if (found.kind === 'still') return looksMs;
    const dueMs = nowMs + found.inMs;
    nowMs = hints[0] !== undefined && hints[0] < dueMs ? (hints.shift() ?? dueMs) : dueMs;
  }
  throw new Error(`It was never still: ${looksMs.join(' ')}`);
}

it('a file that nobody touches is still at its least age', () => {
  expect(looksUntilStill([])).toEqual([0, 500, 1_000]);
});

it('a look that a hint brings on does not put off the one that counts', () => {
  expect(looksUntilStill([200])).toEqual([0, 200, 500, 1_000]);
  expect(looksUntilStill([10, 20, 30, 740]).at(-1)).toBe(1_000);
});

it('a file that changes begins anew', () => {
  expect(looksUntilStill([], (ms) => (ms < 1_000 ? {} : { sizeBytes: 11 })).at(-1)).toBe(2_000);
  expect(looksUntilStill([300], (ms) => (ms < 300 ? {} : { mtimeMs: 2 })).at(-1)).toBe(1_300);
});

it('looks in the same breath are one, so that a hint alone makes no file still', () => {
  const tracker = new StillnessTracker({ ...READINESS, minimumAgeMs: 0 });
  for (const ms of [0, 1, 2, 100, 249]) tracker.look([FILE], ms);
  expect(tracker.stillness(FILE.name, 249)).toEqual({ kind: 'look-again', inMs: 251 });
  tracker.look([FILE], 500);
  expect(tracker.stillness(FILE.name, 500)).toMatchObject({ kind: 'still' });
});
