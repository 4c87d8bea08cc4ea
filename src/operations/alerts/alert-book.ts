// What has been told to whom. The book is kept on the disk; what is still to be told is the difference between it and the
// causes of the moment, so that nothing is told twice for a restart, and nothing is lost by one.
//
// | entry | a look finds | it becomes |
// | --- | --- | --- |
// | none | the cause | waiting |
// | waiting | the cause, for as long as its kind asks, and not in a bank's maintenance | raised: to be told |
// | waiting | nothing | forgotten: nobody was told |
// | raised | the cause, with new items | raised; the new items are to be told |
// | raised | nothing, for as long as its kind asks | over: the all-clear is to be told |
// | over | the cause | raised anew, also to those who have had the all-clear |
// | over, told to everybody | nothing | forgotten |
// | any | that it can not be looked at | as it is |

import type { Cause, CauseKind, Seen } from './cause.ts';

export interface Entry {
  readonly cause: Cause;
  readonly phase: 'waiting' | 'raised' | 'over';
  /** All instants: ISO 8601 in UTC. */
  readonly firstSeenAt: string;
  /** Since when it is not seen any more. */
  readonly goneAt?: string;
  /** By channel: the items it was told, and whether it has had the all-clear. */
  readonly told: Readonly<Record<string, { readonly items: readonly string[]; readonly over?: true }>>;
}

export interface AlertBook {
  readonly entries: Readonly<Record<string, Entry>>;
  /** By channel: the local day of its last daily summary. */
  readonly digests: Readonly<Record<string, string>>;
}

export const EMPTY_BOOK: AlertBook = { entries: {}, digests: {} };

/** One thing that one channel is to be told. `was`: it began and ended before it could be told. */
export interface News {
  readonly key: string;
  readonly what: 'raised' | 'more' | 'over' | 'was';
  readonly cause: Cause;
  /** ISO 8601 in UTC. */
  readonly since: string;
  readonly overAt?: string;
}

/** How long a kind must have been seen before it is told, and unseen before it counts as over. */
export interface BookTerms {
  readonly settleMs: (kind: CauseKind) => number;
  readonly clearMs: (kind: CauseKind) => number;
  /** Where the bank's maintenance makes the cause expected: true, or else how long ago that ended (Infinity: never). */
  readonly maintenance: (cause: Cause) => true | number;
  readonly channels: readonly string[];
}

/** The book after a look. */
export function noted(book: AlertBook, seen: Seen, nowMs: number, terms: BookTerms): AlertBook {
  const found = new Map(seen.causes.map((cause) => [cause.key, cause]));
  const entries: Record<string, Entry> = {};
  for (const key of new Set([...Object.keys(book.entries), ...found.keys()])) {
    const before = book.entries[key];
    const cause = found.get(key);
    const after =
      cause !== undefined
        ? whileSeen(before, cause, nowMs, terms)
        : before === undefined || seen.isUnsure(key)
          ? before
          : whileUnseen(before, nowMs, terms);
    if (after !== undefined && !isDone(after, terms.channels)) entries[key] = after;
  }
  return { ...book, entries };
}

/** What this channel is still to be told, oldest first. */
export function dueNews(book: AlertBook, channel: string): News[] {
  return Object.entries(book.entries)
    .flatMap(([key, entry]) => newsOf(key, entry, channel) ?? [])
    .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
}

/** The book after this channel was told. */
export function told(book: AlertBook, channel: string, news: readonly News[]): AlertBook {
  const entries = { ...book.entries };
  for (const { key, what, cause } of news) {
    const entry = entries[key];
    if (entry === undefined) continue;
    const items = [...new Set([...(entry.told[channel]?.items ?? []), ...cause.items])];
    // It may have come back while the all-clear was on its way: then that it is there again is news.
    const isOver = what === 'over' || what === 'was';
    const now =
      isOver && entry.phase !== 'over' ? { items: [] } : { items, ...(isOver && { over: true as const }) };
    entries[key] = { ...entry, told: { ...entry.told, [channel]: now } };
  }
  return { ...book, entries };
}

function whileSeen(before: Entry | undefined, cause: Cause, nowMs: number, terms: BookTerms): Entry {
  const now = new Date(nowMs).toISOString();
  if (before === undefined)
    return settled({ cause, phase: 'waiting', firstSeenAt: now, told: {} }, cause, nowMs, terms);
  if (before.phase === 'waiting') return settled(before, cause, nowMs, terms);
  const { firstSeenAt, told: whom } = before;
  // Its words are kept while it is made of the same things: free bytes and days left would change with every look.
  const kept = isSame(before.cause.items, cause.items) ? before.cause : cause;
  if (before.phase === 'raised') return { cause: kept, phase: 'raised', firstSeenAt, told: whom };
  const stillTold = Object.entries(whom).filter(([, { over }]) => over !== true);
  return { cause, phase: 'raised', firstSeenAt: now, told: Object.fromEntries(stillTold) };
}

function settled(entry: Entry, cause: Cause, nowMs: number, terms: BookTerms): Entry {
  // A clock that was ahead must not make it wait until that day.
  const firstSeenMs = Math.min(Date.parse(entry.firstSeenAt), nowMs);
  const waiting = { ...entry, firstSeenAt: new Date(firstSeenMs).toISOString() };
  const quiet = terms.maintenance(cause);
  const isDue = quiet !== true && Math.min(nowMs - firstSeenMs, quiet) >= terms.settleMs(cause.kind);
  return isDue ? { ...waiting, cause, phase: 'raised' } : waiting;
}

function whileUnseen(before: Entry, nowMs: number, terms: BookTerms): Entry | undefined {
  if (before.phase === 'waiting') return undefined;
  if (before.phase === 'over') return before;
  const goneAt = before.goneAt ?? new Date(nowMs).toISOString();
  const isOver = nowMs - Date.parse(goneAt) >= terms.clearMs(before.cause.kind);
  return { ...before, goneAt, phase: isOver ? 'over' : 'raised' };
}

function isDone({ phase, told: whom }: Entry, channels: readonly string[]): boolean {
  return phase === 'over' && channels.every((channel) => whom[channel]?.over === true);
}

function newsOf(key: string, entry: Entry, channel: string): News | undefined {
  const { cause, phase, firstSeenAt, goneAt } = entry;
  const known = entry.told[channel];
  const wasTold = known !== undefined && known.items.length > 0;
  const news = { key, cause, since: cause.since ?? firstSeenAt };
  switch (phase) {
    case 'waiting':
      return undefined;
    case 'raised':
      if (!wasTold) return { ...news, what: 'raised' };
      return cause.items.every((item) => known.items.includes(item)) ? undefined : { ...news, what: 'more' };
    case 'over':
      if (known?.over === true) return undefined;
      return { ...news, what: wasTold ? 'over' : 'was', ...(goneAt !== undefined && { overAt: goneAt }) };
    default:
      return phase satisfies never;
  }
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((item) => others.includes(item));
}
