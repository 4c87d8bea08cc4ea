// pain.001.001.09 in the compact notation of notation.ts.

import { message } from '../message.ts';
import { types } from '../notation.ts';
import { commonTypes } from './common-types.ts';
import { commonTypes2013 } from './common-types-2013.ts';
import { remittanceTypes } from './remittance-types.ts';
import { simpleTypes } from './simple-types.ts';

const own = types`
CustomerCreditTransferInitiationV09
  GrpHdr        GroupHeader85
  PmtInf+       PaymentInstruction30
  SplmtryData*  SupplementaryData1

GroupHeader85
  MsgId         Max35Text
  CreDtTm       ISODateTime
  Authstn{0,2}  Authorisation1Choice
  NbOfTxs       Max15NumericText
  CtrlSum?      DecimalNumber
  InitgPty      PartyIdentification135
  FwdgAgt?      BranchAndFinancialInstitutionIdentification6

PaymentInstruction30
  PmtInfId          Max35Text
  PmtMtd            PaymentMethod3Code
  BtchBookg?        BatchBookingIndicator
  NbOfTxs?          Max15NumericText
  CtrlSum?          DecimalNumber
  PmtTpInf?         PaymentTypeInformation26
  ReqdExctnDt       DateAndDateTime2Choice
  PoolgAdjstmntDt?  ISODate
  Dbtr              PartyIdentification135
  DbtrAcct          CashAccount38
  DbtrAgt           BranchAndFinancialInstitutionIdentification6
  DbtrAgtAcct?      CashAccount38
  InstrForDbtrAgt?  Max140Text
  UltmtDbtr?        PartyIdentification135
  ChrgBr?           ChargeBearerType1Code
  ChrgsAcct?        CashAccount38
  ChrgsAcctAgt?     BranchAndFinancialInstitutionIdentification6
  CdtTrfTxInf+      CreditTransferTransaction34

PaymentTypeInformation26
  InstrPrty?  Priority2Code
  SvcLvl*     ServiceLevel8Choice
  LclInstrm?  LocalInstrument2Choice
  CtgyPurp?   CategoryPurpose1Choice

DateAndDateTime2Choice one of
  Dt    ISODate
  DtTm  ISODateTime

CreditTransferTransaction34
  PmtId             PaymentIdentification6
  PmtTpInf?         PaymentTypeInformation26
  Amt               AmountType4Choice
  XchgRateInf?      ExchangeRate1
  ChrgBr?           ChargeBearerType1Code
  ChqInstr?         Cheque11
  UltmtDbtr?        PartyIdentification135
  IntrmyAgt1?       BranchAndFinancialInstitutionIdentification6
  IntrmyAgt1Acct?   CashAccount38
  IntrmyAgt2?       BranchAndFinancialInstitutionIdentification6
  IntrmyAgt2Acct?   CashAccount38
  IntrmyAgt3?       BranchAndFinancialInstitutionIdentification6
  IntrmyAgt3Acct?   CashAccount38
  CdtrAgt?          BranchAndFinancialInstitutionIdentification6
  CdtrAgtAcct?      CashAccount38
  Cdtr?             PartyIdentification135
  CdtrAcct?         CashAccount38
  UltmtCdtr?        PartyIdentification135
  InstrForCdtrAgt*  InstructionForCreditorAgent1
  InstrForDbtrAgt?  Max140Text
  Purp?             Purpose2Choice
  RgltryRptg{0,10}  RegulatoryReporting3
  Tax?              TaxInformation8
  RltdRmtInf{0,10}  RemittanceLocation7
  RmtInf?           RemittanceInformation16
  SplmtryData*      SupplementaryData1

PaymentIdentification6
  InstrId?    Max35Text
  EndToEndId  Max35Text
  UETR?       UUIDv4Identifier

AmountType4Choice one of
  InstdAmt  ActiveOrHistoricCurrencyAndAmount
  EqvtAmt   EquivalentAmount2

ExchangeRate1
  UnitCcy?   ActiveOrHistoricCurrencyCode
  XchgRate?  BaseOneRate
  RateTp?    ExchangeRateType1Code
  CtrctId?   Max35Text

Cheque11
  ChqTp?        ChequeType2Code
  ChqNb?        Max35Text
  ChqFr?        NameAndAddress16
  DlvryMtd?     ChequeDeliveryMethod1Choice
  DlvrTo?       NameAndAddress16
  InstrPrty?    Priority2Code
  ChqMtrtyDt?   ISODate
  FrmsCd?       Max35Text
  MemoFld{0,2}  Max35Text
  RgnlClrZone?  Max35Text
  PrtLctn?      Max35Text
  Sgntr{0,5}    Max70Text

NameAndAddress16
  Nm   Max140Text
  Adr  PostalAddress24

TaxInformation8
  Cdtr?             TaxParty1
  Dbtr?             TaxParty2
  AdmstnZone?       Max35Text
  RefNb?            Max140Text
  Mtd?              Max35Text
  TtlTaxblBaseAmt?  ActiveOrHistoricCurrencyAndAmount
  TtlTaxAmt?        ActiveOrHistoricCurrencyAndAmount
  Dt?               ISODate
  SeqNb?            Number
  Rcrd*             TaxRecord2

TaxRecord2
  Tp?        Max35Text
  Ctgy?      Max35Text
  CtgyDtls?  Max35Text
  DbtrSts?   Max35Text
  CertId?    Max35Text
  FrmsCd?    Max35Text
  Prd?       TaxPeriod2
  TaxAmt?    TaxAmount2
  AddtlInf?  Max140Text

TaxPeriod2
  Yr?      ISODate
  Tp?      TaxRecordPeriod1Code
  FrToDt?  DatePeriod2

DatePeriod2
  FrDt  ISODate
  ToDt  ISODate

TaxAmount2
  Rate?          PercentageRate
  TaxblBaseAmt?  ActiveOrHistoricCurrencyAndAmount
  TtlAmt?        ActiveOrHistoricCurrencyAndAmount
  Dtls*          TaxRecordDetails2

TaxRecordDetails2
  Prd?  TaxPeriod2
  Amt   ActiveOrHistoricCurrencyAndAmount

RemittanceLocation7
  RmtId?        Max35Text
  RmtLctnDtls*  RemittanceLocationData1

RemittanceLocationData1
  Mtd          RemittanceLocationMethod2Code
  ElctrncAdr?  Max2048Text
  PstlAdr?     NameAndAddress16

RemittanceInformation16
  Ustrd*  Max140Text
  Strd*   StructuredRemittanceInformation16

StructuredRemittanceInformation16
  RfrdDocInf*       ReferredDocumentInformation7
  RfrdDocAmt?       RemittanceAmount2
  CdtrRefInf?       CreditorReferenceInformation2
  Invcr?            PartyIdentification135
  Invcee?           PartyIdentification135
  TaxRmt?           TaxInformation7
  GrnshmtRmt?       Garnishment3
  AddtlRmtInf{0,3}  Max140Text

ReferredDocumentInformation7
  Tp?        ReferredDocumentType4
  Nb?        Max35Text
  RltdDt?    ISODate
  LineDtls*  DocumentLineInformation1

ReferredDocumentType4
  CdOrPrtry  ReferredDocumentType3Choice
  Issr?      Max35Text

ReferredDocumentType3Choice one of
  Cd     DocumentType6Code
  Prtry  Max35Text

DocumentLineInformation1
  Id+    DocumentLineIdentification1
  Desc?  Max2048Text
  Amt?   RemittanceAmount3

DocumentLineIdentification1
  Tp?      DocumentLineType1
  Nb?      Max35Text
  RltdDt?  ISODate

DocumentLineType1
  CdOrPrtry  DocumentLineType1Choice
  Issr?      Max35Text

DocumentLineType1Choice one of
  Cd     ExternalDocumentLineType1Code
  Prtry  Max35Text

RemittanceAmount3
  DuePyblAmt?         ActiveOrHistoricCurrencyAndAmount
  DscntApldAmt*       DiscountAmountAndType1
  CdtNoteAmt?         ActiveOrHistoricCurrencyAndAmount
  TaxAmt*             TaxAmountAndType1
  AdjstmntAmtAndRsn*  DocumentAdjustment1
  RmtdAmt?            ActiveOrHistoricCurrencyAndAmount

DiscountAmountAndType1
  Tp?  DiscountAmountType1Choice
  Amt  ActiveOrHistoricCurrencyAndAmount

DiscountAmountType1Choice one of
  Cd     ExternalDiscountAmountType1Code
  Prtry  Max35Text

TaxAmountAndType1
  Tp?  TaxAmountType1Choice
  Amt  ActiveOrHistoricCurrencyAndAmount

TaxAmountType1Choice one of
  Cd     ExternalTaxAmountType1Code
  Prtry  Max35Text

RemittanceAmount2
  DuePyblAmt?         ActiveOrHistoricCurrencyAndAmount
  DscntApldAmt*       DiscountAmountAndType1
  CdtNoteAmt?         ActiveOrHistoricCurrencyAndAmount
  TaxAmt*             TaxAmountAndType1
  AdjstmntAmtAndRsn*  DocumentAdjustment1
  RmtdAmt?            ActiveOrHistoricCurrencyAndAmount

TaxInformation7
  Cdtr?             TaxParty1
  Dbtr?             TaxParty2
  UltmtDbtr?        TaxParty2
  AdmstnZone?       Max35Text
  RefNb?            Max140Text
  Mtd?              Max35Text
  TtlTaxblBaseAmt?  ActiveOrHistoricCurrencyAndAmount
  TtlTaxAmt?        ActiveOrHistoricCurrencyAndAmount
  Dt?               ISODate
  SeqNb?            Number
  Rcrd*             TaxRecord2

Garnishment3
  Tp                  GarnishmentType1
  Grnshee?            PartyIdentification135
  GrnshmtAdmstr?      PartyIdentification135
  RefNb?              Max140Text
  Dt?                 ISODate
  RmtdAmt?            ActiveOrHistoricCurrencyAndAmount
  FmlyMdclInsrncInd?  TrueFalseIndicator
  MplyeeTermntnInd?   TrueFalseIndicator

GarnishmentType1
  CdOrPrtry  GarnishmentType1Choice
  Issr?      Max35Text

GarnishmentType1Choice one of
  Cd     ExternalGarnishmentType1Code
  Prtry  Max35Text
`;

/** Customer credit transfer initiation, version 9 (ISO 20022, pain.001.001.09). */
export const pain00100109 = message({
  name: 'pain.001.001.09',
  root: 'CstmrCdtTrfInitn',
  type: 'CustomerCreditTransferInitiationV09',
  tables: [simpleTypes, commonTypes, commonTypes2013, remittanceTypes, own],
});
