// The port to what an ERP writes and reads: payment files in, status reports, balances, history and statements out.

import type { PaymentForms } from '../domain/erp-formats.ts';
import type { Fault } from '../domain/fault.ts';
import type { AccountRequest, ErpMessage, PlannedSubmission, StatusReason } from '../domain/order-event.ts';
import type { BlockFacts, GroupFacts, TransferFacts } from '../domain/payment.ts';
import type { TransferStatus } from '../domain/status.ts';
import type { Decimal } from '../domain/decimal.ts';

/** Bytes that can be read from the start as often as needed. A piece is valid only until the next is asked for. */
export type ByteSource = () => AsyncIterable<Uint8Array>;

/**
 * The same of a document. `plain` is told, before a piece is given, where in it elements stand, one after the other from
 * `from` to `to`, that have neither prefixes nor declarations and are written as Canonical XML writes them.
 */
export type DocumentSource = (plain?: (from: number, to: number) => void) => AsyncIterable<Uint8Array>;

/** Bytes from `from` up to, not with, `to`. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** Where the pieces of a payment file lie in its bytes. */
export interface PaymentLayout {
  /** Memory it takes. */
  readonly sizeBytes: number;
  /** All that a submission is cut from, in file order. Throws an Error when the file does not hold what was planned. */
  rangesOf(submission: PlannedSubmission): readonly ByteRange[];
}

/** Called in file order while a payment file is read; a block before its transfers. Facts of a transfer are valid only during the call. */
export interface PaymentSink {
  group(facts: GroupFacts): void;
  block(facts: BlockFacts): void;
  transfer(facts: TransferFacts): void;
  /** After the last transfer of a block. */
  blockEnd(index: number): void;
}

export interface ReadVerdict {
  /** e.g. `pain.001.001.03`; undefined when the document is of no kind we know. */
  readonly messageName: string | undefined;
  readonly kind: 'payment' | 'request' | 'unknown';
  /** False while the closing root tag has not come: the file is still being written, or was cut. */
  readonly complete: boolean;
  readonly faults: readonly Fault[];
  readonly faultCount: number;
  /** For a request. */
  readonly requests: readonly AccountRequest[];
  readonly requestMessageId: string | undefined;
  /** For a payment without faults that is cut as it was read. */
  readonly layout: PaymentLayout | undefined;
}

/** What is changed in a part on its way to the bank. All else goes as the ERP wrote it. */
export interface Edits {
  readonly initiatingPartyName: string | undefined;
}

/** One transfer as the ERP named it. */
export interface TransferIds {
  readonly index: number;
  readonly block: number;
  readonly instructionId: string | undefined;
  /** Of a list in which orders are known by their lines. */
  readonly line?: number;
  readonly endToEndId: string;
  readonly amount: Decimal;
  readonly currency: string;
}

export interface FileIds {
  readonly blocks: readonly {
    readonly paymentInformationId: string;
    readonly debtorAccount: string | undefined;
  }[];
  readonly transfers: readonly TransferIds[];
}

/** What the ERP is told of one order; complete, so that the newest file is all it needs. */
export interface StatusToTell {
  readonly messageId: string;
  readonly createdAt: Date;
  readonly erp: ErpMessage;
  /** The ERP's file name, told where there is no message id to refer to. */
  readonly fileName: string;
  readonly groupStatus: string;
  readonly groupReasons: readonly StatusReason[];
  /** In file order; empty when the file could not be read that far. */
  readonly blocks: readonly {
    readonly paymentInformationId: string;
    /** Gone through as often as the status is composed: one by one, so that nobody has to hold them all. */
    readonly transfers: Iterable<TransferToTell>;
  }[];
}

export interface TransferToTell {
  readonly instructionId: string | undefined;
  readonly endToEndId: string;
  readonly status: TransferStatus;
  readonly reasons: readonly StatusReason[];
}

export interface BalancesToTell {
  readonly messageId: string;
  readonly createdAt: Date;
  readonly account: string;
  readonly currency: string;
  readonly available: Decimal | undefined;
  readonly booked: Decimal | undefined;
  readonly copy: boolean;
}

export interface HistoryToTell {
  readonly messageId: string;
  readonly createdAt: Date;
  readonly account: string;
  readonly currency: string;
  readonly from: string;
  readonly to: string;
  /** `Ntry` elements in the default namespace of camt.052, in pieces. */
  readonly entries: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  readonly copy: boolean;
}

export type Conversion =
  | { readonly kind: 'as-is' }
  /** Converted while it is iterated, each time to the same bytes, so that nothing has to hold it; for the caller to write. */
  | { readonly kind: 'converted'; readonly bytes: AsyncIterable<Uint8Array> }
  | { readonly kind: 'impossible'; readonly faults: readonly Fault[] };

export interface ErpFormat {
  /** Reads a file once and reports all that is in it and all that is wrong with its form; in `forms`, or as ISO 20022. */
  read(source: ByteSource, sink: PaymentSink, forms?: PaymentForms): Promise<ReadVerdict>;
  /** The ids of all transfers of a file that was read without faults. */
  readIds(source: ByteSource, forms?: PaymentForms): Promise<FileIds>;
  /**
   * The source in the version the bank's core takes and in UTF-8, or what that version cannot hold. Gives the source itself
   * when it already is.
   */
  convert(source: ByteSource, forms?: PaymentForms): Promise<Conversion>;
  /** What `convert` does to a message of this name beyond its encoding, in words for the receipt. */
  conversionEdits(messageName: string | undefined): readonly string[];
  /** The pain.001.001.03 `Document` of one submission, cut from the (converted) source; the same bytes each time. */
  cut(
    source: ByteSource,
    submission: PlannedSubmission,
    createdAt: Date,
    edits: Edits,
  ): { readonly document: DocumentSource; readonly edits: readonly string[] };
  /** Finds anew, in one pass over a (converted) source, what reading it without faults gave. */
  layout(source: ByteSource): Promise<PaymentLayout>;
  /** The same as `cut`, from the bytes of the submission's ranges alone, one range after the other. */
  cutRanges(
    ranges: ByteSource,
    submission: PlannedSubmission,
    createdAt: Date,
    edits: Edits,
  ): { readonly document: DocumentSource; readonly edits: readonly string[] };
  /** In pieces, so that nothing has to hold it; the same bytes for the same status. */
  composeStatus(status: StatusToTell): AsyncIterable<Uint8Array>;
  composeBalances(balances: BalancesToTell): Uint8Array;
  /** In pieces, so that nothing has to hold it. */
  composeHistory(history: HistoryToTell): AsyncIterable<Uint8Array>;
  /** A camt.060 for `goniec fetch`. */
  composeRequest(
    request: AccountRequest & { readonly messageId: string; readonly createdAt: Date },
  ): Uint8Array;
}
