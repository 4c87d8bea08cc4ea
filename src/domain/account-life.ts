// What is known of an account's history and statements, and what is still to be fetched: computed, never scheduled, so that
// a day missed while down is fetched like any other.

import type { AccountEvent } from './account-event.ts';
import { addDays, daysBetween } from './calendar.ts';
import { standingFlags } from './continuity.ts';
import { compareDecimals, parseDecimal } from './decimal.ts';
import type { KeptAnswer } from './order-event.ts';

/** Kinds of things an account is asked for; each has its own schedule and its own failures. */
export type Kind = 'balance' | 'history' | 'statement';

/** What the bank is to be asked next. `key` is the query's name in the journal. */
export type Fetch =
  | { readonly kind: 'balance' }
  | { readonly kind: 'history'; readonly from: string; readonly to: string }
  | { readonly kind: 'incremental'; readonly day: string; readonly after: number }
  | { readonly kind: 'statement'; readonly day: string }
  | { readonly kind: 'statement-document'; readonly day: string };

export interface StatementKnown {
  readonly day: string;
  readonly outcome: 'delivered' | 'none';
  readonly opening: string | undefined;
  readonly closing: string | undefined;
  readonly document: boolean;
}

export interface AccountState {
  /** An answer that is on our disk but not yet in the inbox. */
  readonly pending:
    | {
        readonly fetch: Fetch;
        readonly answer: KeptAnswer;
        readonly at: string;
        /** Of the record that it is kept: unlike the instant, no two answers share it. */
        readonly sequence: number;
        /** So many of its fresh entries are on record already. */
        readonly advanced: number;
      }
    | undefined;
  /** All operations up to and including this day are in the inbox. */
  readonly historyThrough: string | undefined;
  /** Within the day that is not finished: the last daily number delivered. */
  readonly cursor: { readonly day: string; readonly number: number } | undefined;
  /** By day. */
  readonly statements: ReadonlyMap<string, StatementKnown>;
  /** What a person should know of statements and histories that were delivered, oldest first. */
  readonly flagged: readonly Flagged[];
  /** Bookings that are not what the ERP was told, or that come a second time; sentences for a person, oldest first. */
  readonly contradictions: readonly string[];
}

/** Sentences about what was delivered of one day; the opening balance is that of a statement. */
interface Flagged {
  readonly day: string;
  readonly opening: string | undefined;
  readonly flags: readonly string[];
}

/** A record of an account's stream. */
export interface AccountRecord {
  readonly sequence: number;
  readonly at: string;
  readonly event: AccountEvent;
}

export const NEW_ACCOUNT: AccountState = {
  pending: undefined,
  historyThrough: undefined,
  cursor: undefined,
  statements: new Map(),
  flagged: [],
  contradictions: [],
};

/** How many finished days are asked about again with each new one; what was shown is not shown again. */
const LATE_BOOKING_DAYS = 3;

/**
 * A day without a statement is asked about again for this long: banks are late more often than days are empty. Saturdays
 * and Sundays too, because instant transfers are booked on every day.
 */
const NO_STATEMENT_RECHECK_DAYS = 7;

export function evolveAccount(state: AccountState, { event, at, sequence }: AccountRecord): AccountState {
  switch (event.type) {
    case 'answer-kept':
      return {
        ...state,
        pending: { fetch: JSON.parse(event.query) as Fetch, answer: event.answer, at, sequence, advanced: 0 },
      };
    case 'delivery-advanced':
      return state.pending === undefined
        ? state
        : { ...state, pending: { ...state.pending, advanced: event.entries } };
    case 'answer-dropped':
    case 'balances-delivered':
      return { ...state, pending: undefined };
    case 'history-delivered':
      return {
        ...state,
        pending: undefined,
        flagged: withFlags(state, event.day, undefined, event.flags),
        ...(event.finished
          ? { historyThrough: later(state.historyThrough, event.day) }
          : { cursor: { day: event.day, number: event.cursor } }),
      };
    case 'transfers-booked': {
      // History and statement each show the entry, and each finds the same.
      const found = event.transfers
        .flatMap(({ contradiction }) => contradiction ?? [])
        .filter((sentence) => !state.contradictions.includes(sentence));
      return found.length === 0 ? state : { ...state, contradictions: [...state.contradictions, ...found] };
    }
    case 'statement-delivered': {
      const known = {
        day: event.day,
        outcome: 'delivered',
        opening: event.opening,
        closing: event.closing,
        document: false,
      } as const;
      return {
        ...state,
        pending: undefined,
        statements: new Map(state.statements).set(event.day, known),
        flagged: withFlags(state, event.day, event.opening, event.flags),
      };
    }
    case 'statement-document-delivered': {
      const known = state.statements.get(event.day);
      if (known === undefined) return { ...state, pending: undefined };
      return {
        ...state,
        pending: undefined,
        statements: new Map(state.statements).set(event.day, { ...known, document: true }),
      };
    }
    case 'no-statement': {
      // What was delivered stays delivered, whatever the bank says later.
      if (state.statements.get(event.day)?.outcome === 'delivered') return { ...state, pending: undefined };
      const known = {
        day: event.day,
        outcome: 'none',
        opening: undefined,
        closing: undefined,
        document: false,
      } as const;
      return { ...state, pending: undefined, statements: new Map(state.statements).set(event.day, known) };
    }
  }
}

function withFlags(
  { flagged }: AccountState,
  day: string,
  opening: string | undefined,
  flags: readonly string[] | undefined,
): readonly Flagged[] {
  return flags === undefined || flags.length === 0 ? flagged : [...flagged, { day, opening, flags }];
}

/** Sentences that begin with their day, oldest first; a gap before a statement that has closed since is not among them. */
export function flagsNow(state: AccountState): string[] {
  return state.flagged.flatMap(({ day, opening, flags }) =>
    standingFlags(flags, opening, neighbour(state, day, -1)?.closing).map((flag) => `${day}: ${flag}`),
  );
}

export interface FetchPolicy {
  /** Today in the bank's zone. */
  readonly today: string;
  /** First day of interest when nothing is known yet. */
  readonly since: string;
  readonly historySpanDays: number;
  readonly pdf: boolean;
}

/** Everything of one kind that is missing now, oldest first. */
export function missing(state: AccountState, kind: Kind, policy: FetchPolicy): Fetch[] {
  switch (kind) {
    case 'balance':
      return [{ kind: 'balance' }];
    case 'history':
      return missingHistory(state, policy);
    case 'statement':
      return missingStatements(state, policy);
  }
}

/** Finished days in pieces the bank allows, then what is new today. */
function missingHistory(state: AccountState, policy: FetchPolicy): Fetch[] {
  const yesterday = addDays(policy.today, -1);
  const fetches: Fetch[] = [];
  // A clock that was once ahead must not make us skip days for ever.
  const through = state.historyThrough === undefined ? undefined : earlier(state.historyThrough, yesterday);
  let from = through === undefined ? policy.since : addDays(through, 1);
  // Banks book fees and evening sessions late under a day gone by: with each new day the last ones are looked at again.
  if (through !== undefined && through < yesterday) {
    // But never before the first day of interest: what lies there the ERP has from elsewhere.
    from = later(addDays(through, 1 - LATE_BOOKING_DAYS), earlier(policy.since, from));
  }
  while (from <= yesterday) {
    const to = earlier(addDays(from, policy.historySpanDays - 1), yesterday);
    fetches.push({ kind: 'history', from, to });
    from = addDays(to, 1);
  }
  const after = state.cursor?.day === policy.today ? state.cursor.number : 0;
  return [...fetches, { kind: 'incremental', day: policy.today, after }];
}

function missingStatements(state: AccountState, policy: FetchPolicy): Fetch[] {
  const yesterday = addDays(policy.today, -1);
  const first = [...state.statements.keys()].sort()[0] ?? policy.since;
  const fetches: Fetch[] = [];
  for (const day of daysBetween(earlier(first, policy.since), yesterday)) {
    const known = state.statements.get(day);
    if (known === undefined || (known.outcome === 'none' && isProvisional(state, day, policy.today)))
      fetches.push({ kind: 'statement', day });
    else if (policy.pdf && known.outcome === 'delivered' && !known.document)
      fetches.push({ kind: 'statement-document', day });
  }
  return fetches;
}

/**
 * "No statement" holds once a later opening balance joins the last closing one. Where they differ a statement is missing
 * between them, however long ago: every day in the gap is asked about again, counted from the statement that shows it.
 */
function isProvisional(state: AccountState, day: string, today: string): boolean {
  const closing = neighbour(state, day, -1)?.closing;
  const after = neighbour(state, day, 1);
  if (closing === undefined || after?.opening === undefined)
    return today <= addDays(day, NO_STATEMENT_RECHECK_DAYS);
  return !isSameBalance(closing, after.opening) && today <= addDays(after.day, NO_STATEMENT_RECHECK_DAYS);
}

/** 10.5 and 10.50 are one balance. */
function isSameBalance(one: string, other: string): boolean {
  const [a, b] = [parseDecimal(one), parseDecimal(other)];
  return a !== undefined && b !== undefined && compareDecimals(a, b) === 0;
}

/** The nearest delivered statement before or after a day. */
export function neighbour(state: AccountState, day: string, direction: -1 | 1): StatementKnown | undefined {
  const days = [...state.statements.values()].filter(
    (known) => known.outcome === 'delivered' && (direction < 0 ? known.day < day : known.day > day),
  );
  days.sort((a, b) => (a.day < b.day ? -1 : 1));
  return direction < 0 ? days.at(-1) : days[0];
}

function later(a: string | undefined, b: string): string {
  return a === undefined || b > a ? b : a;
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
