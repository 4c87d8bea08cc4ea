// Reads a pain.002.001.03: the bank's statuses and reasons in the bank's words, nothing shortened.

import type { StatusReason } from '../../../domain/order-event.ts';
import type { XmlNode } from '../../../xml/small-document.ts';
import { each, one, opt, optTextOf, textOf } from '../../../xml/xml-path.ts';
import type { StatusReport, Unreadable } from '../../channel.ts';
import { readingOf } from './unreadable.ts';

export function readStatusReport(document: Uint8Array): StatusReport | Unreadable {
  return readingOf(document, (root) => {
    const report = one(root, 'CstmrPmtStsRpt');
    const group = one(report, 'OrgnlGrpInfAndSts');
    return {
      originalMessageId: textOf(group, 'OrgnlMsgId').trim(),
      groupStatus: trimmed(group, 'GrpSts'),
      groupReasons: reasonsOf(group),
      blocks: each(report, 'OrgnlPmtInfAndSts').map(blockOf),
    };
  });
}

/** The reasons of all levels: group, blocks, transfers. */
export function allReasons(report: StatusReport): StatusReason[] {
  const blocks = report.blocks.flatMap((block) => [
    ...block.reasons,
    ...block.transfers.flatMap(({ reasons }) => reasons),
  ]);
  return [...report.groupReasons, ...blocks];
}

function blockOf(block: XmlNode): StatusReport['blocks'][number] {
  return {
    paymentInformationId: textOf(block, 'OrgnlPmtInfId').trim(),
    status: trimmed(block, 'PmtInfSts'),
    reasons: reasonsOf(block),
    transfers: each(block, 'TxInfAndSts').map((transfer) => ({
      instructionId: trimmed(transfer, 'OrgnlInstrId'),
      endToEndId: trimmed(transfer, 'OrgnlEndToEndId'),
      status: trimmed(transfer, 'TxSts'),
      reasons: reasonsOf(transfer),
    })),
  };
}

function reasonsOf(node: XmlNode): StatusReason[] {
  return each(node, 'StsRsnInf').map((information) => {
    const reason = opt(information, 'Rsn');
    const code = reason === undefined ? undefined : (trimmed(reason, 'Cd') ?? trimmed(reason, 'Prtry'));
    return { code, texts: each(information, 'AddtlInf').map((line) => line.text) };
  });
}

function trimmed(node: XmlNode, path: string): string | undefined {
  return optTextOf(node, path)?.trim();
}
