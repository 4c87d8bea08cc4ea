// What Goniec knows of a payment file after reading it: facts in ISO 20022's terms, without any XML.

import type { Decimal } from './decimal.ts';

/** Where in the source file a fact stood, for error messages. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** Element path with indexes, e.g. `CstmrCdtTrfInitn/PmtInf[2]`. */
  readonly path: string;
}

/** A fact and where it stood. */
export interface Placed<T> {
  readonly value: T;
  readonly place: Place;
}

/** GrpHdr of a pain.001. */
export interface GroupFacts {
  readonly messageId: Placed<string>;
  readonly creationDateTime: string;
  readonly declaredCount: Placed<string>;
  readonly declaredSum: Placed<Decimal> | undefined;
  readonly initiatingParty: Placed<string> | undefined;
}

/** An account as the file names it: an IBAN, or another identification as it stands. */
export interface AccountId {
  readonly kind: 'iban' | 'other';
  readonly value: string;
  /** The IBAN it stands for, also where it is written as a bare NRB; undefined for any other number. */
  readonly iban: string | undefined;
  readonly place: Place;
}

/** PmtTpInf of a block or a transfer, as far as routing asks for it. */
export interface PaymentType {
  readonly serviceLevel: string | undefined;
  readonly localInstrument: string | undefined;
  readonly categoryPurpose: string | undefined;
}

/** One PmtInf: everything its transfers share. It is complete before its first transfer is reported. */
export interface BlockFacts {
  /** From 0, in file order. */
  readonly index: number;
  readonly paymentInformationId: Placed<string>;
  readonly method: string;
  readonly declaredCount: Placed<string> | undefined;
  readonly declaredSum: Placed<Decimal> | undefined;
  readonly type: PaymentType;
  /** ISO date of ReqdExctnDt (the date part where a date and time is given). */
  readonly executionDate: Placed<string>;
  readonly debtorName: string | undefined;
  readonly debtorAccount: AccountId | undefined;
  readonly debtorAccountCurrency: string | undefined;
  readonly chargeBearer: string | undefined;
  readonly texts: readonly Placed<string>[];
  readonly place: Place;
}

/** A postal address, as far as the SEPA rules ask: which parts are there. */
export interface AddressFacts {
  readonly place: Place;
  readonly town: string | undefined;
  readonly country: string | undefined;
  readonly lines: readonly string[];
}

/** One CdtTrfTxInf. Valid only while it is told: what is asked for is read then, and the next one takes its place. */
export interface TransferFacts {
  /** From 0, over the whole file. */
  readonly index: number;
  readonly block: number;
  readonly instructionId: Placed<string> | undefined;
  readonly endToEndId: Placed<string>;
  readonly type: PaymentType | undefined;
  readonly amount: Placed<Decimal>;
  readonly currency: string;
  /** True for EqvtAmt: the amount is in another currency than the transfer. */
  readonly equivalent: boolean;
  readonly creditorName: Placed<string> | undefined;
  readonly creditorAccount: AccountId | undefined;
  readonly creditorAgentBic: string | undefined;
  /** ClrSysMmbId/MmbId, the sort code. */
  readonly creditorAgentMember: string | undefined;
  readonly creditorAddress: AddressFacts | undefined;
  readonly debtorAddress: AddressFacts | undefined;
  readonly remittance: string;
  /** Every text a bank may restrict in characters (names, addresses, remittance), with its place. */
  readonly texts: readonly Placed<string>[];
  readonly place: Place;
}
