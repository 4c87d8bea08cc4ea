// What is known of one bank: its operations, its limits and what its answers mean. All data, never code.

/** The product's names for what a bank can be asked to do with a transfer; a channel maps them to its own. */
export type Operation = 'domestic' | 'internal' | 'internal-foreign-currency' | 'sepa' | 'foreign';

/**
 * What a test at that bank has shown about repeated and unknown message ids. Everything starts empty: an unclear
 * submission then ends held for a person, because nothing else would be honest.
 */
export interface AnswerProfile {
  /** Codes by which the bank says that it does not have a message id. */
  readonly notFound: readonly string[];
  /** Codes by which the bank refuses a message id that it already has. */
  readonly duplicate: readonly string[];
  /** Codes of faults that mean: this message was refused and will not be executed. */
  readonly refusal: readonly string[];
  /** Codes that concern every message alike (signature, certificate, authority): the bank is paused. */
  readonly systemic: readonly string[];
  /** No message arrives later than this after it was sent; undefined = not known. */
  readonly arrivalBoundMs: number | undefined;
  /** A first RJCT for a message in doubt only says "not found" unless the bank's test has shown otherwise. */
  readonly rejectMeansRejected: boolean;
}

/** How the bank is asked about a submission, and for how long. */
export interface FollowPolicy {
  readonly firstAskMs: number;
  readonly askEveryMaxMs: number;
  /** While in doubt, without a usable answer for this long (observed running time): held. */
  readonly inDoubtHoldAfterMs: number;
  /** Business days after which a submission that is not final is given to a person. */
  readonly businessDaysMax: number;
}

/** The characters, lengths and edits one bank wants in an order; see the dialect's own documentation. */
export interface OrderRules {
  /** What MsgId of our message may hold and its prefix (at most 4 letters and digits). */
  readonly messageIdPrefix: string;
  readonly transfersPerMessageMax: number;
  /** Regular expression source a character of a text must match; undefined = no limit. */
  readonly textCharacters: string | undefined;
  readonly endToEndIdPattern: string | undefined;
  readonly endToEndIdMaxLength: number;
  readonly remittanceMaxLength: number;
  readonly addressLineMaxLength: number;
  /** Replaces InitgPty/Nm, because banks accept only what they have registered; undefined = as the ERP wrote it. */
  readonly initiatingPartyName: string | undefined;
  /** What InitgPty/Nm must match as a whole when it goes as the ERP wrote it; undefined = no limit. */
  readonly initiatingPartyPattern: string | undefined;
  readonly domesticCountry: string;
  readonly domesticCurrency: string;
}

/** One row of a dialect's routing table; the first row that fits a transfer decides its operation. Absent = any. */
export interface OperationRow {
  readonly operation: Operation;
  readonly currency?: 'domestic' | 'EUR';
  readonly creditor?: 'same-bank' | 'domestic' | 'sepa';
}

/** All that the outbound side must know of one bank. */
export interface BankTerms {
  readonly name: string;
  readonly rules: OrderRules;
  readonly operations: readonly OperationRow[];
  readonly profile: AnswerProfile;
  readonly follow: FollowPolicy;
}
