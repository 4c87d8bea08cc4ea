// What the sandbox offers: the operations of each dialect and the document each one takes.

import type { MessageDefinition } from '../iso20022/definition.ts';
import { pain00100103 } from '../iso20022/messages/pain.001.001.03.ts';
import type { RequestKind } from './moods.ts';
import * as queries from './request-definitions.ts';

/** The banks whose service the sandbox speaks; see cdc.md. */
export type Dialect = 'bnp' | 'ing';

export type OperationName =
  | 'GetAccountBalance'
  | 'GetAccountReport'
  | 'GetIncrementalAccountReport'
  | 'GetStatement'
  | 'GetPaymentStatusReport'
  | OrderOperation;

export type OrderOperation =
  'DomesticTransfer' | 'InternalTransfer' | 'InternalFcyTransfer' | 'SEPATransfer' | 'ForeignTransfer';

export interface OfferedOperation {
  readonly name: OperationName;
  readonly kind: RequestKind;
  readonly request: MessageDefinition;
  /** True where a signature may follow the document. */
  readonly signed: boolean;
}

/** Namespace of the wrapper elements. */
export const WRAPPER_NAMESPACE = 'urn:ca:std:cdc:tech:xsd:cdc.001.01';

/** What stands before the operation's name in the SOAPAction. */
export const ACTION_PREFIX = 'urn:ca:std:cdc:tech:wsdl:cdc.ws.001.01/';

/** The operation of this name; undefined where the dialect does not have it, or the sandbox does not offer it. */
export function operationNamed(dialect: Dialect, name: string): OfferedOperation | undefined {
  return OFFERED[dialect].find((operation) => operation.name === name);
}

const OFFERED: Readonly<Record<Dialect, readonly OfferedOperation[]>> = {
  bnp: [
    ...readings(queries.reportQueryAtBnp, queries.statementQueryAtBnp),
    ...['DomesticTransfer', 'InternalTransfer', 'InternalFcyTransfer', 'SEPATransfer', 'ForeignTransfer'].map(
      order,
    ),
  ],
  ing: [
    ...readings(queries.reportQueryAtIng, queries.statementQueryAtIng),
    ...['DomesticTransfer', 'InternalTransfer', 'SEPATransfer', 'ForeignTransfer'].map(order),
  ],
};

function readings(report: MessageDefinition, statement: MessageDefinition): OfferedOperation[] {
  return [
    { name: 'GetAccountBalance', kind: 'query', request: queries.balanceQuery, signed: false },
    { name: 'GetAccountReport', kind: 'query', request: report, signed: false },
    { name: 'GetIncrementalAccountReport', kind: 'query', request: report, signed: false },
    { name: 'GetStatement', kind: 'query', request: statement, signed: false },
    { name: 'GetPaymentStatusReport', kind: 'status', request: queries.statusQuery, signed: false },
  ];
}

function order(name: string): OfferedOperation {
  return { name: name as OrderOperation, kind: 'order', request: pain00100103, signed: true };
}
