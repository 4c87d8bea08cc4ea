// Everything that can happen to an order, as it stands in the journal: one fact per event, readable for ever.
// Amounts are decimal texts and instants are ISO 8601 in UTC, because these bodies are stored as JSON.

import type { Operation } from './bank-profile.ts';
import type { Fault } from './fault.ts';
import type { TransferStatus } from './status.ts';

export type OrderId = string;

/** What the ERP's file says of itself; all the ERP needs to recognise its message. */
export interface ErpMessage {
  /** undefined when the file could not be read that far. */
  readonly messageId: string | undefined;
  /** e.g. `pain.001.001.03`; undefined when not recognised. */
  readonly messageName: string | undefined;
  readonly transferCount: number;
  /** Sum of all amounts, whatever the currency (as a control sum is). */
  readonly controlSum: string;
}

/** Runs of transfer indexes, both ends included: [[0,4],[7,7]]. */
export type IndexRuns = readonly (readonly [number, number])[];

/** The transfers of one PmtInf that go into one submission, under the id the bank will see. */
export interface PlannedBlock {
  readonly block: number;
  /** The ERP's PmtInfId, or a new one where the block had to be cut. */
  readonly paymentInformationId: string;
  /** ISO date on which the bank is to execute it. */
  readonly executionDate: string;
  /** IBAN; absent in records of the first version. */
  readonly debtorAccount?: string;
  readonly transfers: IndexRuns;
  readonly count: number;
  readonly controlSum: string;
}

/** One bank message of an order. The plan is decided once and never computed again. */
export interface PlannedSubmission {
  /** From 1. */
  readonly part: number;
  readonly messageId: string;
  readonly bank: string;
  readonly operation: Operation;
  readonly count: number;
  readonly controlSum: string;
  readonly blocks: readonly PlannedBlock[];
}

/** The ERP's ids in one file, each once; NOTPROVIDED left out. */
export interface FileIdSet {
  readonly paymentInformation: readonly string[];
  readonly endToEnd: readonly string[];
}

/** An answer of the bank as it lies on our disk. */
export interface KeptAnswer {
  /** File name inside the order's (or the account's) spool folder. */
  readonly name: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** A reason as the bank or we give it, never shortened. */
export interface StatusReason {
  readonly code: string | undefined;
  readonly texts: readonly string[];
}

/** Statuses of neighbouring transfers that are alike. */
export interface StatusRun {
  readonly transfers: IndexRuns;
  readonly status: TransferStatus;
  readonly reasons: readonly StatusReason[];
}

/** Why something waits for a person, with what that person needs to decide. */
export interface Hold {
  readonly code: HoldCode;
  readonly evidence: string;
}

export type HoldCode =
  | 'same-message-id'
  | 'same-payments'
  | 'repeated-ids'
  | 'in-doubt-unanswered'
  | 'confirmed-then-denied'
  | 'same-id-other-content'
  | 'not-final-in-time'
  | 'needs-approval'
  | 'our-fault'
  | 'execution-date-passed'
  | 'found-after-restore';

/** What a person may decide about a held submission. */
export type Release = 'resend' | 'settled' | 'rejected' | 'dropped';

/** What an ERP asks for with a camt.060. */
export interface AccountRequest {
  readonly account: string;
  readonly kind: 'balance' | 'history' | 'statement';
  /** ISO dates, both included; absent for a balance. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** The end of an order as its receipt in the archive has it. */
export interface RecoveredOrder {
  readonly folder: string;
  readonly company: string;
  readonly fileName: string;
  readonly workingName: string;
  readonly sizeBytes: number;
  readonly claimedAt: string;
  readonly phase: 'planned' | 'refused' | 'repeats' | 'answered';
  readonly erp?: ErpMessage;
  readonly sha256?: string;
  readonly paymentSet?: string;
  readonly faultCount: number;
  readonly repeats?: OrderId;
  readonly told?: { readonly number: number; readonly fileName: string; readonly digest: string };
  readonly submissions: readonly {
    readonly plan: PlannedSubmission;
    readonly phase: 'refused' | 'rejected' | 'settled' | 'partly-settled';
    readonly states: readonly StatusRun[];
  }[];
}

export type OrderEvent =
  | {
      readonly type: 'order-claimed';
      readonly company: string;
      readonly fileName: string;
      readonly workingName: string;
      readonly sizeBytes: number;
      /** Found in our folder long after it was taken over, without a record: perhaps an older journal was put back. */
      readonly restored?: true;
      /** Tellings are numbered from here on, because lower numbers may have been used; absent: from 1. */
      readonly tellFrom?: number;
    }
  | {
      readonly type: 'order-refused';
      readonly erp: ErpMessage;
      readonly sha256: string;
      readonly faults: readonly Fault[];
      readonly faultCount: number;
    }
  | {
      readonly type: 'order-repeats';
      readonly erp: ErpMessage;
      readonly sha256: string;
      readonly of: OrderId;
    }
  | {
      readonly type: 'order-planned';
      readonly erp: ErpMessage;
      readonly sha256: string;
      /** Digest over the payments themselves, whatever their ids. */
      readonly paymentSet: string;
      readonly submissions: readonly PlannedSubmission[];
      readonly warnings: readonly string[];
      /** Ids of the file, to find repeats in later ones; absent for a file with very many. */
      readonly ids?: FileIdSet;
      /** Present when nothing of the order may be sent before a person has looked. */
      readonly hold?: Hold;
      /** Its messages may have gone out before this record, because an older journal was put back. */
      readonly mayBeSent?: true;
    }
  /** An older journal was put back: the order may have gone further than its records say. */
  | {
      readonly type: 'order-restored';
      /** For what may have been sent since. */
      readonly hold: Hold;
      readonly tellFrom: number;
      /** Parts whose prepared bytes are not on our disk any more. */
      readonly bytesGone: readonly number[];
    }
  /** An older journal was put back, but the order had come to its end: taken over from its receipt in the archive. */
  | ({ readonly type: 'order-recovered' } & RecoveredOrder)
  | {
      readonly type: 'submission-prepared';
      readonly part: number;
      readonly sha256: string;
      readonly sizeBytes: number;
      readonly edits: readonly string[];
    }
  | { readonly type: 'submission-started'; readonly part: number; readonly attempt: number }
  | { readonly type: 'submission-not-sent'; readonly part: number; readonly cause: string }
  | {
      readonly type: 'submission-lost';
      readonly part: number;
      readonly cause: string;
      readonly answer?: KeptAnswer;
    }
  | {
      readonly type: 'submission-rejected';
      readonly part: number;
      readonly answer: KeptAnswer;
      readonly reasons: readonly StatusReason[];
    }
  | {
      readonly type: 'status-received';
      readonly part: number;
      readonly source: 'answer' | 'report' | 'entry';
      readonly answer?: KeptAnswer;
      readonly runs: readonly StatusRun[];
    }
  | {
      readonly type: 'submission-not-found';
      readonly part: number;
      readonly answer: KeptAnswer;
      readonly code: string;
      /** Running time since the denial before this one, if we were there all the while; 0 for the first. */
      readonly observedMs: number;
    }
  | { readonly type: 'submission-cleared-to-resend'; readonly part: number; readonly because: string }
  | { readonly type: 'submission-held'; readonly part: number; readonly hold: Hold }
  | { readonly type: 'submission-refused'; readonly part: number; readonly reasons: readonly StatusReason[] }
  | {
      readonly type: 'submission-released';
      readonly part: number;
      readonly as: Release;
      readonly who: string;
      readonly reason: string;
      /** Name of the decision, so that none is carried out twice. */
      readonly decision?: string;
    }
  | {
      readonly type: 'request-accepted';
      readonly erp: ErpMessage;
      readonly sha256: string;
      readonly requests: readonly AccountRequest[];
    }
  | {
      readonly type: 'request-answered';
      readonly files: readonly string[];
      readonly notes: readonly string[];
    }
  | {
      readonly type: 'order-told';
      readonly number: number;
      readonly fileName: string;
      readonly sha256: string;
      readonly final: boolean;
      readonly digest: string;
    }
  /** A step has failed again and again and is tried ever more slowly; without a reason: it has succeeded after all. */
  | { readonly type: 'order-stuck'; readonly step: string; readonly reason?: string }
  | { readonly type: 'order-archived'; readonly folder: string }
  | { readonly type: 'order-closed' };
