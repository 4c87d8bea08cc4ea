// What the CDC queries look like (cdc.md sections 4.1 to 4.5), in the same form as the ISO messages, so that one checker checks all.

import type { MessageDefinition, TypeDefinition, TypeTable } from '../iso20022/definition.ts';
import { types } from '../iso20022/notation.ts';
import { balanceQueryTypes } from './balance-query-types.ts';

const simple = types`
Max35Text   text 1..35
Text        text 0..
Code4       text 1..4
Iban        text /[a-zA-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}/
Bban        text /[a-zA-Z0-9]{1,30}/
Upic        text /[0-9]{8,17}/
Integer     decimal 18.0
Date        date
DateTime    dateTime
Indicator   boolean

MsgId
  Id  Max35Text

OtherAccount
  Id  Max35Text
`;

/** What both kinds of account queries share: one account, by its number. */
const account = types`
AccountEquals
  EQ  AccountId

AccountId one of
  IBAN       Iban
  BBAN       Bban
  UPIC       Upic
  PrtryAcct  OtherAccount
`;

const report = types`
GetAcctRpt
  MsgId          MsgId
  AcctRptQryDef  QueryDefinition

QueryDefinition
  AcctRptCrit  Criteria

Criteria
  NewCrit  NewCriteria

NewCriteria
  SchCrit  SearchCriteria

ValueDate
  DtSch  DateSearch
`;

const reportAtBnp = types`
SearchCriteria
  AcctId        AccountEquals
  AcctRptValDt  ValueDate
  AcctRptTxNb?  NumberSearch

DateSearch
  FrDt        Date
  ToDt        Date
  SortOrder*  Text

NumberSearch
  GT  Integer
`;

/** ING has a choice of the two where the checker knows only sequences; the query itself sees to it that both never come. */
const reportAtIng = types`
SearchCriteria
  AcctId         AccountEquals
  AcctRptValDt?  ValueDate
  AcctRptTxNb?   NumberSearch

DateSearch
  FrDt  Date
  ToDt  Date

NumberSearch
  GT?  Integer
`;

const statement = types`
GetStmt
  MsgId       MsgId
  StmtQryDef  QueryDefinition

QueryDefinition
  StmtCrit  Criteria

Criteria
  NewCrit  NewCriteria

NewCriteria
  SchCrit  SearchCriteria

ValueDate
  DtSch  DateSearch

DateSearch one of
  Dt    Date
  Year  Year

Year text /[1-9][0-9]{3}/

StatementNumber
  EQ  Number

Number text /[1-9][0-9]{0,2}/
`;

const statementAtBnp = types`
SearchCriteria
  AcctId      AccountEquals
  StmtValDt   ValueDate
  StmtId?     StatementNumber
  StmtFrmt?   Format
  ConfOpInd?  Indicator
  StmtType?   Text
  Lang?       Language

Format code PDF XML PDF_ASYNC
Language code PL EN
`;

const statementAtIng = types`
SearchCriteria
  AcctId      AccountEquals
  StmtValDt   ValueDate
  StmtId?     StatementNumber
  StmtFrmt?   Format
  ConfOpInd?  Indicator

Format code PDF XML
`;

const status = types`
GetPayStsRpt
  GrpHdr             GroupHeader
  OrgnlGrpInfAndSts  OriginalGroup

GroupHeader
  MsgId      MsgId
  CreDtTm    DateTime
  InitgPty?  Party
  DbtrAgt?   Agent

Party
  Nm       Text
  PstlAdr  Address

Address
  StrtNm  Text
  BldgNb  Integer
  PstCd   Integer
  TwnNm   Text
  Ctry    Text

Agent
  FinInstnId  Institution

Institution
  BIC  Text

OriginalGroup
  OrgnlMsgId     Max35Text
  OrgnlMsgNmId?  Text
  OrgnlCreDtTm?  DateTime
  OrgnlNbOfTxs?  Integer
  OrgnlCtrlSum?  Integer
`;

const COMARCH = 'urn:ca:std:ccs:tech:xsd:';

export const balanceQuery = query('camt.003.001.04', 'urn:swift:xsd:', 'GetAcct', balanceQueryTypes);
export const reportQueryAtBnp = query('cmrq.001.001.02', COMARCH, 'GetAcctRpt', account, report, reportAtBnp);
export const reportQueryAtIng = query('cmrq.001.001.02', COMARCH, 'GetAcctRpt', account, report, reportAtIng);
export const statementQueryAtBnp = query(
  'cmrq.002.001.02',
  COMARCH,
  'GetStmt',
  account,
  statement,
  statementAtBnp,
);
export const statementQueryAtIng = query(
  'cmrq.002.001.02',
  COMARCH,
  'GetStmt',
  account,
  statement,
  statementAtIng,
);
export const statusQuery = query('past.001.001.02', COMARCH, 'GetPayStsRpt', status);

function query(name: string, space: string, root: string, ...tables: TypeTable[]): MessageDefinition {
  const document: TypeDefinition = {
    kind: 'sequence',
    elements: [{ name: root, type: root, min: 1, max: 1 }],
  };
  const table = [simple, ...tables].flatMap((one) => [...one]);
  return { name, namespace: `${space}${name}`, types: new Map([['Document', document], ...table]) };
}
