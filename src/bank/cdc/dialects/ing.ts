// ING Bank Śląski, ING WebService.

import {
  CORE_WRAPPER_NAMESPACES,
  POLISH_OPERATIONS,
  POLISH_ORDER_RULES,
  SOAP_ACTION_PREFIX,
} from './common.ts';
import type { CdcDialect } from './dialect.ts';

export const ING: CdcDialect = {
  name: 'ing',
  title: 'ING Bank Śląski, ING WebService',
  productionUrl: 'https://ws.ingbusiness.pl/ing-ccs/cdc00101',
  wrapperNamespaces: CORE_WRAPPER_NAMESPACES,
  orderOperations: {
    domestic: 'DomesticTransfer',
    internal: 'InternalTransfer',
    'internal-foreign-currency': 'ForeignTransfer',
    sepa: 'SEPATransfer',
    foreign: 'ForeignTransfer',
  },
  soapActionPrefix: SOAP_ACTION_PREFIX,
  header: true,
  zone: 'Europe/Warsaw',
  incremental: 'number',
  statementLanguage: undefined,
  identities: [
    { rung: 'InstrId', path: 'NtryDtls/TxDtls/Refs/InstrId', stable: true },
    { rung: 'AcctSvcrRef', path: 'AcctSvcrRef', stable: true },
  ],
  dailyNumber: undefined,
  messageIdInReferences: true,
  balanceCodes: { available: 'AVLB', booked: 'BOOK' },
  historyDaysMax: 7,
  nothingCodes: ['E502'],
  operations: POLISH_OPERATIONS,
  orderRules: POLISH_ORDER_RULES,
};
