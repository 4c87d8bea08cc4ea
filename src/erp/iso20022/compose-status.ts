// Composes the pain.002 by which the ERP hears what became of its file, in its own ids.

import type { StatusReason } from '../../domain/order-event.ts';
import { shownLine } from '../../domain/shown-value.ts';
import type { TransferStatus } from '../../domain/status.ts';
import { pain00200103 } from '../../iso20022/messages/pain.002.001.03.ts';
import { XmlWriter } from '../../xml/xml-writer.ts';
import type { StatusToTell, TransferToTell } from '../format.ts';
import { fitsControlSum } from './control-sum.ts';
import type { WriteLocalDateTime } from './local-date-time.ts';
import { writeReasons } from './status-reasons.ts';
import { fits } from './text-pieces.ts';

/** What stands where an id is required and there is none (ISO 20022 usage for EndToEndId, kept for the others). */
const NOT_PROVIDED = 'NOTPROVIDED';
const ID_MAX = 35;

/** One piece is written, and held, until it has so many characters. */
const PIECE_CHARACTERS = 1 << 16;

/** The same bytes for the same status, in pieces, because it may be of a hundred thousand transfers. */
export async function* composeStatus(
  status: StatusToTell,
  localDateTime: WriteLocalDateTime,
): AsyncGenerator<Uint8Array> {
  const writer = new XmlWriter('Document', pain00200103.namespace);
  writer.open('CstmrPmtStsRpt');
  writer
    .open('GrpHdr')
    .leaf('MsgId', status.messageId)
    .leaf('CreDtTm', localDateTime(status.createdAt))
    .close();
  writeGroup(writer, status);
  for (const block of status.blocks) {
    writer.open('OrgnlPmtInfAndSts');
    writer.leaf('OrgnlPmtInfId', usableId(block.paymentInformationId) ?? NOT_PROVIDED);
    for (const transfer of block.transfers) {
      writeTransfer(writer, transfer);
      if (writer.heldCharacters >= PIECE_CHARACTERS) yield writer.take();
    }
    writer.close();
  }
  yield writer.close().toBytes();
}

function writeGroup(writer: XmlWriter, status: StatusToTell): void {
  const { erp } = status;
  const messageId = usableId(erp.messageId);
  writer.open('OrgnlGrpInfAndSts');
  writer.leaf('OrgnlMsgId', messageId ?? NOT_PROVIDED);
  writer.leaf('OrgnlMsgNmId', usableId(erp.messageName) ?? NOT_PROVIDED);
  if (messageId !== undefined) {
    writer.leaf('OrgnlNbOfTxs', String(erp.transferCount));
    writer.optional('OrgnlCtrlSum', fitsControlSum(erp.controlSum) ? erp.controlSum : undefined);
  }
  writer.leaf('GrpSts', status.groupStatus);
  const file = {
    code: undefined,
    texts: [`File: ${shownLine(status.fileName)}`, ...unusable('MsgId', erp.messageId)],
  };
  writeReasons(writer, messageId === undefined ? [...status.groupReasons, file] : status.groupReasons);
  writer.close();
}

function writeTransfer(writer: XmlWriter, transfer: TransferToTell): void {
  const { instructionId, endToEndId, status, reasons } = transfer;
  const texts = [...unusable('InstrId', instructionId), ...unusable('EndToEndId', endToEndId)];
  const ids: readonly StatusReason[] = texts.length === 0 ? [] : [{ code: undefined, texts }];
  writer.open('TxInfAndSts');
  writer.optional('OrgnlInstrId', usableId(instructionId));
  writer.optional('OrgnlEndToEndId', usableId(endToEndId));
  writer.leaf('TxSts', individualStatus(status));
  writeReasons(writer, [...reasons, ...ids]);
  writer.close();
}

/** pain.002.001.03 has RCVD for groups only. A transfer that was received and no more is pending. */
function individualStatus(status: TransferStatus): Exclude<TransferStatus, 'RCVD'> {
  return status === 'RCVD' ? 'PDNG' : status;
}

/** An id of a faulty file may be one that no pain.002 can hold; it is not shortened, because then it would be another id. */
function usableId(id: string | undefined): string | undefined {
  return id !== undefined && fits(id, ID_MAX) ? id : undefined;
}

function unusable(name: string, id: string | undefined): readonly string[] {
  return id === undefined || id === '' || usableId(id) !== undefined ? [] : [`${name}: ${id}`];
}
