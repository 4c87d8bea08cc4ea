// Composes the queries: one document per kind of question, in its wrapper and envelope.

import { XmlWriter } from '../../xml/xml-writer.ts';
import type { AccountQuery } from '../channel.ts';
import type { Clock } from '../../clock.ts';
import type { CdcDialect, QueryOperation } from './dialects/dialect.ts';
import { newQueryId } from './query-ids.ts';
import type { Soap } from './soap.ts';
import { requestOf, type HttpRequest } from './transport/exchange.ts';

export interface Query {
  /** Our id of the query itself. */
  readonly id: string;
  readonly request: HttpRequest;
}

export interface Queries {
  account(query: AccountQuery): Query;
  /** What became of the message with this id. */
  status(messageId: string): Query;
  /** A question whose answer matters to nobody: the status of a message that never was. */
  harmless(): Query;
}

export function createQueries(dialect: CdcDialect, soap: Soap, clock: Clock): Queries {
  const newId = (letters: string): ReturnType<typeof newQueryId> => newQueryId(clock, dialect.zone, letters);

  const query = (operation: QueryOperation, id: string, document: XmlWriter): Query => {
    const wrapper = soap.wrapper(operation);
    const bytes = Buffer.concat([
      Buffer.from(soap.envelope.before + wrapper.open),
      document.toBytes(),
      Buffer.from(wrapper.close + soap.envelope.after),
    ]);
    return { id, request: requestOf(soap.action(operation), bytes) };
  };

  const status = (messageId: string): Query => {
    const { id, createdAt } = newId('PST');
    const document = documentIn('urn:ca:std:ccs:tech:xsd:past.001.001.02').open('GetPayStsRpt');
    document.open('GrpHdr').leaf('MsgId/Id', id).leaf('CreDtTm', createdAt).close();
    document.leaf('OrgnlGrpInfAndSts/OrgnlMsgId', messageId).close();
    return query('GetPaymentStatusReport', id, document);
  };

  const account = (asked: AccountQuery): Query => {
    switch (asked.kind) {
      case 'balances': {
        const { id } = newId('GAB');
        return query('GetAccountBalance', id, balancesDocument(id, asked.account, dialect));
      }
      case 'history': {
        const { id } = newId('GAR');
        const range = { from: asked.from, to: asked.to };
        return query('GetAccountReport', id, reportDocument(id, asked.account, range, undefined));
      }
      case 'incremental': {
        const { id } = newId('GIR');
        const range =
          dialect.incremental === 'day-and-number' ? { from: asked.day, to: asked.day } : undefined;
        return query(
          'GetIncrementalAccountReport',
          id,
          reportDocument(id, asked.account, range, asked.after),
        );
      }
      case 'statement': {
        const { id } = newId('GST');
        return query('GetStatement', id, statementDocument(id, asked, dialect));
      }
    }
  };

  return { account, status, harmless: () => status(newId('NON').id) };
}

function balancesDocument(id: string, account: string, dialect: CdcDialect): XmlWriter {
  const document = documentIn('urn:swift:xsd:camt.003.001.04').open('GetAcct').leaf('MsgId/Id', id);
  document.open('AcctQryDef/AcctCrit/NewCrit/SchCrit').leaf('AcctId/EQ/IBAN', account).open('Bal');
  document.leaf('BalTp/Cd', dialect.balanceCodes.available).leaf('BalTp/Cd', dialect.balanceCodes.booked);
  return document.leaf('CtrPtyTp', 'MULT').close().close().close();
}

/** `GT 0` asks for all of a day; a range and a number together only where the dialect has both. */
function reportDocument(
  id: string,
  account: string,
  range: { readonly from: string; readonly to: string } | undefined,
  after: number | undefined,
): XmlWriter {
  const document = documentIn('urn:ca:std:ccs:tech:xsd:cmrq.001.001.02')
    .open('GetAcctRpt')
    .leaf('MsgId/Id', id);
  document.open('AcctRptQryDef/AcctRptCrit/NewCrit/SchCrit').leaf('AcctId/EQ/IBAN', account);
  if (range !== undefined)
    document.open('AcctRptValDt/DtSch').leaf('FrDt', range.from).leaf('ToDt', range.to).close();
  return document.optional('AcctRptTxNb/GT', after?.toString()).close().close();
}

function statementDocument(
  id: string,
  asked: AccountQuery & { readonly kind: 'statement' },
  dialect: CdcDialect,
): XmlWriter {
  const document = documentIn('urn:ca:std:ccs:tech:xsd:cmrq.002.001.02').open('GetStmt').leaf('MsgId/Id', id);
  document.open('StmtQryDef/StmtCrit/NewCrit/SchCrit').leaf('AcctId/EQ/IBAN', asked.account);
  document.leaf('StmtValDt/DtSch/Dt', asked.day).leaf('StmtFrmt', asked.format === 'pdf' ? 'PDF' : 'XML');
  return document.optional('Lang', dialect.statementLanguage).close().close();
}

function documentIn(namespace: string): XmlWriter {
  return new XmlWriter('Document', namespace, { pretty: false, declaration: false });
}
