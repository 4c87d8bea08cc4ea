import { describe, expect, it } from 'vitest';
import type { BenchRun } from '../../bench/bench.ts';
import { interleaved, median } from '../../bench/rounds.ts';

const run: BenchRun = { quick: false, rounds: 3, folder: '', say: () => undefined };

describe('rounds', () => {
  it('run the programs in turn, and leave out what is not there', async () => {
    const order: string[] = [];
    const program = (name: string) => async () => {
      order.push(name);
      return { ms: order.length, peakBytes: 10 * order.length };
    };
    const samples = await interleaved(run, { a: program('a'), b: program('b'), c: undefined });
    expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
    expect(samples).toEqual({ a: { ms: 3, peakBytes: 50 }, b: { ms: 4, peakBytes: 60 }, c: undefined });
  });

  it('take the middle of the times, whatever one round had to wait for', () => {
    expect(median([5, 900, 4])).toBe(5);
    expect(median([1, 2, 3, 10])).toBe(2.5);
  });
});
