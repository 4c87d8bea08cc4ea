// The pain.001 document of one submission, cut out of the ERP's file.

import type { PlannedSubmission } from '../../domain/order-event.ts';
import { decodeToUtf8 } from '../../xml/decode.ts';
import { XmlReader } from '../../xml/xml-reader.ts';
import type { ByteSource, DocumentSource } from '../format.ts';
import type { PartHeader } from './part-cutter.ts';
import { PartCutter } from './part-cutter.ts';
import { PlainTransfers } from './plain-transfers.ts';
import { Splice, type SplicedPiece } from './splice.ts';

/**
 * A `Document` with the planned transfers of the source, which must be a fault-free pain.001.001.03. The same bytes on every
 * iteration, in UTF-8 and without an XML declaration; a piece is valid until the next is asked for. Throws an Error while
 * iterated when the source no longer holds what was planned from it; nothing of what came before may be used then.
 */
export function cutDocument(
  source: ByteSource,
  submission: PlannedSubmission,
  header: PartHeader,
): DocumentSource {
  return async function* (plain) {
    const tools = idle.pop() ?? { splice: new Splice(), transfers: new PlainTransfers() };
    try {
      for await (const piece of cutWith(tools, source, submission, header)) {
        for (const [from, to] of piece.plain) plain?.(from, to);
        yield piece.bytes;
      }
    } finally {
      tools.splice.forget();
      if (idle.length < IDLE_MAX) idle.push(tools);
    }
  };
}

interface Tools {
  readonly splice: Splice;
  readonly transfers: PlainTransfers;
}

/** They need a few hundred kilobytes, and a file may be cut into a thousand parts, which are alike: they take turns with the same few. */
const idle: Tools[] = [];
const IDLE_MAX = 4;

async function* cutWith(
  { splice, transfers }: Tools,
  source: ByteSource,
  submission: PlannedSubmission,
  header: PartHeader,
): AsyncGenerator<SplicedPiece, void> {
  transfers.begin();
  const cutter = new PartCutter(splice, transfers, submission, header);
  const reader = new XmlReader(cutter);
  const decoded = await decodeToUtf8(source());
  for await (const chunk of decoded.bytes) {
    splice.receive(chunk);
    const fault = reader.write(chunk);
    yield* splice.drain(cutter.finished);
    if (cutter.finished) return;
    if (fault !== undefined) throw new Error(`The file has changed since it was checked: ${fault.message}`);
  }
  throw new Error('The file has changed since it was checked: it ends before the last planned transfer.');
}

/** What is changed in a part, in words for the receipt. */
export function editsOf(submission: PlannedSubmission, header: PartHeader): readonly string[] {
  const { messageId, count, controlSum } = submission;
  return [
    `GrpHdr is written for this message: MsgId ${messageId}, CreDtTm ${header.creationDateTime}, NbOfTxs ${count}, CtrlSum ${controlSum}.`,
    ...(header.initiatingPartyName === undefined
      ? []
      : [`InitgPty/Nm is set to ${header.initiatingPartyName}.`]),
    ...submission.blocks.map(
      (block) =>
        `PmtInf[${block.block + 1}] is sent with PmtInfId ${block.paymentInformationId}; NbOfTxs, where it stands, is ` +
        `${block.count} and CtrlSum, where it stands, is ${block.controlSum}.`,
    ),
    'Comments, processing instructions and white space between the payments are left out.',
  ];
}
