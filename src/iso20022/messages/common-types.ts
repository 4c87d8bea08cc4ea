// Types of the 2009 generation of messages, shared.

import { types } from '../notation.ts';

/** Parties, agents, accounts and amounts as messages of the 2009 generation share them; several live on in the later ones. */
export const commonTypes = types`
Authorisation1Choice one of
  Cd     Authorisation1Code
  Prtry  Max128Text

PartyIdentification32
  Nm?         Max140Text
  PstlAdr?    PostalAddress6
  Id?         Party6Choice
  CtryOfRes?  CountryCode
  CtctDtls?   ContactDetails2

PostalAddress6
  AdrTp?        AddressType2Code
  Dept?         Max70Text
  SubDept?      Max70Text
  StrtNm?       Max70Text
  BldgNb?       Max16Text
  PstCd?        Max16Text
  TwnNm?        Max35Text
  CtrySubDvsn?  Max35Text
  Ctry?         CountryCode
  AdrLine{0,7}  Max70Text

Party6Choice one of
  OrgId   OrganisationIdentification4
  PrvtId  PersonIdentification5

OrganisationIdentification4
  BICOrBEI?  AnyBICIdentifier
  Othr*      GenericOrganisationIdentification1

GenericOrganisationIdentification1
  Id        Max35Text
  SchmeNm?  OrganisationIdentificationSchemeName1Choice
  Issr?     Max35Text

OrganisationIdentificationSchemeName1Choice one of
  Cd     ExternalOrganisationIdentification1Code
  Prtry  Max35Text

PersonIdentification5
  DtAndPlcOfBirth?  DateAndPlaceOfBirth
  Othr*             GenericPersonIdentification1

DateAndPlaceOfBirth
  BirthDt       ISODate
  PrvcOfBirth?  Max35Text
  CityOfBirth   Max35Text
  CtryOfBirth   CountryCode

GenericPersonIdentification1
  Id        Max35Text
  SchmeNm?  PersonIdentificationSchemeName1Choice
  Issr?     Max35Text

PersonIdentificationSchemeName1Choice one of
  Cd     ExternalPersonIdentification1Code
  Prtry  Max35Text

ContactDetails2
  NmPrfx?    NamePrefix1Code
  Nm?        Max140Text
  PhneNb?    PhoneNumber
  MobNb?     PhoneNumber
  FaxNb?     PhoneNumber
  EmailAdr?  Max2048Text
  Othr?      Max35Text

BranchAndFinancialInstitutionIdentification4
  FinInstnId  FinancialInstitutionIdentification7
  BrnchId?    BranchData2

FinancialInstitutionIdentification7
  BIC?          BICIdentifier
  ClrSysMmbId?  ClearingSystemMemberIdentification2
  Nm?           Max140Text
  PstlAdr?      PostalAddress6
  Othr?         GenericFinancialIdentification1

ClearingSystemMemberIdentification2
  ClrSysId?  ClearingSystemIdentification2Choice
  MmbId      Max35Text

ClearingSystemIdentification2Choice one of
  Cd     ExternalClearingSystemIdentification1Code
  Prtry  Max35Text

GenericFinancialIdentification1
  Id        Max35Text
  SchmeNm?  FinancialIdentificationSchemeName1Choice
  Issr?     Max35Text

FinancialIdentificationSchemeName1Choice one of
  Cd     ExternalFinancialInstitutionIdentification1Code
  Prtry  Max35Text

BranchData2
  Id?       Max35Text
  Nm?       Max140Text
  PstlAdr?  PostalAddress6

ServiceLevel8Choice one of
  Cd     ExternalServiceLevel1Code
  Prtry  Max35Text

LocalInstrument2Choice one of
  Cd     ExternalLocalInstrument1Code
  Prtry  Max35Text

CategoryPurpose1Choice one of
  Cd     ExternalCategoryPurpose1Code
  Prtry  Max35Text

CashAccount16
  Id    AccountIdentification4Choice
  Tp?   CashAccountType2
  Ccy?  ActiveOrHistoricCurrencyCode
  Nm?   Max70Text

AccountIdentification4Choice one of
  IBAN  IBAN2007Identifier
  Othr  GenericAccountIdentification1

GenericAccountIdentification1
  Id        Max34Text
  SchmeNm?  AccountSchemeName1Choice
  Issr?     Max35Text

AccountSchemeName1Choice one of
  Cd     ExternalAccountIdentification1Code
  Prtry  Max35Text

CashAccountType2 one of
  Cd     CashAccountType4Code
  Prtry  Max35Text

AmountType3Choice one of
  InstdAmt  ActiveOrHistoricCurrencyAndAmount
  EqvtAmt   EquivalentAmount2

ActiveOrHistoricCurrencyAndAmount content ActiveOrHistoricCurrencyAndAmount_SimpleType
  @Ccy ActiveOrHistoricCurrencyCode

EquivalentAmount2
  Amt       ActiveOrHistoricCurrencyAndAmount
  CcyOfTrf  ActiveOrHistoricCurrencyCode

NameAndAddress10
  Nm   Max140Text
  Adr  PostalAddress6

ChequeDeliveryMethod1Choice one of
  Cd     ChequeDelivery1Code
  Prtry  Max35Text

InstructionForCreditorAgent1
  Cd?        Instruction3Code
  InstrInf?  Max140Text

Purpose2Choice one of
  Cd     ExternalPurpose1Code
  Prtry  Max35Text

BalanceType12
  CdOrPrtry  BalanceType5Choice
  SubTp?     BalanceSubType1Choice

BalanceType5Choice one of
  Cd     BalanceType12Code
  Prtry  Max35Text

BalanceSubType1Choice one of
  Cd     ExternalBalanceSubType1Code
  Prtry  Max35Text
`;
