// Composes a camt.060, so that a person can ask for account information by the same way as the ERP.

import type { AccountRequest } from '../../domain/order-event.ts';
import { camt06000103 } from '../../iso20022/messages/camt.060.001.03.ts';
import { XmlWriter } from '../../xml/xml-writer.ts';
import { writeAccountId } from './account-id.ts';
import type { WriteLocalDateTime } from './local-date-time.ts';

export type RequestToWrite = AccountRequest & { readonly messageId: string; readonly createdAt: Date };

/** The request that is read back as the same one. The owner is required by the schema and need not say anything. */
export function composeRequest(request: RequestToWrite, localDateTime: WriteLocalDateTime): Uint8Array {
  const writer = new XmlWriter('Document', camt06000103.namespace);
  writer.open('AcctRptgReq');
  writer
    .open('GrpHdr')
    .leaf('MsgId', request.messageId)
    .leaf('CreDtTm', localDateTime(request.createdAt))
    .close();
  writer
    .open('RptgReq')
    .leaf('ReqdMsgNmId', request.kind === 'statement' ? 'camt.053.001.02' : 'camt.052.001.02');
  writer.open('Acct');
  writeAccountId(writer, request.account);
  writer.close().open('AcctOwnr/Pty').close();
  if (request.from !== undefined && request.to !== undefined) writePeriod(writer, request.from, request.to);
  if (request.kind === 'balance') {
    for (const type of ['ITBD', 'ITAV']) writer.leaf('ReqdBalTp/CdOrPrtry/Cd', type);
  }
  return writer.close().close().toBytes();
}

/** Whole days; the schema of this version wants times too. */
function writePeriod(writer: XmlWriter, from: string, to: string): void {
  writer.open('RptgPrd');
  writer.open('FrToDt').leaf('FrDt', from).leaf('ToDt', to).close();
  writer.open('FrToTm').leaf('FrTm', '00:00:00').leaf('ToTm', '23:59:59').close();
  writer.leaf('Tp', 'ALLL').close();
}
