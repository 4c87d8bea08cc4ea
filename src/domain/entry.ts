// One booked operation on an account, as far as Goniec must recognise it, match it to a transfer and pass it on.

import type { EntrySource } from './account-event.ts';
import type { Decimal } from './decimal.ts';

export interface BookedEntry {
  /** ISO date; the booking date in the bank's zone, or the value date where there is no other. */
  readonly bookingDay: string;
  /** Daily number, where the bank gives one. */
  readonly number: number | undefined;
  readonly amount: Decimal;
  readonly currency: string;
  readonly direction: 'credit' | 'debit';
  readonly reversal: boolean;
  /** BOOK, PDNG or INFO. */
  readonly status: string;
  /**
   * Identifications by rung, best first, as the bank's dialect ranks them; the last one is always `content`.
   * A positional rung (an entry's place in one document) does not identify across documents by itself.
   */
  readonly identities: readonly { readonly rung: string; readonly value: string; readonly stable: boolean }[];
  /** Ids of the transfers this entry books, as far as the bank names them. */
  readonly references: readonly {
    readonly endToEndId: string | undefined;
    readonly messageId: string | undefined;
    readonly amount: Decimal | undefined;
  }[];
  /** The entry as an `Ntry` element in the default namespace of the surrounding document. */
  readonly xml: Uint8Array;
}

/** The entries of one answer about an account. */
export interface EntriesFound {
  readonly account: string;
  readonly source: EntrySource;
  readonly entries: readonly BookedEntry[];
  /** Those that this source has not shown before. */
  readonly fresh: readonly BookedEntry[];
}
