// The status of a message as pain.002.001.03, message, blocks and every transfer.

import type { XmlWriter } from '../xml/xml-writer.ts';
import type { AnswerDocument } from './answer-envelope.ts';
import { bankTime } from './bank-time.ts';
import type { LedgerTransfer, Taking } from './ledger.ts';
import type { RejectReason } from './ledger-event.ts';
import { statusOf } from './transfer-course.ts';

/** Where the message stands at `nowMs`. A message rejected as a whole says why once, for all its transfers. */
export function statusAnswer(taking: Taking, reportId: string, nowMs: number): AnswerDocument {
  return {
    kind: 'answer',
    namespace: 'urn:iso:std:iso:20022:tech:xsd:pain.002.001.03',
    write: (writer) => {
      const { event, blocks } = taking;
      writer
        .open('CstmrPmtStsRpt')
        .open('GrpHdr')
        .leaf('MsgId', reportId)
        .leaf('CreDtTm', bankTime(nowMs))
        .close();
      writer
        .open('OrgnlGrpInfAndSts')
        .leaf('OrgnlMsgId', event.messageId)
        .leaf('OrgnlMsgNmId', 'pain.001.001.03');
      writer.leaf('OrgnlNbOfTxs', event.declaredCount).optional('OrgnlCtrlSum', event.controlSum);
      writer.leaf('GrpSts', groupStatus(taking, nowMs));
      writeReason(writer, event.reject);
      writer.close();
      for (const { taken, transfers } of blocks) {
        writer.open('OrgnlPmtInfAndSts').leaf('OrgnlPmtInfId', taken.paymentInformationId);
        for (const transfer of transfers) writeTransfer(writer, taking, transfer, nowMs);
        writer.close();
      }
      writer.close();
    },
  };
}

/** The status all transfers share, or PART where they differ. */
export function groupStatus(taking: Taking, nowMs: number): string {
  const statuses = taking.blocks.flatMap((block) =>
    block.transfers.map((transfer) => statusOf(taking, transfer, nowMs)),
  );
  const [first = 'RJCT'] = statuses;
  return statuses.every((status) => status === first) ? first : 'PART';
}

function writeTransfer(writer: XmlWriter, taking: Taking, transfer: LedgerTransfer, nowMs: number): void {
  const status = statusOf(taking, transfer, nowMs);
  writer
    .open('TxInfAndSts')
    .optional('OrgnlInstrId', transfer.taken.instructionId)
    .leaf('OrgnlEndToEndId', transfer.taken.endToEndId);
  writer.leaf('TxSts', status);
  writeReason(writer, transfer.taken.reject);
  if (status !== 'RJCT')
    writer.leaf('AccptncDtTm', bankTime(taking.event.at)).optional('AcctSvcrRef', transfer.entryId);
  writer.close();
}

function writeReason(writer: XmlWriter, reason: RejectReason | undefined): void {
  if (reason === undefined) return;
  writer.open('StsRsnInf').leaf('Rsn/Cd', reason.code).leaf('AddtlInf', reason.text.slice(0, 105)).close();
}
