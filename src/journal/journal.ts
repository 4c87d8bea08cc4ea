// The port of the journal: the append-only, hash-chained memory of everything that must survive a crash.

import type { JournalEvent } from '../domain/journal-event.ts';

/** One fact as it stands in the journal. */
export interface JournalRecord {
  /** From 1, without gaps. */
  readonly sequence: number;
  /** `order/<id>`, `account/<company>/<iban>`, `bank/<name>`, `company/<name>`, `outbox/<company>` or `journal/…`. */
  readonly stream: string;
  /** ISO 8601 in UTC, by the writer's clock. */
  readonly at: string;
  readonly event: JournalEvent;
}

export interface NewRecord {
  readonly stream: string;
  readonly event: JournalEvent;
}

/** A finding of `verify`: where the chain breaks and why. */
export interface JournalDamage {
  readonly sequence: number;
  readonly reason: string;
}

/** Why a journal is not opened; the sentence says what is wrong and what to do. */
export interface JournalRefusal {
  readonly refused:
    | 'in-use'
    | 'missing'
    | 'database-missing'
    | 'is-backup'
    | 'head-missing'
    | 'head-unreadable'
    | 'behind-head'
    | 'head-differs'
    | 'other-journal'
    | 'chain-broken'
    | 'damaged'
    | 'schema-newer'
    | 'schema-older'
    | 'unusable';
  readonly sentence: string;
}

/** The journal did not write. Whether the records stand is unknown until it is opened again. */
export class JournalFailure extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'JournalFailure';
  }
}

/** What can be asked of a journal without owning it. */
export interface ReadOnlyJournal {
  /** Drawn when the journal was created; names our folder in `outbox/.working`. */
  readonly id: string;
  /** All records of one stream, oldest first. */
  read(stream: string): Promise<readonly JournalRecord[]>;
  /** The newest record of one stream, or of all. */
  last(stream?: string): Promise<JournalRecord | undefined>;
  /** Names of streams with this prefix that are not closed; costs nothing for closed ones. Sorted. */
  openStreams(prefix: string): Promise<readonly string[]>;
  /** Newest streams with this prefix, open or closed, for people; at most `limit`. */
  recentStreams(prefix: string, limit: number): Promise<readonly string[]>;
  /**
   * The keys stored under `name` (see domain/journal-index.ts), in the order written; `value` narrows to one
   * value, or to any of several.
   */
  keys(
    name: string,
    value?: string | readonly string[],
  ): Promise<readonly { readonly value: string; readonly stream: string }[]>;
  /** Everything from `after` (exclusive), in order, for export and verification. */
  records(after: number): AsyncIterable<JournalRecord>;
  /** Walks the whole chain; undefined when it is sound. */
  verify(): Promise<JournalDamage | undefined>;
  close(): Promise<void>;
}

export interface Journal extends ReadOnlyJournal {
  /**
   * Writes the records as one unit. When this resolves they are fsynced and so is the head file: what they
   * announce may be done. A `JournalFailure` means that nothing may be assumed: the caller must stop claiming
   * and exit; every later append fails as well. Without records it resolves when all that was appended before is durable:
   * a question may be answered from records that are not yet.
   */
  append(records: readonly NewRecord[]): Promise<readonly JournalRecord[]>;
}
