// One number decides a whole run: many files, moods, crashes, failing disks, dates that are set, people.

import { describe, expect, it } from 'vitest';
import { randomId, runCase } from './cases.ts';
import { TIMEOUT_MS } from './depth.ts';
import { digestOf } from './replay.ts';

const SEEDS = Array.from({ length: 8 }, (_, index) => index + 1);

describe('A random world', () => {
  it.for(SEEDS)('comes to a right end: seed %i', { timeout: TIMEOUT_MS }, async (seed) => {
    const { violations } = await runCase(randomId(seed));
    expect(violations).toEqual([]);
  });

  it('runs the same to the byte from the same seed', { timeout: TIMEOUT_MS }, async () => {
    const once = digestOf((await runCase(randomId(3))).run.world);
    expect(digestOf((await runCase(randomId(3))).run.world)).toBe(once);
    expect(digestOf((await runCase(randomId(4))).run.world)).not.toBe(once);
  });
});
