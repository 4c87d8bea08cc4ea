// One booked operation on an account, as far as Goniec must recognise it, match it to a transfer and pass it on.

import type { BookedTransfer } from './account-event.ts';
import type { Decimal } from './decimal.ts';

export interface BookedEntry {
  /** ISO date; the booking date in the bank's zone, or the value date where there is no other. */
  readonly bookingDay: string;
  /** Daily number, where the bank gives one; asked for where a list goes on behind it. */
  readonly number: number | undefined;
  readonly amount: Decimal;
  readonly currency: string;
  readonly direction: 'credit' | 'debit';
  readonly reversal: boolean;
  /** BOOK, PDNG or INFO. */
  readonly status: string;
  /** Ids of the transfers a debit books, as far as the bank names them; of a credit nobody asks for any. */
  readonly references: readonly {
    readonly endToEndId: string | undefined;
    readonly messageId: string | undefined;
    readonly amount: Decimal | undefined;
  }[];
}

/** An entry of a list that may overlap with others. */
export interface ListedEntry extends BookedEntry {
  readonly identity: EntryIdentity;
  readonly place: EntryPlace;
}

/** By what an entry is recognised again: the best stable identification the bank's dialect knows, else its content. */
export interface EntryIdentity {
  /** Such as `TxId` or `content`. */
  readonly rung: string;
  readonly value: string;
  /** The value alone says that two entries are the same operation. */
  readonly stable: boolean;
}

/** Where an entry stands in the answer it came with. */
export interface EntryPlace {
  /** Byte offsets, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  /** Prefixes declared around it; undefined when its bytes mean the same in any document with its namespace as the default. */
  readonly scope: ReadonlyMap<string, string> | undefined;
  /** Where the entry before ends, when nothing but blanks stands in between. */
  readonly after: number | undefined;
}

/** An entry of an answer, with its number among those that its source has not shown before, from 0; undefined for the others. */
export interface TakenEntry {
  readonly entry: BookedEntry;
  readonly fresh: number | undefined;
}

/** A transfer that a fresh entry books, with that entry's number. */
export interface BookedFound {
  readonly fresh: number;
  readonly transfer: BookedTransfer;
}

/** The entries of one answer about an account, as they are looked at: first all of them, then the end. */
export interface Bookings {
  /** Only looks: the answer may still turn out to be unusable. */
  take(entries: readonly TakenEntry[]): Promise<void>;
  /** All have been taken: settles what they prove, and gives which transfers the fresh ones book, in their order. */
  settle(): Promise<readonly BookedFound[]>;
}
