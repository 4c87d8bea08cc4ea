// camt.060.001.03 in the compact notation of notation.ts.

import { message } from '../message.ts';
import { types } from '../notation.ts';
import { commonTypes } from './common-types.ts';
import { commonTypes2013 } from './common-types-2013.ts';
import { simpleTypes } from './simple-types.ts';

const own = types`
AccountReportingRequestV03
  GrpHdr        GroupHeader59
  RptgReq+      ReportingRequest3
  SplmtryData*  SupplementaryData1

GroupHeader59
  MsgId     Max35Text
  CreDtTm   ISODateTime
  MsgSndr?  Party12Choice

Party12Choice one of
  Pty  PartyIdentification43
  Agt  BranchAndFinancialInstitutionIdentification5

PartyIdentification43
  Nm?         Max140Text
  PstlAdr?    PostalAddress6
  Id?         Party11Choice
  CtryOfRes?  CountryCode
  CtctDtls?   ContactDetails2

Party11Choice one of
  OrgId   OrganisationIdentification8
  PrvtId  PersonIdentification5

OrganisationIdentification8
  AnyBIC?  AnyBICIdentifier
  Othr*    GenericOrganisationIdentification1

BranchAndFinancialInstitutionIdentification5
  FinInstnId  FinancialInstitutionIdentification8
  BrnchId?    BranchData2

FinancialInstitutionIdentification8
  BICFI?        BICFIIdentifier
  ClrSysMmbId?  ClearingSystemMemberIdentification2
  Nm?           Max140Text
  PstlAdr?      PostalAddress6
  Othr?         GenericFinancialIdentification1

ReportingRequest3
  Id?          Max35Text
  ReqdMsgNmId  Max35Text
  Acct?        CashAccount24
  AcctOwnr     Party12Choice
  AcctSvcr?    BranchAndFinancialInstitutionIdentification5
  RptgPrd?     ReportingPeriod1
  ReqdTxTp?    TransactionType1
  ReqdBalTp*   BalanceType12

CashAccount24
  Id    AccountIdentification4Choice
  Tp?   CashAccountType2Choice
  Ccy?  ActiveOrHistoricCurrencyCode
  Nm?   Max70Text

ReportingPeriod1
  FrToDt  DatePeriodDetails1
  FrToTm  TimePeriodDetails1
  Tp      QueryType3Code

TransactionType1
  Sts        EntryStatus2Code
  CdtDbtInd  CreditDebitCode
  FlrLmt*    Limit2
`;

/** Account reporting request, version 3 (ISO 20022, camt.060.001.03). */
export const camt06000103 = message({
  name: 'camt.060.001.03',
  root: 'AcctRptgReq',
  type: 'AccountReportingRequestV03',
  tables: [simpleTypes, commonTypes, commonTypes2013, own],
});
