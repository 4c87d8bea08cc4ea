// Everything that can happen to an account's balances, history and statements, as it stands in the journal.

import type { KeptAnswer, OrderId } from './order-event.ts';

/** Under what a shown entry is counted, to be recognised again. */
export interface ShownEntry {
  readonly bookingDay: string;
  /** Rung of the identity ladder, e.g. `TxId` or `content`. */
  readonly rung: string;
  readonly value: string;
}

/** Both show every entry once, each for itself. */
export type EntrySource = 'history' | 'statement';

/** An entry that books one transfer of an order. */
export interface BookedTransfer {
  readonly order: OrderId;
  /** Its index in the file. */
  readonly transfer: number;
  /** A sentence for a person when the ERP was told otherwise, or when it has been booked before. */
  readonly contradiction?: string;
}

export type AccountEvent =
  /** The bank's answer is on our disk; nothing has been made of it yet. */
  | { readonly type: 'answer-kept'; readonly query: string; readonly answer: KeptAnswer }
  /** The kept answer could not be used; it lies in the archive and the bank will be asked again. */
  | { readonly type: 'answer-dropped'; readonly reason: string }
  | {
      readonly type: 'balances-delivered';
      readonly file: string;
      readonly available: string | undefined;
      readonly booked: string | undefined;
      readonly currency: string;
    }
  /**
   * Operations up to `day` (and within it up to daily number `cursor`) are in the inbox. `finished` says that the day and
   * all before it are complete; `file` is absent when there was nothing new. Until version 0.2 it listed the entries shown;
   * since then `entries-shown` in the same unit, or in parts before it, keeps their digests.
   */
  | {
      readonly type: 'history-delivered';
      readonly day: string;
      readonly cursor: number;
      readonly finished: boolean;
      readonly file: string | undefined;
      /** The same in other formats. */
      readonly others?: readonly string[];
      readonly entries?: readonly ShownEntry[];
      /** How many were shown. */
      readonly count?: number;
      /** What a person should know: the bank has more of a day than it can be asked for. */
      readonly flags?: readonly string[];
    }
  /** Of the fresh entries of the kept answer the first so many are on record; the rest and the end of the delivery follow. */
  | { readonly type: 'delivery-advanced'; readonly entries: number }
  /** Which of our transfers the entries of one delivery book, in the same unit as that delivery. */
  | {
      readonly type: 'transfers-booked';
      readonly source: EntrySource;
      readonly transfers: readonly BookedTransfer[];
    }
  | {
      readonly type: 'statement-delivered';
      readonly day: string;
      readonly statementId: string;
      readonly file: string;
      readonly sha256: string;
      /** The same in other formats. */
      readonly others?: readonly string[];
      readonly opening: string | undefined;
      readonly closing: string | undefined;
      /** What a person should know: a gap, sums that do not add up, a document that its schema refuses. */
      readonly flags: readonly string[];
    }
  | {
      readonly type: 'statement-document-delivered';
      readonly day: string;
      readonly file: string;
      readonly sha256: string;
    }
  /** The bank says that there is no statement for that day (E502); provisional on a business day. */
  | { readonly type: 'no-statement'; readonly day: string; readonly code: string };

/** In a stream for one booking day, one answer and one part of it. */
export interface ShownEvent {
  readonly type: 'entries-shown';
  /** Of the entries shown: 12 bytes each, in base64, one after the other. */
  readonly digests: string;
}
