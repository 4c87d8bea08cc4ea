// Types of the 2013 generation of messages, shared.

import { types } from '../notation.ts';

/** What the messages of 2013 and later share: parties, agents and accounts of that generation, and supplementary data. */
export const commonTypes2013 = types`
CashAccountType2Choice one of
  Cd     ExternalCashAccountType1Code
  Prtry  Max35Text

DatePeriodDetails1
  FrDt   ISODate
  ToDt?  ISODate

TimePeriodDetails1
  FrTm   ISOTime
  ToTm?  ISOTime

Limit2
  Amt        ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd  FloorLimitType1Code

SupplementaryData1
  PlcAndNm?  Max350Text
  Envlp      SupplementaryDataEnvelope1

SupplementaryDataEnvelope1 any lax

PartyIdentification135
  Nm?         Max140Text
  PstlAdr?    PostalAddress24
  Id?         Party38Choice
  CtryOfRes?  CountryCode
  CtctDtls?   Contact4

PostalAddress24
  AdrTp?        AddressType3Choice
  Dept?         Max70Text
  SubDept?      Max70Text
  StrtNm?       Max70Text
  BldgNb?       Max16Text
  BldgNm?       Max35Text
  Flr?          Max70Text
  PstBx?        Max16Text
  Room?         Max70Text
  PstCd?        Max16Text
  TwnNm?        Max35Text
  TwnLctnNm?    Max35Text
  DstrctNm?     Max35Text
  CtrySubDvsn?  Max35Text
  Ctry?         CountryCode
  AdrLine{0,7}  Max70Text

AddressType3Choice one of
  Cd     AddressType2Code
  Prtry  GenericIdentification30

GenericIdentification30
  Id        Exact4AlphaNumericText
  Issr      Max35Text
  SchmeNm?  Max35Text

Party38Choice one of
  OrgId   OrganisationIdentification29
  PrvtId  PersonIdentification13

OrganisationIdentification29
  AnyBIC?  AnyBICDec2014Identifier
  LEI?     LEIIdentifier
  Othr*    GenericOrganisationIdentification1

PersonIdentification13
  DtAndPlcOfBirth?  DateAndPlaceOfBirth1
  Othr*             GenericPersonIdentification1

DateAndPlaceOfBirth1
  BirthDt       ISODate
  PrvcOfBirth?  Max35Text
  CityOfBirth   Max35Text
  CtryOfBirth   CountryCode

Contact4
  NmPrfx?     NamePrefix2Code
  Nm?         Max140Text
  PhneNb?     PhoneNumber
  MobNb?      PhoneNumber
  FaxNb?      PhoneNumber
  EmailAdr?   Max2048Text
  EmailPurp?  Max35Text
  JobTitl?    Max35Text
  Rspnsblty?  Max35Text
  Dept?       Max70Text
  Othr*       OtherContact1
  PrefrdMtd?  PreferredContactMethod1Code

OtherContact1
  ChanlTp  Max4Text
  Id?      Max128Text

BranchAndFinancialInstitutionIdentification6
  FinInstnId  FinancialInstitutionIdentification18
  BrnchId?    BranchData3

FinancialInstitutionIdentification18
  BICFI?        BICFIDec2014Identifier
  ClrSysMmbId?  ClearingSystemMemberIdentification2
  LEI?          LEIIdentifier
  Nm?           Max140Text
  PstlAdr?      PostalAddress24
  Othr?         GenericFinancialIdentification1

BranchData3
  Id?       Max35Text
  LEI?      LEIIdentifier
  Nm?       Max140Text
  PstlAdr?  PostalAddress24

CashAccount38
  Id     AccountIdentification4Choice
  Tp?    CashAccountType2Choice
  Ccy?   ActiveOrHistoricCurrencyCode
  Nm?    Max70Text
  Prxy?  ProxyAccountIdentification1

ProxyAccountIdentification1
  Tp?  ProxyAccountType1Choice
  Id   Max2048Text

ProxyAccountType1Choice one of
  Cd     ExternalProxyAccountType1Code
  Prtry  Max35Text
`;
