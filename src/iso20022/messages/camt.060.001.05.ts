// camt.060.001.05 in the compact notation of notation.ts.

import { message } from '../message.ts';
import { types } from '../notation.ts';
import { commonTypes } from './common-types.ts';
import { commonTypes2013 } from './common-types-2013.ts';
import { simpleTypes } from './simple-types.ts';

const own = types`
AccountReportingRequestV05
  GrpHdr        GroupHeader77
  RptgReq+      ReportingRequest5
  SplmtryData*  SupplementaryData1

GroupHeader77
  MsgId     Max35Text
  CreDtTm   ISODateTime
  MsgSndr?  Party40Choice

Party40Choice one of
  Pty  PartyIdentification135
  Agt  BranchAndFinancialInstitutionIdentification6

ReportingRequest5
  Id?          Max35Text
  ReqdMsgNmId  Max35Text
  Acct?        CashAccount38
  AcctOwnr     Party40Choice
  AcctSvcr?    BranchAndFinancialInstitutionIdentification6
  RptgPrd?     ReportingPeriod2
  RptgSeq?     SequenceRange1Choice
  ReqdTxTp?    TransactionType2
  ReqdBalTp*   BalanceType13

ReportingPeriod2
  FrToDt   DatePeriodDetails1
  FrToTm?  TimePeriodDetails1
  Tp       QueryType3Code

SequenceRange1Choice one of
  FrSeq     Max35Text
  ToSeq     Max35Text
  FrToSeq+  SequenceRange1
  EQSeq+    Max35Text
  NEQSeq+   Max35Text

SequenceRange1
  FrSeq  Max35Text
  ToSeq  Max35Text

TransactionType2
  Sts        EntryStatus1Choice
  CdtDbtInd  CreditDebitCode
  FlrLmt*    Limit2

EntryStatus1Choice one of
  Cd     ExternalEntryStatus1Code
  Prtry  Max35Text

BalanceType13
  CdOrPrtry  BalanceType10Choice
  SubTp?     BalanceSubType1Choice

BalanceType10Choice one of
  Cd     ExternalBalanceType1Code
  Prtry  Max35Text
`;

/** Account reporting request, version 5 (ISO 20022, camt.060.001.05). */
export const camt06000105 = message({
  name: 'camt.060.001.05',
  root: 'AcctRptgReq',
  type: 'AccountReportingRequestV05',
  tables: [simpleTypes, commonTypes, commonTypes2013, own],
});
