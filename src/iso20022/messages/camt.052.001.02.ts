// camt.052.001.02 in the compact notation of notation.ts.

import { message } from '../message.ts';
import { types } from '../notation.ts';
import { accountReportTypes } from './account-report-types.ts';
import { commonTypes } from './common-types.ts';
import { remittanceTypes } from './remittance-types.ts';
import { simpleTypes } from './simple-types.ts';

const own = types`
BankToCustomerAccountReportV02
  GrpHdr  GroupHeader42
  Rpt+    AccountReport11

AccountReport11
  Id             Max35Text
  ElctrncSeqNb?  Number
  LglSeqNb?      Number
  CreDtTm        ISODateTime
  FrToDt?        DateTimePeriodDetails
  CpyDplctInd?   CopyDuplicate1Code
  RptgSrc?       ReportingSource1Choice
  Acct           CashAccount20
  RltdAcct?      CashAccount16
  Intrst*        AccountInterest2
  Bal*           CashBalance3
  TxsSummry?     TotalTransactions2
  Ntry*          ReportEntry2
  AddtlRptInf?   Max500Text
`;

/** Bank to customer account report, version 2 (ISO 20022, camt.052.001.02). */
export const camt05200102 = message({
  name: 'camt.052.001.02',
  root: 'BkToCstmrAcctRpt',
  type: 'BankToCustomerAccountReportV02',
  tables: [simpleTypes, commonTypes, remittanceTypes, accountReportTypes, own],
});
