// Remittance, tax and regulatory types, shared.

import { types } from '../notation.ts';

/** What a payment is for: remittance information, tax and regulatory reporting, as several messages share them. */
export const remittanceTypes = types`
RegulatoryReporting3
  DbtCdtRptgInd?  RegulatoryReportingType1Code
  Authrty?        RegulatoryAuthority2
  Dtls*           StructuredRegulatoryReporting3

RegulatoryAuthority2
  Nm?    Max140Text
  Ctry?  CountryCode

StructuredRegulatoryReporting3
  Tp?    Max35Text
  Dt?    ISODate
  Ctry?  CountryCode
  Cd?    Max10Text
  Amt?   ActiveOrHistoricCurrencyAndAmount
  Inf*   Max35Text

TaxInformation3
  Cdtr?             TaxParty1
  Dbtr?             TaxParty2
  AdmstnZn?         Max35Text
  RefNb?            Max140Text
  Mtd?              Max35Text
  TtlTaxblBaseAmt?  ActiveOrHistoricCurrencyAndAmount
  TtlTaxAmt?        ActiveOrHistoricCurrencyAndAmount
  Dt?               ISODate
  SeqNb?            Number
  Rcrd*             TaxRecord1

TaxParty1
  TaxId?   Max35Text
  RegnId?  Max35Text
  TaxTp?   Max35Text

TaxParty2
  TaxId?    Max35Text
  RegnId?   Max35Text
  TaxTp?    Max35Text
  Authstn?  TaxAuthorisation1

TaxAuthorisation1
  Titl?  Max35Text
  Nm?    Max140Text

TaxRecord1
  Tp?        Max35Text
  Ctgy?      Max35Text
  CtgyDtls?  Max35Text
  DbtrSts?   Max35Text
  CertId?    Max35Text
  FrmsCd?    Max35Text
  Prd?       TaxPeriod1
  TaxAmt?    TaxAmount1
  AddtlInf?  Max140Text

TaxPeriod1
  Yr?      ISODate
  Tp?      TaxRecordPeriod1Code
  FrToDt?  DatePeriodDetails

DatePeriodDetails
  FrDt  ISODate
  ToDt  ISODate

TaxAmount1
  Rate?          PercentageRate
  TaxblBaseAmt?  ActiveOrHistoricCurrencyAndAmount
  TtlAmt?        ActiveOrHistoricCurrencyAndAmount
  Dtls*          TaxRecordDetails1

TaxRecordDetails1
  Prd?  TaxPeriod1
  Amt   ActiveOrHistoricCurrencyAndAmount

RemittanceLocation2
  RmtId?              Max35Text
  RmtLctnMtd?         RemittanceLocationMethod2Code
  RmtLctnElctrncAdr?  Max2048Text
  RmtLctnPstlAdr?     NameAndAddress10

RemittanceInformation5
  Ustrd*  Max140Text
  Strd*   StructuredRemittanceInformation7

StructuredRemittanceInformation7
  RfrdDocInf*       ReferredDocumentInformation3
  RfrdDocAmt?       RemittanceAmount1
  CdtrRefInf?       CreditorReferenceInformation2
  Invcr?            PartyIdentification32
  Invcee?           PartyIdentification32
  AddtlRmtInf{0,3}  Max140Text

ReferredDocumentInformation3
  Tp?      ReferredDocumentType2
  Nb?      Max35Text
  RltdDt?  ISODate

ReferredDocumentType2
  CdOrPrtry  ReferredDocumentType1Choice
  Issr?      Max35Text

ReferredDocumentType1Choice one of
  Cd     DocumentType5Code
  Prtry  Max35Text

RemittanceAmount1
  DuePyblAmt?         ActiveOrHistoricCurrencyAndAmount
  DscntApldAmt?       ActiveOrHistoricCurrencyAndAmount
  CdtNoteAmt?         ActiveOrHistoricCurrencyAndAmount
  TaxAmt?             ActiveOrHistoricCurrencyAndAmount
  AdjstmntAmtAndRsn*  DocumentAdjustment1
  RmtdAmt?            ActiveOrHistoricCurrencyAndAmount

DocumentAdjustment1
  Amt         ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd?  CreditDebitCode
  Rsn?        Max4Text
  AddtlInf?   Max140Text

CreditorReferenceInformation2
  Tp?   CreditorReferenceType2
  Ref?  Max35Text

CreditorReferenceType2
  CdOrPrtry  CreditorReferenceType1Choice
  Issr?      Max35Text

CreditorReferenceType1Choice one of
  Cd     DocumentType3Code
  Prtry  Max35Text
`;
