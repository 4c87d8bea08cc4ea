import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShownEntry } from '../../src/domain/account-event.ts';
import type { ListedEntry } from '../../src/domain/entry.ts';
import { isNew, shownAs } from '../../src/domain/entry-identity.ts';
import { decimal } from './sketches.ts';

const DAY = '2026-11-23';

interface EntrySketch {
  /** The bank's own id; undefined where it gives none that lasts. */
  readonly id?: string | undefined;
  readonly content?: string;
  readonly amount?: string;
  readonly direction?: 'credit' | 'debit';
  readonly day?: string;
  readonly status?: string;
}

function entry({
  id,
  content = 'fee',
  amount = '1.00',
  direction = 'debit',
  day = DAY,
  status = 'BOOK',
}: EntrySketch): ListedEntry {
  return {
    bookingDay: day,
    number: undefined,
    amount: decimal(amount),
    currency: 'PLN',
    direction,
    reversal: false,
    status,
    identity:
      id === undefined
        ? { rung: 'content', value: content, stable: false }
        : { rung: 'TxId', value: id, stable: true },
    references: [],
    place: { from: 0, to: 0, scope: undefined, after: undefined },
  };
}

/** What the ERP has been shown, as the journal would count it. */
class Shown {
  readonly identities: ShownEntry[] = [];

  take(entries: readonly ListedEntry[], wholeDay = true): ListedEntry[] {
    const left = this.identities.map((one) => JSON.stringify(one));
    const before = {
      takeOne: (wanted: ShownEntry) => {
        const found = left.indexOf(JSON.stringify(wanted));
        if (found >= 0) left.splice(found, 1);
        return found >= 0;
      },
    };
    const fresh = entries.filter((one) => isNew(one, shownAs(one), before, wholeDay));
    this.identities.push(...fresh.map(shownAs));
    return fresh;
  }
}

describe('entries', () => {
  it('that are equal stay two', () => {
    const fees = [entry({}), entry({})];
    expect(new Shown().take(fees)).toEqual(fees);
  });

  it('that overlap with an earlier download are not shown again', () => {
    const shown = new Shown();
    const [a, b, c] = [entry({ id: 'a' }), entry({ id: 'b' }), entry({ id: 'c' })];
    expect(shown.take([a, b])).toEqual([a, b]);
    expect(shown.take([a, b, c])).toEqual([c]);
    expect(shown.take([c, b, a])).toEqual([]);
  });

  it('that are equal show only how many are new when the whole day comes again', () => {
    const shown = new Shown();
    expect(shown.take([entry({}), entry({})])).toHaveLength(2);
    expect(shown.take([entry({}), entry({}), entry({})])).toHaveLength(1);
    expect(shown.take([entry({})])).toHaveLength(0);
  });

  it('after a cursor are new although an equal one lies before it', () => {
    const shown = new Shown();
    shown.take([entry({})]);
    expect(shown.take([entry({})], false)).toHaveLength(1);
    expect(shown.take([entry({}), entry({})])).toHaveLength(0);
  });

  it('after a cursor are known by an id that lasts', () => {
    const shown = new Shown();
    shown.take([entry({ id: 'a' })]);
    expect(shown.take([entry({ id: 'a' }), entry({ id: 'b' })], false)).toEqual([entry({ id: 'b' })]);
  });

  it('of one id but another amount, direction, status or day are different entries', () => {
    const shown = new Shown();
    shown.take([entry({ id: 'a' })]);
    for (const other of [
      { amount: '2.00' },
      { direction: 'credit' },
      { status: 'PDNG' },
      { day: '2026-11-24' },
    ] as const)
      expect(shown.take([entry({ id: 'a', ...other })]), JSON.stringify(other)).toHaveLength(1);
  });

  it('are the same whether the amount is written 12.5 or 12.50', () => {
    const shown = new Shown();
    shown.take([entry({ amount: '12.50' })]);
    expect(shown.take([entry({ amount: '12.5' })])).toEqual([]);
  });

  it('are each shown once, however the days are cut into downloads', () => {
    const anyEntry = fc.record({
      id: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
      content: fc.constantFrom('fee', 'rent'),
      amount: fc.constantFrom('1.00', '2.00'),
    });
    fc.assert(
      fc.property(
        fc.array(anyEntry, { maxLength: 15 }),
        fc.array(fc.nat(15), { maxLength: 5 }),
        (sketches, cuts) => {
          const day = sketches.map(entry);
          const shown = new Shown();
          const seen = cuts.toSorted((a, b) => a - b).flatMap((cut) => shown.take(day.slice(0, cut)));
          seen.push(...shown.take(day));
          expect(seen).toHaveLength(day.length);
          expect(shown.take(day)).toEqual([]);
        },
      ),
    );
  });
});
