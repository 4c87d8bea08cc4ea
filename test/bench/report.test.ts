import { describe, expect, it } from 'vitest';
import { holds, memoryAtMost, timesFaster } from '../../bench/bars.ts';
import { MB, type BenchResult, type BenchRun } from '../../bench/bench.ts';
import { failures, markdownReport, terminalTable } from '../../bench/report.ts';

const ours = { ms: 500, peakBytes: 90 * MB };
const peer = { ms: 2_000, peakBytes: 1_000 * MB };
const run = (quick: boolean): BenchRun => ({ quick, rounds: 1, folder: '', say: () => undefined });
const resultOf = (quick: boolean): BenchResult => ({
  rows: [
    {
      what: 'sign',
      ours,
      peer: { name: 'other', ...peer },
      bars: [...timesFaster(run(quick), ours, peer, 8), ...memoryAtMost(ours, 80), holds('digest', false)],
    },
  ],
  notes: ['Said besides.'],
});

describe('the result of a bench', () => {
  it('fails a full run on time, memory and correctness', () => {
    expect(failures(resultOf(false), false)).toEqual([
      'sign: at least 8x',
      'sign: at most 80 MB',
      'sign: digest',
    ]);
  });

  it('fails a quick run on everything but time', () => {
    expect(failures(resultOf(true), true)).toEqual(['sign: at most 80 MB', 'sign: digest']);
    expect(failures(resultOf(false), true)).toEqual(['sign: at most 80 MB', 'sign: digest']);
  });

  it('shows ratio, memory and each bar, on the terminal and as Markdown', () => {
    const lines = terminalTable(resultOf(false)).split('\n');
    expect(lines[1]).toMatch(
      /^sign\s+500 ms\s+other 2\.00 s\s+4\.0x\s+90 MB\s+1000 MB\s+at least 8x: NOT MET; /,
    );
    expect(lines.at(-1)).toBe('Said besides.');
    const markdown = markdownReport(resultOf(false), { command: 'c', day: '2026-11-23', rounds: 5 });
    expect(markdown).toContain('| sign | 500 ms | other 2.00 s | 4.0x | 90 MB | 1000 MB |');
  });
});
