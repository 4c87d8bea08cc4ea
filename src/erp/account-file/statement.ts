// A statement or a piece of history as every format needs it: exact, in the terms of ISO 20022, one entry at a time.

import type { Decimal } from '../../domain/decimal.ts';

export interface Balance {
  /** Negative where the account is overdrawn. */
  readonly amount: Decimal;
  readonly currency: string;
  /** ISO date. */
  readonly day: string;
}

/** What stands before the entries. */
export interface StatementHead {
  /** Digits; undefined where the bank gives none. */
  readonly number: string | undefined;
  readonly currency: string | undefined;
  /** First and last day, where the document says so. */
  readonly fromDay: string | undefined;
  readonly toDay: string | undefined;
  /** Booked, at the beginning (OPBD, PRCD) and at the end (CLBD). */
  readonly opening: Balance | undefined;
  readonly closing: Balance | undefined;
  /** Available at the end (CLAV). */
  readonly available: Balance | undefined;
}

export interface StatementEntry {
  /** Within its statement, from 1. */
  readonly position: number;
  /** Of its start tag. */
  readonly line: number;
  /** ISO dates in the bank's zone. */
  readonly bookingDay: string | undefined;
  readonly valueDay: string | undefined;
  /** Never negative. */
  readonly amount: Decimal;
  readonly currency: string;
  readonly direction: 'credit' | 'debit';
  /** It takes back an entry of the other direction. */
  readonly reversal: boolean;
  /** BOOK, PDNG or INFO. */
  readonly status: string;
  /** The bank's own code of the operation. */
  readonly bankCode: string | undefined;
  /** What the operation is by ISO 20022 (bank transaction code, sub-family), such as `CHRG`. */
  readonly subFamily: string | undefined;
  readonly bankReference: string | undefined;
  readonly endToEndId: string | undefined;
  /** Of an entry that sums up several operations there is none. */
  readonly counterparty: { readonly name: string; readonly account: string };
  /** What the payer wrote; of several operations the titles in their order, joined. */
  readonly title: string;
  /** What the bank says of it. */
  readonly description: string;
  /** Operations that the entry sums up; at least 1. */
  readonly operations: number;
}

/** What a document is read as. */
export type StatementPart =
  | { readonly kind: 'head'; readonly head: StatementHead }
  | { readonly kind: 'entry'; readonly entry: StatementEntry }
  | { readonly kind: 'end' }
  /** Why it can not be read on, or why a part of it can not; a sentence. */
  | { readonly kind: 'fault'; readonly sentence: string };
