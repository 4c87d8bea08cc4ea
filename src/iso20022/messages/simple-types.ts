// Simple types of all messages, shared.

import { types } from '../notation.ts';

/** The simple types of all messages: texts, identifiers, codes, numbers and dates (ISO 20022 e-Repository, data types). */
export const simpleTypes = types`
# Texts, by length
Max4Text    text 1..4
Max10Text   text 1..10
Max16Text   text 1..16
Max34Text   text 1..34
Max35Text   text 1..35
Max70Text   text 1..70
Max105Text  text 1..105
Max128Text  text 1..128
Max140Text  text 1..140
Max350Text  text 1..350
Max500Text  text 1..500
Max1025Text text 1..1025
Max2048Text text 1..2048

# Identifiers and numbers written as text
Max15NumericText             text /[0-9]{1,15}/
CountryCode                  text /[A-Z]{2}/
AnyBICIdentifier             text /[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?/
PhoneNumber                  text /\+[0-9]{1,3}-[0-9()+\-]{1,30}/
BICIdentifier                text /[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?/
IBAN2007Identifier           text /[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}/
ActiveOrHistoricCurrencyCode text /[A-Z]{3}/
Max5NumericText              text /[0-9]{1,5}/
Max15PlusSignedNumericText   text /[+]?[0-9]{1,15}/
ISINIdentifier               text /[A-Z0-9]{12}/
BICFIIdentifier              text /[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?/
Exact4AlphaNumericText       text /[a-zA-Z0-9]{4}/
AnyBICDec2014Identifier      text /[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?/
LEIIdentifier                text /[A-Z0-9]{18}[0-9]{2}/
BICFIDec2014Identifier       text /[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?/
UUIDv4Identifier             text /[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}/

# Amounts, rates and numbers
DecimalNumber                                decimal 18.17
ActiveOrHistoricCurrencyAndAmount_SimpleType decimal 18.5 >=0
BaseOneRate                                  decimal 11.10
Number                                       decimal 18.0
PercentageRate                               decimal 11.10
ImpliedCurrencyAndAmount                     decimal 18.5 >=0

# Dates, times and indicators
ISODateTime           dateTime
ISODate               date
BatchBookingIndicator boolean
TrueFalseIndicator    boolean
YesNoIndicator        boolean
ISOTime               time

# Codes that ISO keeps in lists outside the schemas, where only the length is laid down
ExternalOrganisationIdentification1Code         text 1..4
ExternalPersonIdentification1Code               text 1..4
ExternalClearingSystemIdentification1Code       text 1..5
ExternalFinancialInstitutionIdentification1Code text 1..4
ExternalServiceLevel1Code                       text 1..4
ExternalLocalInstrument1Code                    text 1..35
ExternalCategoryPurpose1Code                    text 1..4
ExternalAccountIdentification1Code              text 1..4
ExternalPurpose1Code                            text 1..4
ExternalStatusReason1Code                       text 1..4
ExternalCashClearingSystem1Code                 text 1..3
ExternalReportingSource1Code                    text 1..4
ExternalBalanceSubType1Code                     text 1..4
ExternalBankTransactionDomain1Code              text 1..4
ExternalBankTransactionFamily1Code              text 1..4
ExternalBankTransactionSubFamily1Code           text 1..4
ExternalTechnicalInputChannel1Code              text 1..4
ExternalReturnReason1Code                       text 1..4
ExternalCashAccountType1Code                    text 1..4
ExternalProxyAccountType1Code                   text 1..4
ExternalEntryStatus1Code                        text 1..4
ExternalBalanceType1Code                        text 1..4
ExternalDocumentLineType1Code                   text 1..4
ExternalDiscountAmountType1Code                 text 1..4
ExternalTaxAmountType1Code                      text 1..4
ExternalGarnishmentType1Code                    text 1..4

# Codes
Authorisation1Code code AUTH FDET FSUM ILEV
AddressType2Code code ADDR PBOX HOME BIZZ MLTO DLVY
NamePrefix1Code code DOCT MIST MISS MADM
PaymentMethod3Code code CHK TRF TRA
Priority2Code code HIGH NORM
CashAccountType4Code code
  CASH CHAR COMM TAXE CISH TRAS SACC CACC SVGS ONDP MGLD NREX MOMA LOAN SLRY ODFT
ChargeBearerType1Code code DEBT CRED SHAR SLEV
ExchangeRateType1Code code SPOT SALE AGRD
ChequeType2Code code CCHQ CCCH BCHQ DRFT ELDR
ChequeDelivery1Code code MLDB MLCD MLFA CRDB CRCD CRFA PUDB PUCD PUFA RGDB RGCD RGFA
Instruction3Code code CHQB HOLD PHOB TELB
RegulatoryReportingType1Code code CRED DEBT BOTH
TaxRecordPeriod1Code code
  MM01 MM02 MM03 MM04 MM05 MM06 MM07 MM08 MM09 MM10 MM11 MM12 QTR1 QTR2 QTR3 QTR4 HLF1 HLF2
RemittanceLocationMethod2Code code FAXI EDIC URID EMAL POST SMSM
DocumentType5Code code MSIN CNFA DNFA CINV CREN DEBN HIRI SBIN CMCN SOAC DISP BOLD VCHR AROI TSUT
CreditDebitCode code CRDT DBIT
DocumentType3Code code RADM RPIN FXDR DISP PUOR SCOR
TransactionGroupStatus3Code code ACTC RCVD PART RJCT PDNG ACCP ACSP ACSC ACWC
TransactionIndividualStatus3Code code ACTC RJCT PDNG ACCP ACSP ACSC ACWC
SettlementMethod1Code code INDA INGA COVE CLRG
ClearingChannel2Code code RTGS RTNS MPNS BOOK
SequenceType1Code code FRST RCUR FNAL OOFF
PaymentMethod4Code code CHK TRF DD TRA
Frequency1Code code YEAR MNTH QURT MIAN WEEK DAIL ADHO INDA
CopyDuplicate1Code code CODU COPY DUPL
InterestType1Code code INDY OVRN
BalanceType12Code code XPCD OPAV ITAV CLAV FWAV CLBD ITBD OPBD PRCD INFO
EntryStatus2Code code BOOK PDNG INFO
ChargeType1Code code BRKF COMM
QueryType3Code code ALLL CHNG MODF
FloorLimitType1Code code CRED DEBT BOTH
NamePrefix2Code code DOCT MADM MISS MIST MIKS
PreferredContactMethod1Code code LETT MAIL PHON FAXX CELL
DocumentType6Code code MSIN CNFA DNFA CINV CREN DEBN HIRI SBIN CMCN SOAC DISP BOLD VCHR AROI TSUT PUOR
`;
