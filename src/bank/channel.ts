// The port to a bank: what every protocol can be asked, and the only three ways a submission can end.

import type { Decimal } from '../domain/decimal.ts';
import type { Operation } from '../domain/bank-profile.ts';
import type { BookedEntry, ListedEntry, EntryPlace } from '../domain/entry.ts';
import type { KeptAnswer, StatusReason } from '../domain/order-event.ts';
import type { DocumentSource } from '../erp/format.ts';

/** Stores an answer durably before anything is made of it. A piece is valid only until the next is asked for. */
export type KeepAnswer = (bytes: Uint8Array | AsyncIterable<Uint8Array>) => Promise<KeptAnswer>;

/**
 * The bytes of a kept answer, or those from `from` (inclusive) to `to` (exclusive); may be read as often as needed. A piece
 * is valid only until the next is asked for.
 */
export type AnswerBytes = (range?: {
  readonly from: number;
  readonly to: number;
}) => AsyncIterable<Uint8Array>;

/** Takes entries while an answer is read, some at a time and in its order; the answer may still turn out to be unreadable. */
export type TakeEntries<Entry> = (entries: readonly Entry[]) => Promise<void>;

/** One bank message to be composed: the payments as a document of its own, UTF-8, without an XML declaration. */
export interface OutgoingMessage {
  readonly messageId: string;
  readonly operation: Operation;
  /** Instant written into the signature. */
  readonly signingTime: Date;
  /**
   * A `Document` element in pain.001.001.03; may be iterated more than once and gives the same bytes each time. A piece is
   * valid only until the next is asked for.
   */
  readonly document: DocumentSource;
}

/** Statuses as the bank reports them, in the bank's words; matching them to transfers is ours. */
export interface StatusReport {
  readonly originalMessageId: string;
  readonly groupStatus: string | undefined;
  readonly groupReasons: readonly StatusReason[];
  readonly blocks: readonly {
    readonly paymentInformationId: string;
    readonly status: string | undefined;
    readonly reasons: readonly StatusReason[];
    readonly transfers: readonly {
      readonly instructionId: string | undefined;
      readonly endToEndId: string | undefined;
      readonly status: string | undefined;
      readonly reasons: readonly StatusReason[];
    }[];
  }[];
}

/**
 * `answered`: a report that names our message id, or a fault whose code the bank's profile lists as a refusal or duplicate.
 * `not-sent`: proof that nothing left. `lost`: everything else, whatever it looks like.
 */
export type SubmitOutcome =
  | { readonly kind: 'answered'; readonly answer: KeptAnswer; readonly report: StatusReport }
  | {
      readonly kind: 'refused';
      readonly answer: KeptAnswer;
      readonly reasons: readonly StatusReason[];
      readonly systemic: boolean;
    }
  | { readonly kind: 'duplicate'; readonly answer: KeptAnswer; readonly code: string }
  | { readonly kind: 'not-sent'; readonly cause: string }
  | { readonly kind: 'lost'; readonly cause: string; readonly answer?: KeptAnswer };

export type AskOutcome =
  | { readonly kind: 'report'; readonly answer: KeptAnswer; readonly report: StatusReport }
  | { readonly kind: 'not-found'; readonly answer: KeptAnswer; readonly code: string }
  /** Unreachable, another fault, unreadable: says nothing about the message. */
  | { readonly kind: 'no-answer'; readonly cause: string; readonly answer?: KeptAnswer };

export type AccountQuery =
  | { readonly kind: 'balances'; readonly account: string }
  /** Finished days, both included. */
  | { readonly kind: 'history'; readonly account: string; readonly from: string; readonly to: string }
  /** Operations of `day` whose daily number is greater than `after`. */
  | { readonly kind: 'incremental'; readonly account: string; readonly day: string; readonly after: number }
  | {
      readonly kind: 'statement';
      readonly account: string;
      readonly day: string;
      readonly format: 'xml' | 'pdf';
    };

export type CollectOutcome =
  | { readonly kind: 'collected'; readonly answer: KeptAnswer }
  /** The bank says that there is nothing (a day without a statement): an answer, not an alarm. */
  | { readonly kind: 'nothing'; readonly code: string; readonly answer: KeptAnswer }
  | { readonly kind: 'refused'; readonly code: string; readonly text: string; readonly answer: KeptAnswer }
  | { readonly kind: 'no-answer'; readonly cause: string; readonly answer?: KeptAnswer };

/** What is known of an account's balances at one moment; a balance the bank did not send is absent, never zero. */
export interface Balances {
  readonly currency: string;
  readonly available: Decimal | undefined;
  readonly booked: Decimal | undefined;
}

/** What a list of operations says besides its entries. */
export interface History {
  readonly currency: string | undefined;
  /** Whose operations they are, in the bank's words: each account that is named, once. */
  readonly accounts: readonly string[];
  /** False when the bank says that more pages follow: the answer is not complete. */
  readonly complete: boolean;
  /** `Ntry` elements in the default namespace of the document they are put into, in the order of their places. */
  readonly copyEntries: (places: Iterable<EntryPlace>) => AsyncIterable<Uint8Array>;
  /** What its schema has against the bank's document, where there is one to check it by; absent or empty when nothing. */
  readonly schemaFaults?: readonly string[];
}

/** One statement inside a camt.053, with what continuity asks for. */
export interface StatementFacts {
  readonly id: string;
  readonly account: string | undefined;
  readonly currency: string | undefined;
  readonly fromDay: string | undefined;
  readonly toDay: string | undefined;
  readonly opening: Decimal | undefined;
  readonly closing: Decimal | undefined;
  /** Signed sum of the booked entries. */
  readonly entrySum: Decimal;
  readonly entryCount: number;
}

export interface StatementDocument {
  /** The bank's document as a file of its own: exact bytes with an XML declaration, valid on its own. */
  readonly document: () => AsyncIterable<Uint8Array>;
  readonly statements: readonly StatementFacts[];
  /** What its schema has against the document; empty when nothing. */
  readonly schemaFaults: readonly string[];
}

/** A file that came inside an answer. */
export interface Attachment {
  readonly name: string;
  readonly content: () => AsyncIterable<Uint8Array>;
  /** What the bank says of the file's size or checksum and does not fit it; absent or empty when all fits. */
  readonly warnings?: readonly string[];
}

/** An answer that could not be understood, in a sentence that names the element. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly reason: string;
}

export interface BankChannel {
  readonly bank: string;
  /**
   * The complete bytes to be sent, signature included; decided here once and fixed on disk by the caller. A piece is valid
   * only until the next is asked for.
   */
  compose(message: OutgoingMessage): AsyncIterable<Uint8Array>;
  /**
   * A message is about to be submitted: a connection may be made ready for it meanwhile, with a harmless query at most. What
   * fails is met when the message is submitted.
   */
  makeReady(): void;
  /** Sends prepared bytes once. Never retries, never throws for what a network or a bank does. */
  submit(
    message: {
      readonly messageId: string;
      readonly operation: Operation;
      readonly sizeBytes: number;
      readonly bytes: () => AsyncIterable<Uint8Array>;
    },
    keep: KeepAnswer,
  ): Promise<SubmitOutcome>;
  /** Asks what became of a message. Never throws for what a network or a bank does. */
  ask(messageId: string, keep: KeepAnswer): Promise<AskOutcome>;
  /** Asks about an account. Never throws for what a network or a bank does. */
  collect(query: AccountQuery, keep: KeepAnswer): Promise<CollectOutcome>;
  /** These read a kept answer from the disk, however large it is; they fail only as reading it or taking entries fails. */
  readBalances(answer: AnswerBytes): Promise<Balances | Unreadable>;
  /** Every entry must be readable: one that is left out silently would be missing in the ERP's books. */
  readHistory(answer: AnswerBytes, take: TakeEntries<ListedEntry>): Promise<History | Unreadable>;
  readStatement(answer: AnswerBytes, take: TakeEntries<BookedEntry>): Promise<StatementDocument | Unreadable>;
  /** A file inside the answer (a PDF), decoded. */
  readAttachment(answer: AnswerBytes): Promise<Attachment | Unreadable>;
  /** One harmless query; undefined when the bank answers, else a sentence that says what is wrong. */
  reach(): Promise<string | undefined>;
  close(): Promise<void>;
}
