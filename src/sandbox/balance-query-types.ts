// The types of a GetAccountBalance request, camt.003.001.04 (cdc.md section 4.1); the simple ones stand beside the other queries.

import { types } from '../iso20022/notation.ts';

export const balanceQueryTypes = types`
GetAcct
  MsgId       MsgId
  ReqTp?      RequestType
  AcctQryDef? QueryDefinition

RequestType one of
  PmtCtrl  PaymentControl
  Enqry    Enquiry

PaymentControl code RT01 RT02 RT03 RT04 RT05
Enquiry code RT11 RT12 RT13 RT14 RT15

QueryDefinition
  QryTp?     QueryType
  AcctCrit?  AccountCriteria

QueryType code ALLL CHNG MODF DELD

AccountCriteria one of
  QryNm    Max35Text
  NewCrit  NewCriteria

NewCriteria
  NewQryNm?  Max35Text
  SchCrit*   SearchCriteria
  RtrCrit?   ReturnCriteria

SearchCriteria
  AcctId*    AccountSearch
  Tp*        AccountType
  Ccy*       Currency
  Bal*       BalanceSearch
  AcctOwnr?  Bic
  AcctSvcr?  Bic

AccountSearch one of
  EQ     AccountId
  CTTxt  Max35Text
  NCTTxt Max35Text

AccountId one of
  IBAN      Iban
  BBAN      Bban
  UPIC      Upic
  DmstAcct  OtherAccount

AccountType code CASH CHAR COMM TAXE CISH TRAS SACC CACC SVGS ONDP MGLD
Currency text /[A-Z]{3}/
Bic text /[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?/

BalanceSearch
  BalTp*     BalanceType
  CtrPtyTp   CounterpartyType
  CtrPtyId*  Open
  BalValDt*  Open

BalanceType one of
  Cd     Code4
  Prtry  Max35Text

CounterpartyType code BILA MULT
Open any skip

ReturnCriteria
  NmInd?            Indicator
  CcyInd?           Indicator
  TpInd?            Indicator
  MulLmtInd?        Indicator
  MulBalRtrCrit?    BalanceReturn
  BilLmtInd?        Indicator
  BilBalRtrCrit?    BalanceReturn
  StgOrdrInd?       Indicator
  AcctOwnrInd?      Indicator
  AcctSvcrInd?      Indicator

BalanceReturn
  TpInd        Indicator
  StsInd       Indicator
  ValDtInd     Indicator
  NbOfPmtsInd  Indicator
`;
