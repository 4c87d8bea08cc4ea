// camt.053.001.02 in the compact notation of notation.ts.

import { message } from '../message.ts';
import { types } from '../notation.ts';
import { accountReportTypes } from './account-report-types.ts';
import { commonTypes } from './common-types.ts';
import { remittanceTypes } from './remittance-types.ts';
import { simpleTypes } from './simple-types.ts';

const own = types`
BankToCustomerStatementV02
  GrpHdr  GroupHeader42
  Stmt+   AccountStatement2

AccountStatement2
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
  Bal+           CashBalance3
  TxsSummry?     TotalTransactions2
  Ntry*          ReportEntry2
  AddtlStmtInf?  Max500Text
`;

/** Bank to customer statement, version 2 (ISO 20022, camt.053.001.02). */
export const camt05300102 = message({
  name: 'camt.053.001.02',
  root: 'BkToCstmrStmt',
  type: 'BankToCustomerStatementV02',
  tables: [simpleTypes, commonTypes, remittanceTypes, accountReportTypes, own],
});
