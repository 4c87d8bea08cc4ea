// The port to the formats in which an ERP reads statements and histories besides camt: each is written from the camt that would
// be delivered, so that all of them say the same.

import type { ErpFormats, WrittenFormat } from '../domain/erp-formats.ts';
import type { ByteSource } from './format.ts';

/** The account as it is configured, for what a document may leave out or write otherwise. */
export interface AboutAccount {
  readonly iban: string;
  readonly currency: string;
  /** When the answer was kept: for the date and number of an MT942, which a camt.052 does not have. */
  readonly createdAt: Date;
}

/** What became different in the file, because its format can not hold it as it stands. */
export interface Losses {
  /** Texts of which the end is missing. */
  readonly cutTexts: number;
  /** Characters written otherwise. */
  readonly replacedCharacters: number;
  /** Entries that are not booked, which an MT940 does not list. */
  readonly unbookedEntries: number;
}

export type WrittenAccountFile =
  | {
      readonly kind: 'written';
      /** Of the file's name, without a dot. */
      readonly ending: string;
      /** The same each time. */
      readonly bytes: ByteSource;
      readonly losses: Losses;
    }
  /** The format can not say what the document says; sentences that name entry, line, element and value. */
  | { readonly kind: 'impossible'; readonly reasons: readonly string[] };

/** Reads `camt` (camt.053.001.02 or camt.052.001.02) once to see whether it can be written, and once for each writing. */
export type WriteAccountFile = (
  camt: ByteSource,
  format: WrittenFormat,
  formats: ErpFormats,
  about: AboutAccount,
) => Promise<WrittenAccountFile>;
