// pain.002.001.03 in the compact notation of notation.ts.

import { message } from '../message.ts';
import { types } from '../notation.ts';
import { commonTypes } from './common-types.ts';
import { remittanceTypes } from './remittance-types.ts';
import { simpleTypes } from './simple-types.ts';

const own = types`
CustomerPaymentStatusReportV03
  GrpHdr              GroupHeader36
  OrgnlGrpInfAndSts   OriginalGroupInformation20
  OrgnlPmtInfAndSts*  OriginalPaymentInformation1

GroupHeader36
  MsgId      Max35Text
  CreDtTm    ISODateTime
  InitgPty?  PartyIdentification32
  FwdgAgt?   BranchAndFinancialInstitutionIdentification4
  DbtrAgt?   BranchAndFinancialInstitutionIdentification4
  CdtrAgt?   BranchAndFinancialInstitutionIdentification4

OriginalGroupInformation20
  OrgnlMsgId      Max35Text
  OrgnlMsgNmId    Max35Text
  OrgnlCreDtTm?   ISODateTime
  OrgnlNbOfTxs?   Max15NumericText
  OrgnlCtrlSum?   DecimalNumber
  GrpSts?         TransactionGroupStatus3Code
  StsRsnInf*      StatusReasonInformation8
  NbOfTxsPerSts*  NumberOfTransactionsPerStatus3

StatusReasonInformation8
  Orgtr?     PartyIdentification32
  Rsn?       StatusReason6Choice
  AddtlInf*  Max105Text

StatusReason6Choice one of
  Cd     ExternalStatusReason1Code
  Prtry  Max35Text

NumberOfTransactionsPerStatus3
  DtldNbOfTxs   Max15NumericText
  DtldSts       TransactionIndividualStatus3Code
  DtldCtrlSum?  DecimalNumber

OriginalPaymentInformation1
  OrgnlPmtInfId   Max35Text
  OrgnlNbOfTxs?   Max15NumericText
  OrgnlCtrlSum?   DecimalNumber
  PmtInfSts?      TransactionGroupStatus3Code
  StsRsnInf*      StatusReasonInformation8
  NbOfTxsPerSts*  NumberOfTransactionsPerStatus3
  TxInfAndSts*    PaymentTransactionInformation25

PaymentTransactionInformation25
  StsId?            Max35Text
  OrgnlInstrId?     Max35Text
  OrgnlEndToEndId?  Max35Text
  TxSts?            TransactionIndividualStatus3Code
  StsRsnInf*        StatusReasonInformation8
  ChrgsInf*         ChargesInformation5
  AccptncDtTm?      ISODateTime
  AcctSvcrRef?      Max35Text
  ClrSysRef?        Max35Text
  OrgnlTxRef?       OriginalTransactionReference13

ChargesInformation5
  Amt  ActiveOrHistoricCurrencyAndAmount
  Pty  BranchAndFinancialInstitutionIdentification4

OriginalTransactionReference13
  IntrBkSttlmAmt?  ActiveOrHistoricCurrencyAndAmount
  Amt?             AmountType3Choice
  IntrBkSttlmDt?   ISODate
  ReqdColltnDt?    ISODate
  ReqdExctnDt?     ISODate
  CdtrSchmeId?     PartyIdentification32
  SttlmInf?        SettlementInformation13
  PmtTpInf?        PaymentTypeInformation22
  PmtMtd?          PaymentMethod4Code
  MndtRltdInf?     MandateRelatedInformation6
  RmtInf?          RemittanceInformation5
  UltmtDbtr?       PartyIdentification32
  Dbtr?            PartyIdentification32
  DbtrAcct?        CashAccount16
  DbtrAgt?         BranchAndFinancialInstitutionIdentification4
  DbtrAgtAcct?     CashAccount16
  CdtrAgt?         BranchAndFinancialInstitutionIdentification4
  CdtrAgtAcct?     CashAccount16
  Cdtr?            PartyIdentification32
  CdtrAcct?        CashAccount16
  UltmtCdtr?       PartyIdentification32

SettlementInformation13
  SttlmMtd               SettlementMethod1Code
  SttlmAcct?             CashAccount16
  ClrSys?                ClearingSystemIdentification3Choice
  InstgRmbrsmntAgt?      BranchAndFinancialInstitutionIdentification4
  InstgRmbrsmntAgtAcct?  CashAccount16
  InstdRmbrsmntAgt?      BranchAndFinancialInstitutionIdentification4
  InstdRmbrsmntAgtAcct?  CashAccount16
  ThrdRmbrsmntAgt?       BranchAndFinancialInstitutionIdentification4
  ThrdRmbrsmntAgtAcct?   CashAccount16

ClearingSystemIdentification3Choice one of
  Cd     ExternalCashClearingSystem1Code
  Prtry  Max35Text

PaymentTypeInformation22
  InstrPrty?  Priority2Code
  ClrChanl?   ClearingChannel2Code
  SvcLvl?     ServiceLevel8Choice
  LclInstrm?  LocalInstrument2Choice
  SeqTp?      SequenceType1Code
  CtgyPurp?   CategoryPurpose1Choice

MandateRelatedInformation6
  MndtId?         Max35Text
  DtOfSgntr?      ISODate
  AmdmntInd?      TrueFalseIndicator
  AmdmntInfDtls?  AmendmentInformationDetails6
  ElctrncSgntr?   Max1025Text
  FrstColltnDt?   ISODate
  FnlColltnDt?    ISODate
  Frqcy?          Frequency1Code

AmendmentInformationDetails6
  OrgnlMndtId?       Max35Text
  OrgnlCdtrSchmeId?  PartyIdentification32
  OrgnlCdtrAgt?      BranchAndFinancialInstitutionIdentification4
  OrgnlCdtrAgtAcct?  CashAccount16
  OrgnlDbtr?         PartyIdentification32
  OrgnlDbtrAcct?     CashAccount16
  OrgnlDbtrAgt?      BranchAndFinancialInstitutionIdentification4
  OrgnlDbtrAgtAcct?  CashAccount16
  OrgnlFnlColltnDt?  ISODate
  OrgnlFrqcy?        Frequency1Code
`;

/** Customer payment status report, version 3 (ISO 20022, pain.002.001.03). */
export const pain00200103 = message({
  name: 'pain.002.001.03',
  root: 'CstmrPmtStsRpt',
  type: 'CustomerPaymentStatusReportV03',
  tables: [simpleTypes, commonTypes, remittanceTypes, own],
});
