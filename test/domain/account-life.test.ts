import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountEvent, EntrySource } from '../../src/domain/account-event.ts';
import {
  evolveAccount,
  missing,
  neighbour,
  NEW_ACCOUNT,
  type AccountState,
  type Fetch,
  type FetchPolicy,
} from '../../src/domain/account-life.ts';
import { addDays, daysBetween } from '../../src/domain/calendar.ts';
import { ANSWER, START } from './sketches.ts';

/** A Thursday. */
const TODAY = '2026-11-26';
const POLICY: FetchPolicy = { today: TODAY, since: '2026-11-19', historySpanDays: 7, pdf: false };

function stateAfter(...events: readonly AccountEvent[]): AccountState {
  return events.reduce(
    (state, event) => evolveAccount(state, { sequence: 1, at: START, event }),
    NEW_ACCOUNT,
  );
}

const history = (day: string, finished: boolean, cursor = 0): AccountEvent => ({
  type: 'history-delivered',
  day,
  cursor,
  finished,
  file: undefined,
  entries: [],
});
const statement = (day: string, opening = '0.00', closing = '0.00'): AccountEvent => ({
  type: 'statement-delivered',
  day,
  statementId: day,
  file: `${day}.xml`,
  sha256: 'aa',
  opening,
  closing,
  flags: [],
});
const none = (day: string): AccountEvent => ({ type: 'no-statement', day, code: 'E502' });
const pdf = (day: string): AccountEvent => ({
  type: 'statement-document-delivered',
  day,
  file: `${day}.pdf`,
  sha256: 'aa',
});

function statementDays(state: AccountState, policy: Partial<FetchPolicy> = {}): string[] {
  return missing(state, 'statement', { ...POLICY, ...policy }).map((fetch) =>
    'day' in fetch ? fetch.day : '',
  );
}

describe('balances', () => {
  it('are asked for whenever it is time', () => {
    expect(missing(NEW_ACCOUNT, 'balance', POLICY)).toEqual([{ kind: 'balance' }]);
    const delivered = {
      type: 'balances-delivered',
      file: 'b.xml',
      available: '1',
      booked: '1',
      currency: 'PLN',
    } as const;
    expect(missing(stateAfter(delivered), 'balance', POLICY)).toEqual([{ kind: 'balance' }]);
  });
});

describe('history', () => {
  it('of a new account starts at the first day of interest and ends with what is new today', () => {
    expect(missing(NEW_ACCOUNT, 'history', POLICY)).toEqual([
      { kind: 'history', from: '2026-11-19', to: '2026-11-25' },
      { kind: 'incremental', day: TODAY, after: 0 },
    ]);
  });

  it('missed during a pause is fetched in spans the bank allows, oldest first', () => {
    expect(missing(stateAfter(history('2026-11-08', true)), 'history', POLICY)).toEqual([
      { kind: 'history', from: '2026-11-09', to: '2026-11-15' },
      { kind: 'history', from: '2026-11-16', to: '2026-11-22' },
      { kind: 'history', from: '2026-11-23', to: '2026-11-25' },
      { kind: 'incremental', day: TODAY, after: 0 },
    ]);
  });

  it('goes on today after the last number delivered', () => {
    const state = stateAfter(history('2026-11-25', true), history(TODAY, false, 7), history(TODAY, false, 9));
    expect(missing(state, 'history', POLICY)).toEqual([{ kind: 'incremental', day: TODAY, after: 9 }]);
  });

  it('begins again at number one on a new day, fetches yesterday whole and looks at the days before it again', () => {
    const state = stateAfter(history('2026-11-25', true), history(TODAY, false, 9));
    expect(missing(state, 'history', { ...POLICY, today: '2026-11-27' })).toEqual([
      { kind: 'history', from: '2026-11-23', to: TODAY },
      { kind: 'incremental', day: '2026-11-27', after: 0 },
    ]);
  });

  it('is not fetched again when an older day is finished later', () => {
    const state = stateAfter(history('2026-11-25', true), history('2026-11-20', true));
    expect(missing(state, 'history', POLICY)).toEqual([{ kind: 'incremental', day: TODAY, after: 0 }]);
  });

  it('asks only for today when the date was set back', () => {
    const state = stateAfter(history('2026-11-25', true));
    expect(missing(state, 'history', { ...POLICY, today: '2026-11-20' })).toEqual([
      { kind: 'incremental', day: '2026-11-20', after: 0 },
    ]);
  });

  it('skips no day of a pause although the first day of interest has moved on since', () => {
    const [first] = missing(stateAfter(history('2026-11-08', true)), 'history', { ...POLICY, since: TODAY });
    expect(first).toMatchObject({ from: '2026-11-09' });
  });

  it('never goes back before the first day of interest', () => {
    const [first] = missing(stateAfter(history('2026-11-19', true)), 'history', POLICY);
    expect(first).toMatchObject({ from: '2026-11-19' });
  });

  it('goes on from yesterday when the clock was once far ahead', () => {
    const state = stateAfter(history('2031-01-01', true));
    expect(missing(state, 'history', POLICY)).toEqual([{ kind: 'incremental', day: TODAY, after: 0 }]);
  });

  it('covers every missing day once, after the last known ones again, in spans no longer than the bank allows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 1, max: 40 }),
        (pauseDays, historySpanDays) => {
          const through = addDays(TODAY, -1 - pauseDays);
          const fetches = missing(stateAfter(history(through, true)), 'history', {
            ...POLICY,
            historySpanDays,
          });
          const spans = fetches.filter(
            (fetch): fetch is Extract<Fetch, { kind: 'history' }> => fetch.kind === 'history',
          );
          // Never before the first day of interest, unless a day after the last known one lies there.
          const floor = [POLICY.since, addDays(through, 1)].sort()[0] ?? '';
          const from = [addDays(through, -2), floor].sort()[1] ?? '';
          expect(spans.flatMap((span) => daysBetween(span.from, span.to))).toEqual(
            pauseDays === 0 ? [] : daysBetween(from, addDays(TODAY, -1)),
          );
          for (const span of spans)
            expect(daysBetween(span.from, span.to).length).toBeLessThanOrEqual(historySpanDays);
        },
      ),
    );
  });
});

describe('statements', () => {
  it('of all days since the first are fetched, weekends too, but not of today', () => {
    expect(statementDays(NEW_ACCOUNT)).toEqual(daysBetween('2026-11-19', '2026-11-25'));
  });

  it('that were delivered are not fetched again', () => {
    const state = stateAfter(...daysBetween('2026-11-19', '2026-11-24').map((day) => statement(day)));
    expect(statementDays(state)).toEqual(['2026-11-25']);
  });

  it('missed during a pause are all fetched, the oldest first', () => {
    const state = stateAfter(statement('2026-10-30'));
    expect(statementDays(state)).toEqual(daysBetween('2026-10-31', '2026-11-25'));
  });

  it('missing between others are fetched', () => {
    const days = daysBetween('2026-11-19', '2026-11-25').filter((day) => day !== '2026-11-20');
    expect(statementDays(stateAfter(...days.map((day) => statement(day))))).toEqual(['2026-11-20']);
  });

  it('of days before the first known one are fetched when the first day of interest was moved back', () => {
    const state = stateAfter(...daysBetween('2026-11-19', '2026-11-25').map((day) => statement(day)));
    expect(statementDays(state, { since: '2026-11-17' })).toEqual(['2026-11-17', '2026-11-18']);
  });

  describe('that the bank says it has none of', () => {
    const rest = (without: string): AccountEvent[] =>
      daysBetween('2026-11-19', '2026-11-25')
        .filter((day) => day !== without)
        .map((day) => statement(day, '1.00', '2.00'));

    it('are asked for again on a business day', () => {
      expect(statementDays(stateAfter(...rest('2026-11-24'), none('2026-11-24')))).toEqual(['2026-11-24']);
    });

    it('are asked for again on a weekend too, because instant transfers are booked on every day', () => {
      expect(statementDays(stateAfter(...rest('2026-11-21'), none('2026-11-21')))).toEqual(['2026-11-21']);
    });

    it('are asked for again when a later statement shows that one is missing, for a week from that one', () => {
      const state = stateAfter(
        statement('2026-11-01', '1.00', '5.00'),
        ...daysBetween('2026-11-02', '2026-11-23').map(none),
        statement('2026-11-24', '5.01', '6.00'),
      );
      const missed = daysBetween('2026-11-02', '2026-11-23');
      expect(statementDays(state, { since: '2026-11-01', today: '2026-11-25' })).toEqual(missed);
      expect(statementDays(state, { since: '2026-11-01', today: '2026-12-01' }).slice(0, 1)).toEqual([
        '2026-11-02',
      ]);
      const given = statementDays(state, { since: '2026-11-01', today: '2026-12-02' });
      expect(given.filter((day) => day < '2026-11-24')).toEqual([]);
    });

    it('are done with when balances join that are written with other decimals', () => {
      const joined = [
        statement('2026-11-23', '1.00', '5.50'),
        none('2026-11-24'),
        statement('2026-11-25', '5.5', '6.00'),
      ];
      expect(statementDays(stateAfter(...joined), { since: '2026-11-23' })).toEqual([]);
    });

    it('are not asked for again once the balances before and after join', () => {
      const joined = [
        statement('2026-11-23', '1.00', '5.00'),
        none('2026-11-24'),
        statement('2026-11-25', '5.00', '6.00'),
      ];
      expect(statementDays(stateAfter(...joined), { since: '2026-11-23' })).toEqual([]);
      const gap = [
        statement('2026-11-23', '1.00', '5.00'),
        none('2026-11-24'),
        statement('2026-11-25', '5.01', '6.00'),
      ];
      expect(statementDays(stateAfter(...gap), { since: '2026-11-23' })).toEqual(['2026-11-24']);
    });

    it('are given up after a week', () => {
      const state = stateAfter(
        none('2026-11-19'),
        ...daysBetween('2026-11-20', '2026-11-26').map((day) => statement(day)),
      );
      expect(statementDays(state, { today: '2026-11-26' })).toEqual(['2026-11-19']);
      expect(statementDays(state, { today: '2026-11-27' })).toEqual([]);
    });

    it('stay delivered when they were', () => {
      const state = stateAfter(statement('2026-11-24', '1.00', '2.00'), none('2026-11-24'));
      expect(state.statements.get('2026-11-24')).toMatchObject({ outcome: 'delivered', closing: '2.00' });
    });

    it('are delivered when they come after all', () => {
      const state = stateAfter(none('2026-11-24'), statement('2026-11-24'));
      expect(state.statements.get('2026-11-24')?.outcome).toBe('delivered');
    });
  });

  it('are fetched as PDF too, where that is wanted, once', () => {
    const state = stateAfter(
      statement('2026-11-24'),
      none('2026-11-21'),
      statement('2026-11-25'),
      pdf('2026-11-24'),
    );
    const policy = { ...POLICY, since: '2026-11-24', pdf: true };
    expect(missing(state, 'statement', policy).filter(({ kind }) => kind === 'statement-document')).toEqual([
      { kind: 'statement-document', day: '2026-11-25' },
    ]);
    expect(
      missing(state, 'statement', { ...policy, pdf: false }).filter(
        ({ kind }) => kind === 'statement-document',
      ),
    ).toEqual([]);
  });

  it('as PDF of an unknown day are no statement', () => {
    expect(stateAfter(pdf('2026-11-24')).statements.size).toBe(0);
  });
});

describe('a booking that contradicts what was told', () => {
  const booked = (source: EntrySource, ...contradictions: string[]): AccountEvent => ({
    type: 'transfers-booked',
    source,
    transfers: contradictions.map((contradiction) => ({ order: 'o', transfer: 0, contradiction })),
  });

  it('stays for a person to see, once for both sources', () => {
    const state = stateAfter(
      booked('history', 'A was paid twice.'),
      booked('statement', 'A was paid twice.', 'B.'),
    );
    expect(state.contradictions).toEqual(['A was paid twice.', 'B.']);
  });

  it('is none for an expected booking', () => {
    const expected: AccountEvent = {
      type: 'transfers-booked',
      source: 'history',
      transfers: [{ order: 'o', transfer: 0 }],
    };
    expect(stateAfter(expected)).toEqual(NEW_ACCOUNT);
  });
});

describe('an answer that was kept', () => {
  const fetch: Fetch = { kind: 'statement', day: '2026-11-24' };
  const kept: AccountEvent = { type: 'answer-kept', query: JSON.stringify(fetch), answer: ANSWER };

  it('waits with its question and its time until it is delivered', () => {
    expect(stateAfter(kept).pending).toEqual({ fetch, answer: ANSWER, advanced: 0, at: START, sequence: 1 });
  });

  it.each([
    ['a statement', statement('2026-11-24')],
    ['a PDF', pdf('2026-11-24')],
    ['history', history('2026-11-24', true)],
    ['history of today', history(TODAY, false, 3)],
    [
      'balances',
      { type: 'balances-delivered', file: 'b', available: undefined, booked: undefined, currency: 'PLN' },
    ],
    ['nothing, because it was dropped', { type: 'answer-dropped', reason: 'unreadable' }],
    ['no statement', none('2026-11-24')],
  ] as const)('waits no longer once it became %s', (_, event) => {
    expect(stateAfter(kept, event).pending).toBeUndefined();
  });

  it('that was dropped leaves its day missing', () => {
    expect(statementDays(stateAfter(kept, { type: 'answer-dropped', reason: 'x' }))).toContain('2026-11-24');
  });
});

describe('the neighbour of a day', () => {
  const state = stateAfter(
    statement('2026-11-25'),
    statement('2026-11-19'),
    none('2026-11-23'),
    statement('2026-11-20'),
  );

  it('is the nearest delivered statement before or after it', () => {
    expect(neighbour(state, '2026-11-23', -1)?.day).toBe('2026-11-20');
    expect(neighbour(state, '2026-11-23', 1)?.day).toBe('2026-11-25');
    expect(neighbour(state, '2026-11-20', -1)?.day).toBe('2026-11-19');
    expect(neighbour(state, '2026-11-19', -1)).toBeUndefined();
    expect(neighbour(state, '2026-11-25', 1)).toBeUndefined();
  });
});
