// BNP Paribas Bank Polska, GOconnect Biznes.

import {
  CORE_WRAPPER_NAMESPACES,
  POLISH_OPERATIONS,
  POLISH_ORDER_RULES,
  SOAP_ACTION_PREFIX,
} from './common.ts';
import type { CdcDialect } from './dialect.ts';

export const BNP: CdcDialect = {
  name: 'bnp',
  title: 'BNP Paribas Bank Polska, GOconnect Biznes',
  productionUrl: 'https://connect.bnpparibas.pl/bnpp-cdc/cdc00101',
  wrapperNamespaces: CORE_WRAPPER_NAMESPACES,
  orderOperations: {
    domestic: 'DomesticTransfer',
    internal: 'InternalTransfer',
    'internal-foreign-currency': 'InternalFcyTransfer',
    sepa: 'SEPATransfer',
    foreign: 'ForeignTransfer',
  },
  soapActionPrefix: SOAP_ACTION_PREFIX,
  header: false,
  zone: 'Europe/Warsaw',
  incremental: 'day-and-number',
  statementLanguage: 'PL',
  identities: [
    { rung: 'TxId', path: 'NtryDtls/TxDtls/Refs/TxId', stable: true },
    { rung: 'AcctSvcrRef', path: 'AcctSvcrRef', stable: true },
    { rung: 'NtryRef', path: 'NtryRef', stable: false },
    // For our own transfers it may be the number the ERP gave them, which begins again in each file.
    { rung: 'InstrId', path: 'NtryDtls/TxDtls/Refs/InstrId', stable: false },
  ],
  dailyNumber: 'NtryDtls/TxDtls/Refs/MsgId',
  messageIdInReferences: false,
  balanceCodes: { available: 'AVLB', booked: 'BOOK' },
  historyDaysMax: 7,
  nothingCodes: ['E502'],
  operations: POLISH_OPERATIONS,
  // Letters and digits only: a hyphen in InitgPty is refused (cdc.md section 4.4).
  orderRules: { ...POLISH_ORDER_RULES, initiatingPartyPattern: '[A-Za-z0-9]+' },
};
