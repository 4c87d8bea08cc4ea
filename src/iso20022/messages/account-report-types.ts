// Entry, balance and transaction types, shared by the account messages.

import { types } from '../notation.ts';

/** Entries, balances and transaction details, the same in camt.052.001.02 and camt.053.001.02. */
export const accountReportTypes = types`
GroupHeader42
  MsgId      Max35Text
  CreDtTm    ISODateTime
  MsgRcpt?   PartyIdentification32
  MsgPgntn?  Pagination
  AddtlInf?  Max500Text

Pagination
  PgNb       Max5NumericText
  LastPgInd  YesNoIndicator

DateTimePeriodDetails
  FrDtTm  ISODateTime
  ToDtTm  ISODateTime

ReportingSource1Choice one of
  Cd     ExternalReportingSource1Code
  Prtry  Max35Text

CashAccount20
  Id     AccountIdentification4Choice
  Tp?    CashAccountType2
  Ccy?   ActiveOrHistoricCurrencyCode
  Nm?    Max70Text
  Ownr?  PartyIdentification32
  Svcr?  BranchAndFinancialInstitutionIdentification4

AccountInterest2
  Tp?      InterestType1Choice
  Rate*    Rate3
  FrToDt?  DateTimePeriodDetails
  Rsn?     Max35Text

InterestType1Choice one of
  Cd     InterestType1Code
  Prtry  Max35Text

Rate3
  Tp        RateType4Choice
  VldtyRg?  CurrencyAndAmountRange2

RateType4Choice one of
  Pctg  PercentageRate
  Othr  Max35Text

CurrencyAndAmountRange2
  Amt         ImpliedCurrencyAmountRangeChoice
  CdtDbtInd?  CreditDebitCode
  Ccy         ActiveOrHistoricCurrencyCode

ImpliedCurrencyAmountRangeChoice one of
  FrAmt    AmountRangeBoundary1
  ToAmt    AmountRangeBoundary1
  FrToAmt  FromToAmountRange
  EQAmt    ImpliedCurrencyAndAmount
  NEQAmt   ImpliedCurrencyAndAmount

AmountRangeBoundary1
  BdryAmt  ImpliedCurrencyAndAmount
  Incl     YesNoIndicator

FromToAmountRange
  FrAmt  AmountRangeBoundary1
  ToAmt  AmountRangeBoundary1

CashBalance3
  Tp         BalanceType12
  CdtLine?   CreditLine2
  Amt        ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd  CreditDebitCode
  Dt         DateAndDateTimeChoice
  Avlbty*    CashBalanceAvailability2

CreditLine2
  Incl  TrueFalseIndicator
  Amt?  ActiveOrHistoricCurrencyAndAmount

DateAndDateTimeChoice one of
  Dt    ISODate
  DtTm  ISODateTime

CashBalanceAvailability2
  Dt         CashBalanceAvailabilityDate1
  Amt        ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd  CreditDebitCode

CashBalanceAvailabilityDate1 one of
  NbOfDays  Max15PlusSignedNumericText
  ActlDt    ISODate

TotalTransactions2
  TtlNtries?           NumberAndSumOfTransactions2
  TtlCdtNtries?        NumberAndSumOfTransactions1
  TtlDbtNtries?        NumberAndSumOfTransactions1
  TtlNtriesPerBkTxCd*  TotalsPerBankTransactionCode2

NumberAndSumOfTransactions2
  NbOfNtries?     Max15NumericText
  Sum?            DecimalNumber
  TtlNetNtryAmt?  DecimalNumber
  CdtDbtInd?      CreditDebitCode

NumberAndSumOfTransactions1
  NbOfNtries?  Max15NumericText
  Sum?         DecimalNumber

TotalsPerBankTransactionCode2
  NbOfNtries?     Max15NumericText
  Sum?            DecimalNumber
  TtlNetNtryAmt?  DecimalNumber
  CdtDbtInd?      CreditDebitCode
  FcstInd?        TrueFalseIndicator
  BkTxCd          BankTransactionCodeStructure4
  Avlbty*         CashBalanceAvailability2

BankTransactionCodeStructure4
  Domn?   BankTransactionCodeStructure5
  Prtry?  ProprietaryBankTransactionCodeStructure1

BankTransactionCodeStructure5
  Cd    ExternalBankTransactionDomain1Code
  Fmly  BankTransactionCodeStructure6

BankTransactionCodeStructure6
  Cd         ExternalBankTransactionFamily1Code
  SubFmlyCd  ExternalBankTransactionSubFamily1Code

ProprietaryBankTransactionCodeStructure1
  Cd     Max35Text
  Issr?  Max35Text

ReportEntry2
  NtryRef?        Max35Text
  Amt             ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd       CreditDebitCode
  RvslInd?        TrueFalseIndicator
  Sts             EntryStatus2Code
  BookgDt?        DateAndDateTimeChoice
  ValDt?          DateAndDateTimeChoice
  AcctSvcrRef?    Max35Text
  Avlbty*         CashBalanceAvailability2
  BkTxCd          BankTransactionCodeStructure4
  ComssnWvrInd?   YesNoIndicator
  AddtlInfInd?    MessageIdentification2
  AmtDtls?        AmountAndCurrencyExchange3
  Chrgs*          ChargesInformation6
  TechInptChanl?  TechnicalInputChannel1Choice
  Intrst*         TransactionInterest2
  NtryDtls*       EntryDetails1
  AddtlNtryInf?   Max500Text

MessageIdentification2
  MsgNmId?  Max35Text
  MsgId?    Max35Text

AmountAndCurrencyExchange3
  InstdAmt?       AmountAndCurrencyExchangeDetails3
  TxAmt?          AmountAndCurrencyExchangeDetails3
  CntrValAmt?     AmountAndCurrencyExchangeDetails3
  AnncdPstngAmt?  AmountAndCurrencyExchangeDetails3
  PrtryAmt*       AmountAndCurrencyExchangeDetails4

AmountAndCurrencyExchangeDetails3
  Amt       ActiveOrHistoricCurrencyAndAmount
  CcyXchg?  CurrencyExchange5

CurrencyExchange5
  SrcCcy    ActiveOrHistoricCurrencyCode
  TrgtCcy?  ActiveOrHistoricCurrencyCode
  UnitCcy?  ActiveOrHistoricCurrencyCode
  XchgRate  BaseOneRate
  CtrctId?  Max35Text
  QtnDt?    ISODateTime

AmountAndCurrencyExchangeDetails4
  Tp        Max35Text
  Amt       ActiveOrHistoricCurrencyAndAmount
  CcyXchg?  CurrencyExchange5

ChargesInformation6
  TtlChrgsAndTaxAmt?  ActiveOrHistoricCurrencyAndAmount
  Amt                 ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd?          CreditDebitCode
  Tp?                 ChargeType2Choice
  Rate?               PercentageRate
  Br?                 ChargeBearerType1Code
  Pty?                BranchAndFinancialInstitutionIdentification4
  Tax?                TaxCharges2

ChargeType2Choice one of
  Cd     ChargeType1Code
  Prtry  GenericIdentification3

GenericIdentification3
  Id     Max35Text
  Issr?  Max35Text

TaxCharges2
  Id?    Max35Text
  Rate?  PercentageRate
  Amt?   ActiveOrHistoricCurrencyAndAmount

TechnicalInputChannel1Choice one of
  Cd     ExternalTechnicalInputChannel1Code
  Prtry  Max35Text

TransactionInterest2
  Amt        ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd  CreditDebitCode
  Tp?        InterestType1Choice
  Rate*      Rate3
  FrToDt?    DateTimePeriodDetails
  Rsn?       Max35Text

EntryDetails1
  Btch?    BatchInformation2
  TxDtls*  EntryTransaction2

BatchInformation2
  MsgId?      Max35Text
  PmtInfId?   Max35Text
  NbOfTxs?    Max15NumericText
  TtlAmt?     ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd?  CreditDebitCode

EntryTransaction2
  Refs?             TransactionReferences2
  AmtDtls?          AmountAndCurrencyExchange3
  Avlbty*           CashBalanceAvailability2
  BkTxCd?           BankTransactionCodeStructure4
  Chrgs*            ChargesInformation6
  Intrst*           TransactionInterest2
  RltdPties?        TransactionParty2
  RltdAgts?         TransactionAgents2
  Purp?             Purpose2Choice
  RltdRmtInf{0,10}  RemittanceLocation2
  RmtInf?           RemittanceInformation5
  RltdDts?          TransactionDates2
  RltdPric?         TransactionPrice2Choice
  RltdQties*        TransactionQuantities1Choice
  FinInstrmId?      SecurityIdentification4Choice
  Tax?              TaxInformation3
  RtrInf?           ReturnReasonInformation10
  CorpActn?         CorporateAction1
  SfkpgAcct?        CashAccount16
  AddtlTxInf?       Max500Text

TransactionReferences2
  MsgId?        Max35Text
  AcctSvcrRef?  Max35Text
  PmtInfId?     Max35Text
  InstrId?      Max35Text
  EndToEndId?   Max35Text
  TxId?         Max35Text
  MndtId?       Max35Text
  ChqNb?        Max35Text
  ClrSysRef?    Max35Text
  Prtry?        ProprietaryReference1

ProprietaryReference1
  Tp   Max35Text
  Ref  Max35Text

TransactionParty2
  InitgPty?   PartyIdentification32
  Dbtr?       PartyIdentification32
  DbtrAcct?   CashAccount16
  UltmtDbtr?  PartyIdentification32
  Cdtr?       PartyIdentification32
  CdtrAcct?   CashAccount16
  UltmtCdtr?  PartyIdentification32
  TradgPty?   PartyIdentification32
  Prtry*      ProprietaryParty2

ProprietaryParty2
  Tp   Max35Text
  Pty  PartyIdentification32

TransactionAgents2
  DbtrAgt?     BranchAndFinancialInstitutionIdentification4
  CdtrAgt?     BranchAndFinancialInstitutionIdentification4
  IntrmyAgt1?  BranchAndFinancialInstitutionIdentification4
  IntrmyAgt2?  BranchAndFinancialInstitutionIdentification4
  IntrmyAgt3?  BranchAndFinancialInstitutionIdentification4
  RcvgAgt?     BranchAndFinancialInstitutionIdentification4
  DlvrgAgt?    BranchAndFinancialInstitutionIdentification4
  IssgAgt?     BranchAndFinancialInstitutionIdentification4
  SttlmPlc?    BranchAndFinancialInstitutionIdentification4
  Prtry*       ProprietaryAgent2

ProprietaryAgent2
  Tp   Max35Text
  Agt  BranchAndFinancialInstitutionIdentification4

TransactionDates2
  AccptncDtTm?              ISODateTime
  TradActvtyCtrctlSttlmDt?  ISODate
  TradDt?                   ISODate
  IntrBkSttlmDt?            ISODate
  StartDt?                  ISODate
  EndDt?                    ISODate
  TxDtTm?                   ISODateTime
  Prtry*                    ProprietaryDate2

ProprietaryDate2
  Tp  Max35Text
  Dt  DateAndDateTimeChoice

TransactionPrice2Choice one of
  DealPric  ActiveOrHistoricCurrencyAndAmount
  Prtry+    ProprietaryPrice2

ProprietaryPrice2
  Tp    Max35Text
  Pric  ActiveOrHistoricCurrencyAndAmount

TransactionQuantities1Choice one of
  Qty    FinancialInstrumentQuantityChoice
  Prtry  ProprietaryQuantity1

FinancialInstrumentQuantityChoice one of
  Unit      DecimalNumber
  FaceAmt   ImpliedCurrencyAndAmount
  AmtsdVal  ImpliedCurrencyAndAmount

ProprietaryQuantity1
  Tp   Max35Text
  Qty  Max35Text

SecurityIdentification4Choice one of
  ISIN   ISINIdentifier
  Prtry  AlternateSecurityIdentification2

AlternateSecurityIdentification2
  Tp  Max35Text
  Id  Max35Text

ReturnReasonInformation10
  OrgnlBkTxCd?  BankTransactionCodeStructure4
  Orgtr?        PartyIdentification32
  Rsn?          ReturnReason5Choice
  AddtlInf*     Max105Text

ReturnReason5Choice one of
  Cd     ExternalReturnReason1Code
  Prtry  Max35Text

CorporateAction1
  Cd?     Max35Text
  Nb?     Max35Text
  Prtry?  Max35Text
`;
