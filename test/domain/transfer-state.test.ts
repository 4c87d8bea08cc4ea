import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StatusRun } from '../../src/domain/order-event.ts';
import { isFinal, transferStatus, type TransferStatus } from '../../src/domain/status.ts';
import {
  businessStatuses,
  contradictions,
  extendRuns,
  indexesOf,
  saysMore,
  toRuns,
  type TransferState,
} from '../../src/domain/transfer-state.ts';

const CODES: readonly TransferStatus[] = ['RCVD', 'PDNG', 'ACTC', 'ACCP', 'ACSP', 'ACWC', 'ACSC', 'RJCT'];
const WHY = [{ code: 'AC04', texts: ['Account closed.'] }];

function states(...codes: (TransferStatus | undefined)[]): Map<number, TransferState> {
  return new Map(
    codes.flatMap((code, index) =>
      code === undefined ? [] : [[index, { status: code, reasons: [] }] as const],
    ),
  );
}

function run(status: TransferStatus, from: number, to = from, reasons: StatusRun['reasons'] = []): StatusRun {
  return { transfers: [[from, to]], status, reasons };
}

function codesOf(found: ReadonlyMap<number, TransferState>, count: number): (string | undefined)[] {
  return Array.from({ length: count }, (_, index) => found.get(index)?.status);
}

describe('a newer word', () => {
  it('replaces one that is not final, forward or back', () => {
    expect(codesOf(businessStatuses(states('PDNG', 'ACSP'), [run('ACCP', 0, 1)]), 2)).toEqual([
      'ACCP',
      'ACCP',
    ]);
  });

  it('never replaces a final one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<TransferStatus[]>('ACSC', 'RJCT'),
        fc.constantFrom(...CODES),
        (final, later) => {
          expect(codesOf(businessStatuses(states(final), [run(later, 0)]), 1)).toEqual([final]);
        },
      ),
    );
  });

  it('leaves the states before it as they were', () => {
    const before = states('PDNG');
    businessStatuses(before, [run('ACSC', 0)]);
    expect(codesOf(before, 1)).toEqual(['PDNG']);
  });

  it('contradicts only when both are final and differ', () => {
    expect(contradictions(states('ACSC', 'RJCT', 'PDNG', undefined), [run('RJCT', 0, 3)])).toEqual([0]);
    expect(contradictions(states('ACSC', 'RJCT'), [run('PDNG', 0, 1)])).toEqual([]);
  });

  it('says more when a transfer, its status or its reasons are new', () => {
    expect(saysMore(states(undefined), [run('PDNG', 0)])).toBe(true);
    expect(saysMore(states('PDNG'), [run('ACSP', 0)])).toBe(true);
    expect(saysMore(states('PDNG'), [run('PDNG', 0, 0, WHY)])).toBe(true);
    expect(saysMore(states('PDNG', 'ACSC'), [run('PDNG', 0), run('RJCT', 1)])).toBe(false);
    expect(saysMore(states('PDNG'), [])).toBe(false);
  });
});

describe('runs of indexes', () => {
  it('are put together and taken apart without loss', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 })), (found) => {
        const rising = found.toSorted((a, b) => a - b);
        const runs: [number, number][] = [];
        for (const index of rising) extendRuns(runs, index);
        expect([...indexesOf(runs)]).toEqual(rising);
        for (const [at, [from]] of runs.entries())
          expect(from).toBeGreaterThan((runs[at - 1]?.[1] ?? -2) + 1);
      }),
    );
  });

  it('of states hold every transfer once, alike ones together', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...CODES)), (codes) => {
        const runs = toRuns(codes.map((status, index) => [index, { status, reasons: [] }] as const));
        expect(new Set(runs.map(({ status }) => status)).size).toBe(runs.length);
        expect(codesOf(businessStatuses(new Map(), runs), codes.length)).toEqual(codes);
      }),
    );
  });
});

describe('codes', () => {
  it('are final only when the bank will say nothing more', () => {
    expect(CODES.filter(isFinal)).toEqual(['ACSC', 'RJCT']);
  });

  it('are known in capitals only, and no property of an object is one', () => {
    for (const code of CODES) expect(transferStatus(code)).toBe(code);
    for (const code of ['PART', 'acsc', 'toString', '__proto__', ''])
      expect(transferStatus(code)).toBeUndefined();
  });
});
