// Tells the ERP what became of its file: one complete pain.002 in the inbox whenever there is news, the last one marked final.

import { join } from 'node:path';
import { dayAt } from '../domain/calendar.ts';
import type { Order } from '../domain/order.ts';
import { isOrderFinal } from '../domain/order.ts';
import { groupStatus, toldDigest, toldState } from '../domain/telling.ts';
import type { StatusReason } from '../domain/order-event.ts';
import { indexesOf, type TransferState } from '../domain/transfer-state.ts';
import type { FileIds, StatusToTell } from '../erp/format.ts';
import { createHash } from 'node:crypto';
import { readOrder } from './order-book.ts';
import type { OutboundContext } from './outbound-context.ts';
import { summaryText } from './summary.ts';
import { fixTelling, isFinalName, showTelling, tellingName } from './telling-file.ts';

export async function tellOrder(context: OutboundContext, order: Order): Promise<void> {
  const { ports, places, book } = context;
  const number = (order.told?.number ?? 0) + 1;
  const ids = needsIds(order) ? await context.idsOf(order) : undefined;
  const status = await statusToTell(context, order, number, ids);
  const day = dayAt(Date.parse(order.claimedAt), ports.rules.timeZone);
  const news = {
    name: tellingName(order, number, isOrderFinal(order), day),
    bytes: ports.format.composeStatus(status),
  };
  const file = await fixTelling(context, order, number, news);
  await noteHeld(context, order);
  // From the rename inside this on the ERP knows.
  const shown = await showTelling(context, places.company(order.company).inbox, file);
  const final = shown && isFinalName(file.name);
  const isNews = Buffer.from(file.bytes).equals(news.bytes);
  await book.record(order.id, {
    type: 'order-told',
    number,
    fileName: file.name,
    sha256: sha256(file.bytes),
    final,
    // What was fixed before a crash may be old by now: then a newer telling follows.
    digest: shown && isNews ? toldDigest(order) : '',
  });
  ports.log.info('order.told', { order: order.id, file: order.fileName, told: file.name, final });
}

async function statusToTell(
  context: OutboundContext,
  order: Order,
  number: number,
  ids: FileIds | undefined,
): Promise<StatusToTell> {
  const base = {
    messageId: `${order.id}T${number.toString().padStart(3, '0')}`,
    createdAt: new Date(order.changedAt),
    fileName: order.fileName,
  };
  const unread = { messageId: undefined, messageName: undefined, transferCount: 0, controlSum: '0' };
  switch (order.phase) {
    case 'refused':
      return {
        ...base,
        erp: order.erp ?? unread,
        groupStatus: 'RJCT',
        groupReasons: refusalReasons(order),
        blocks: [],
      };
    case 'repeats': {
      const first =
        order.repeats === undefined ? undefined : await readOrder(context.ports.journal, order.repeats);
      const known = `This file has the same bytes as ${first?.fileName ?? 'an earlier file'} (order ${order.repeats ?? '?'}) and was not sent again. Shown is the present status of that order.`;
      // The same bytes have the same ids, so this file's own copy names the transfers.
      const shown = first === undefined ? 'PDNG' : groupStatus(first);
      return {
        ...base,
        erp: order.erp ?? unread,
        groupStatus: shown,
        groupReasons: [reason(known)],
        blocks: first === undefined ? [] : blocksOf(first, ids),
      };
    }
    default: {
      const groupReasons = order.submissions.every(({ phase }) => phase === 'refused')
        ? (order.submissions[0]?.reasons ?? [])
        : [];
      return {
        ...base,
        erp: order.erp ?? unread,
        groupStatus: groupStatus(order),
        groupReasons,
        blocks: blocksOf(order, ids),
      };
    }
  }
}

function blocksOf(order: Order, ids: FileIds | undefined): StatusToTell['blocks'] {
  if (ids === undefined) return [];
  const states = new Map<number, TransferState>();
  for (const submission of order.submissions) {
    for (const block of submission.plan.blocks)
      for (const index of indexesOf(block.transfers)) states.set(index, toldState(submission, index));
  }
  const transfers = ids.blocks.map((): StatusToTell['blocks'][number]['transfers'][number][] => []);
  for (const transfer of ids.transfers) {
    const state = states.get(transfer.index) ?? { status: 'PDNG' as const, reasons: [] };
    transfers[transfer.block]?.push({
      instructionId: transfer.instructionId,
      endToEndId: transfer.endToEndId,
      ...state,
    });
  }
  return ids.blocks.map((block, index) => ({
    paymentInformationId: block.paymentInformationId,
    transfers: transfers[index] ?? [],
  }));
}

function refusalReasons(order: Order): StatusReason[] {
  const reasons = order.faults.map((fault): StatusReason => {
    const found = fault.value === undefined ? '' : ` Found: ${fault.value}.`;
    return {
      code: undefined,
      texts: [
        `Line ${fault.line}, ${fault.path === '' ? 'file' : fault.path}: ${fault.message}${found} ${fault.remedy} (${fault.rule})`,
      ],
    };
  });
  const unsaid = order.faultCount - order.faults.length;
  return unsaid > 0 ? [...reasons, reason(`${unsaid} more faults were found and are not listed.`)] : reasons;
}

/** A note a person finds in archive/held without any tool; removed when the order is archived. */
async function noteHeld(context: OutboundContext, order: Order): Promise<void> {
  if (!order.submissions.some(({ phase }) => phase === 'held')) return;
  const path = context.places.heldNote(order);
  await context.ports.files.makeFolder(join(context.places.company(order.company).archive, 'held'));
  await context.ports.files.write(path, Buffer.from(summaryText(order, context.ports.rules.timeZone)), {
    replace: true,
  });
}

function needsIds(order: Order): boolean {
  return order.phase === 'planned' || order.phase === 'repeats';
}

function reason(text: string): StatusReason {
  return { code: undefined, texts: [text] };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
