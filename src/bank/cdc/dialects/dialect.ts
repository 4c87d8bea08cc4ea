// What one bank does differently within the CDC family: data only, read by the code that composes and reads messages.

import type { Operation, OperationRow, OrderRules } from '../../../domain/bank-profile.ts';

/** Queries by the names the service gives them. */
export type QueryOperation =
  | 'GetAccountBalance'
  | 'GetAccountReport'
  | 'GetIncrementalAccountReport'
  | 'GetStatement'
  | 'GetPaymentStatusReport';

export type OrderOperation =
  'DomesticTransfer' | 'InternalTransfer' | 'InternalFcyTransfer' | 'SEPATransfer' | 'ForeignTransfer';

/** One rung of the ladder by which an entry is recognised again; the content is always below the last one. */
export interface IdentityRung {
  readonly rung: string;
  /** Where the value stands, as element names below `Ntry` joined by `/`. */
  readonly path: string;
  /** False where the value alone does not say that two entries are the same operation. */
  readonly stable: boolean;
}

export interface CdcDialect {
  readonly name: 'bnp' | 'ing';
  /** The bank and its product, as people know them. */
  readonly title: string;
  /** Where money moves; the test service's address the bank gives to each customer (cdc.md section 1). */
  readonly productionUrl: string;
  /** Namespace of the wrapper element. */
  readonly wrapperNamespaces: Readonly<Record<QueryOperation | OrderOperation, string>>;
  readonly orderOperations: Readonly<Record<Operation, OrderOperation>>;
  /** Followed by the operation's name. */
  readonly soapActionPrefix: string;
  /** Whether the bank knows a header block (CcsHeader) at all; it is sent when it is configured. */
  readonly header: boolean;
  /** Time zone of dates and times without an offset. */
  readonly zone: string;
  /** How operations of the current day are asked for: by day and daily number, or by number alone. */
  readonly incremental: 'day-and-number' | 'number';
  /** Value of `Lang` in a query for a statement; undefined where there is no such element. */
  readonly statementLanguage: string | undefined;
  /** Best first. */
  readonly identities: readonly IdentityRung[];
  /** Where the daily number stands below `Ntry`; undefined where the bank gives none. */
  readonly dailyNumber: string | undefined;
  /** True where `Refs/MsgId` is the customer's own message id. */
  readonly messageIdInReferences: boolean;
  readonly balanceCodes: { readonly available: string; readonly booked: string };
  /** Longest range of one history query, both ends included. */
  readonly historyDaysMax: number;
  /** Codes by which the bank says that there is nothing for the period asked. */
  readonly nothingCodes: readonly string[];
  /** Which operation a transfer needs; `goniec check` prints it. */
  readonly operations: readonly OperationRow[];
  readonly orderRules: OrderRules;
}
