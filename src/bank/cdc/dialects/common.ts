// What both dialects share: the core of the service is one.

import type { AnswerProfile, OperationRow, OrderRules } from '../../../domain/bank-profile.ts';
import type { OrderOperation, QueryOperation } from './dialect.ts';

export const CORE_NAMESPACE = 'urn:ca:std:cdc:tech:xsd:cdc.001.01';

export const SOAP_ACTION_PREFIX = 'urn:ca:std:cdc:tech:wsdl:cdc.ws.001.01/';

export const CORE_WRAPPER_NAMESPACES: Readonly<Record<QueryOperation | OrderOperation, string>> = {
  GetAccountBalance: CORE_NAMESPACE,
  GetAccountReport: CORE_NAMESPACE,
  GetIncrementalAccountReport: CORE_NAMESPACE,
  GetStatement: CORE_NAMESPACE,
  GetPaymentStatusReport: CORE_NAMESPACE,
  DomesticTransfer: CORE_NAMESPACE,
  InternalTransfer: CORE_NAMESPACE,
  InternalFcyTransfer: CORE_NAMESPACE,
  SEPATransfer: CORE_NAMESPACE,
  ForeignTransfer: CORE_NAMESPACE,
};

/** Empty on purpose: only a test at the bank may fill it. */
export const UNTESTED_ANSWERS: AnswerProfile = {
  notFound: [],
  duplicate: [],
  refusal: [],
  systemic: [],
  arrivalBoundMs: undefined,
  rejectMeansRejected: false,
};

export const POLISH_ORDER_RULES: OrderRules = {
  messageIdPrefix: 'GNC',
  transfersPerMessageMax: 100,
  // Neither bank has published a list; refusing what a bank would have taken is no service.
  textCharacters: undefined,
  endToEndIdPattern: "[A-Za-z0-9/\\-+()']+",
  endToEndIdMaxLength: 32,
  remittanceMaxLength: 140,
  addressLineMaxLength: 35,
  initiatingPartyName: undefined,
  initiatingPartyPattern: undefined,
  domesticCountry: 'PL',
  domesticCurrency: 'PLN',
};

/** From the operations' names (cdc.md section 4.4): inside the bank first, then the country, SEPA, and the rest. */
export const POLISH_OPERATIONS: readonly OperationRow[] = [
  { operation: 'internal', currency: 'domestic', creditor: 'same-bank' },
  { operation: 'internal-foreign-currency', creditor: 'same-bank' },
  { operation: 'domestic', currency: 'domestic', creditor: 'domestic' },
  { operation: 'sepa', currency: 'EUR', creditor: 'sepa' },
  { operation: 'foreign' },
];
