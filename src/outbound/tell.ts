// Tells the ERP what became of its file: one complete pain.002 in the inbox whenever there is news, the last one marked final.

import { join } from 'node:path';
import { dayAt } from '../domain/calendar.ts';
import type { Order } from '../domain/order.ts';
import { shownLine } from '../domain/shown-value.ts';
import {
  bearsAnothersId,
  groupStatus,
  holdReasons,
  isLastWord,
  toldDigest,
  type Situation,
} from '../domain/telling.ts';
import type { ErpMessage, StatusReason } from '../domain/order-event.ts';
import type { Submission } from '../domain/submission.ts';
import type { FileIds, StatusToTell } from '../erp/format.ts';
import { blocksToTell } from './blocks-to-tell.ts';
import { readOrder } from './order-book.ts';
import type { OutboundContext } from './outbound-context.ts';
import { isFileGone } from './source-copy.ts';
import { summaryText } from './summary.ts';
import { statusText } from './status-text.ts';
import { fixText, fixTelling, isFinalName, showTelling, tellingName } from './telling-file.ts';

/** Whose ERP may read no pain.002. */
const ELIXIR_O = 'Elixir-O';

const COPY_GONE =
  'The copy of this file that Goniec keeps is gone, so that its single transfers can not be told of; look for them in the e-bank.';

const UNREAD: ErpMessage = {
  messageId: undefined,
  messageName: undefined,
  transferCount: 0,
  controlSum: '0',
};

export async function tellOrder(context: OutboundContext, order: Order): Promise<void> {
  const { ports, places, book } = context;
  const number = Math.max(order.told?.number ?? 0, order.tellFrom) + 1;
  const ids = needsIds(order) ? await idsOrGone(context, order) : undefined;
  // Held on to from here: what is told and what is recorded as told must speak of the same instant.
  const first = order.repeats === undefined ? undefined : book.get(order.repeats);
  const final = isLastWord(order, first);
  const paused = new Set(context.paused);
  const isPaused = (bank: string): boolean => paused.has(bank);
  const status = await statusToTell(context, order, number, ids, { paused: isPaused, first });
  const day = dayAt(Date.parse(order.claimedAt), ports.rules.timeZone);
  const name = tellingName(order, number, final, day);
  const content = (): AsyncIterable<Uint8Array> => ports.format.composeStatus(status);
  const file = await fixTelling(context, order, number, { name, content });
  await noteHeld(context, order);
  // From the rename inside this on the ERP knows.
  const { inbox, elixirO } = places.company(order.company);
  const shown = await showTelling(context, inbox, file);
  if (elixirO !== undefined && order.erp?.messageName === ELIXIR_O) {
    const text = await fixText(context, order, file.name, () =>
      statusText(status, elixirO.language, isFinalName(file.name)),
    );
    await showTelling(context, inbox, text);
  }
  const told = shown && isFinalName(file.name);
  await book.record(order.id, {
    type: 'order-told',
    number,
    fileName: file.name,
    sha256: file.sha256,
    final: told,
    // What was fixed before a crash may be old by now: then a newer telling follows.
    digest: shown && file.isNews ? toldDigest(first ?? order, isPaused) : '',
  });
  ports.log.info('order.told', { order: order.id, file: order.fileName, told: file.name, final: told });
}

/** Without our copy of the file its transfers can not be named any more; the ERP still hears what became of the whole. */
async function idsOrGone(context: OutboundContext, order: Order): Promise<FileIds | undefined> {
  try {
    return await context.idsOf(order);
  } catch (failure) {
    if (!isFileGone(context.places, order, failure)) throw failure;
    return undefined;
  }
}

async function statusToTell(
  context: OutboundContext,
  order: Order,
  number: number,
  ids: FileIds | undefined,
  situation: Situation,
): Promise<StatusToTell> {
  const base = {
    messageId: `${order.id}T${number.toString().padStart(3, '0')}`,
    createdAt: new Date(order.changedAt),
    fileName: order.fileName,
  };
  const unnamed = needsIds(order) && ids === undefined ? [reason(COPY_GONE)] : [];
  switch (order.phase) {
    case 'refused':
      return {
        ...base,
        erp: order.erp ?? UNREAD,
        groupStatus: 'RJCT',
        groupReasons: refusalReasons(order),
        blocks: [],
      };
    case 'repeats': {
      const first = situation.first ?? (await readOrder(context.ports.journal, order.repeats ?? ''));
      const known = `This file has the same bytes as ${shownLine(first?.fileName ?? 'an earlier file')} (order ${order.repeats ?? '?'}) and was not sent again. Shown is the present status of that order.`;
      if (first !== undefined && bearsAnothersId(first))
        return { ...base, ...toldByFileName(order.erp, first, [reason(known)]) };
      // The same bytes have the same ids, so this file's own copy names the transfers.
      const shown = first === undefined ? 'PDNG' : groupStatus(first);
      return {
        ...base,
        erp: order.erp ?? UNREAD,
        groupStatus: shown,
        groupReasons: [reason(known), ...unnamed],
        blocks: first === undefined || ids === undefined ? [] : blocksToTell(first, ids, situation.paused),
      };
    }
    default: {
      if (bearsAnothersId(order)) return { ...base, ...toldByFileName(order.erp, order, []) };
      const groupReasons = order.submissions.every(({ phase }) => phase === 'refused')
        ? (order.submissions[0]?.reasons ?? [])
        : [];
      return {
        ...base,
        erp: order.erp ?? UNREAD,
        groupStatus: groupStatus(order),
        groupReasons: [...groupReasons, ...unnamed],
        blocks: ids === undefined ? [] : blocksToTell(order, ids, situation.paused),
      };
    }
  }
}

/** The state of an order so that nothing of it can be taken for that of the order whose MsgId it bears. */
function toldByFileName(
  erp: ErpMessage | undefined,
  order: Order,
  before: readonly StatusReason[],
): Omit<StatusToTell, 'messageId' | 'createdAt' | 'fileName'> {
  const [submission] = order.submissions;
  return {
    erp: { ...(erp ?? UNREAD), messageId: undefined },
    groupStatus: groupStatus(order),
    groupReasons: [...before, ...(submission === undefined ? [] : groupReasonsOf(submission))],
    blocks: [],
  };
}

/** Dropped, it is held no more; why it was held still says what was wrong with it. */
function groupReasonsOf(submission: Submission): readonly StatusReason[] {
  const { phase, reasons, hold } = submission;
  if (phase !== 'refused') return holdReasons(submission);
  return hold === undefined ? reasons : [...reasons, reason(hold.evidence)];
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
