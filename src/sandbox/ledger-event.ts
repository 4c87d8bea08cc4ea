// What the sandbox bank writes down: one fact per line of its ledger. Amounts are decimal texts, instants milliseconds in UTC.

/** An account the bank keeps. */
export interface SeedAccount {
  readonly iban: string;
  readonly currency: string;
  readonly owner: string;
  /** Before the first booking, e.g. `100000.00`. */
  readonly openingBalance: string;
}

/** One side of a transfer. */
export interface Party {
  /** An IBAN, or another number as it was written. */
  readonly account: string;
  readonly name: string;
  readonly address: readonly string[];
}

/** Why a transfer or a whole message is rejected: a code of ISO 20022's external status reasons, and a sentence. */
export interface RejectReason {
  readonly code: string;
  readonly text: string;
}

/**
 * What becomes of a transfer that is not rejected: `ordinary` is executed after the booking delay, `instant` at once, `slow` after
 * twenty delays, `pending` waits for a person, `stuck` stays accepted without ever being executed.
 */
export type Course = 'ordinary' | 'instant' | 'slow' | 'pending' | 'stuck';

export interface TakenTransfer {
  readonly instructionId: string | undefined;
  readonly endToEndId: string;
  readonly amount: string;
  readonly currency: string;
  readonly debtor: Party;
  readonly creditor: Party;
  readonly remittance: string;
  readonly course: Course;
  readonly reject: RejectReason | undefined;
}

export interface TakenBlock {
  readonly paymentInformationId: string;
  readonly transfers: readonly TakenTransfer[];
  /** Not executed before this instant: the requested execution date has begun. */
  readonly notBefore: number;
}

/** The bank has this message from here on, whatever happens to the answer. */
export interface TakenEvent {
  readonly type: 'taken';
  readonly at: number;
  readonly customer: string;
  readonly messageId: string;
  readonly operation: string;
  /** False for an unsigned message: nothing of it moves before somebody approves it. */
  readonly approved: boolean;
  readonly delayMs: number;
  readonly declaredCount: string;
  readonly controlSum: string | undefined;
  /** Present when the message was rejected as a whole. */
  readonly reject: RejectReason | undefined;
  readonly blocks: readonly TakenBlock[];
}

/** Which transfer of which message a booking executes; `taking` counts the `taken` events from 1. */
export interface TransferReference {
  readonly taking: number;
  readonly block: number;
  readonly transfer: number;
}

/** Money moved: always from one party to another, so that nothing is made or lost. */
export interface BookedEvent {
  readonly type: 'booked';
  readonly at: number;
  readonly kind: 'transfer' | 'incoming' | 'fee';
  readonly debtor: Party;
  readonly creditor: Party;
  readonly amount: string;
  readonly currency: string;
  readonly remittance: string;
  readonly operation: string | undefined;
  readonly instructionId: string | undefined;
  readonly endToEndId: string | undefined;
  readonly executes: TransferReference | undefined;
}

export type LedgerEvent =
  | { readonly type: 'opened'; readonly at: number; readonly accounts: readonly SeedAccount[] }
  | TakenEvent
  | { readonly type: 'approved'; readonly at: number; readonly taking: number }
  /** A status query was answered with the message's statuses; kept for the bank that denies it afterwards. */
  | { readonly type: 'confirmed'; readonly at: number; readonly taking: number }
  | BookedEvent;
