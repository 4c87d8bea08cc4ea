// What a simulated bank may do, and the words by which it says so.

/** What becomes of one handing over of a message. */
export type Mood =
  /** Takes it and says so. */
  | 'answers'
  /** Says no to all of it, in a report, and remembers that. */
  | 'rejects'
  /** Says no by a fault that its profile may list. */
  | 'refuses'
  /** Says no to everybody: the certificate. */
  | 'refuses-all'
  /** Proof that nothing left. */
  | 'not-sent'
  /** It never arrives, and nothing is heard. */
  | 'loses-request'
  /** It is taken, and nothing is heard. */
  | 'loses-answer'
  /** Nothing is heard, and it is taken after a while. */
  | 'arrives-late'
  /** It is not taken; a fault is heard that the profile does not know. */
  | 'unlisted-fault'
  /** Says that it took it, and forgets it. */
  | 'forgets';

export const CODES = {
  notFound: 'E404',
  duplicate: 'E409',
  refusal: 'E422',
  systemic: 'E401',
  unlisted: 'E500',
  noStatement: 'E502',
} as const;

/** How this bank is; settled by a test at it, which is where its profile comes from. */
export interface BankTraits {
  readonly unknownId: 'not-found' | 'unlisted-fault' | 'rejected';
  readonly repeatedId: 'refused' | 'silently-known' | 'executed-again';
  /** False: entries can only be recognised by their content. */
  readonly stableIdentities: boolean;
  /** A taken message is unknown to the status service for so long. */
  readonly statusLagMs: number;
  readonly executeAfterMs: number;
  readonly lateByMs: number;
  readonly latencyMs: number;
  /** Each way takes up to so much longer, by chance: what is said together comes in any order. */
  readonly jitterMs: number;
  /** `down`: nothing reaches it, and that is plain. `mute`: what is sent may arrive, nothing is heard. By running time. */
  readonly outages: readonly {
    readonly fromMs: number;
    readonly toMs: number;
    readonly kind: 'down' | 'mute';
  }[];
}

export const PLAIN_BANK: BankTraits = {
  unknownId: 'not-found',
  repeatedId: 'refused',
  stableIdentities: true,
  statusLagMs: 0,
  executeAfterMs: 20_000,
  lateByMs: 45_000,
  latencyMs: 200,
  jitterMs: 0,
  outages: [],
};

/** EndToEndIds that start so are rejected when their message is executed. */
export const REJECTED_PREFIX = 'NO';
