// Looks for the same payments among orders that went to the bank or still may: by bytes, by MsgId, by payment set.

import { KEY } from '../domain/journal-index.ts';
import type { FileIdSet, Hold } from '../domain/order-event.ts';
import type { Order } from '../domain/order.ts';
import { ordersUnder } from './order-book.ts';
import type { OutboundContext } from './outbound-context.ts';

export interface Fingerprints {
  readonly sha256: string;
  readonly erpMessageId: string | undefined;
  /** The payments and their ids, of a file that may be paid; of one with very many the ids are not remembered. */
  readonly paymentSet: string | undefined;
  readonly ids: FileIdSet | undefined;
}

const DAY_MS = 86_400_000;

/** Waits until what was begun earlier and may be alike is decided. To be called before anything is looked up. */
export async function takeTurn(context: OutboundContext, order: Order, prints: Fingerprints): Promise<void> {
  await context.planning.take(order.id, printsOf(prints));
}

/** The earliest order with the same bytes. */
export async function findSameBytes(
  context: OutboundContext,
  order: Order,
  sha256: string,
): Promise<Order | undefined> {
  return first(context, order, KEY.bytes, sha256, context.ports.rules.duplicates.sameBytesDays);
}

/** The earliest order under the same MsgId of the ERP; undefined also for a file without one. */
export async function findSameMessageId(
  context: OutboundContext,
  order: Order,
  erpMessageId: string | undefined,
): Promise<Order | undefined> {
  if (erpMessageId === undefined) return undefined;
  const { sameMessageIdDays } = context.ports.rules.duplicates;
  return first(context, order, KEY.erpMessageId, erpMessageId, sameMessageIdDays);
}

/** Why a file with bytes of its own is held: an earlier order has its MsgId, or its payments. */
export async function alikeHold(
  context: OutboundContext,
  order: Order,
  { erpMessageId, paymentSet }: Fingerprints,
): Promise<Hold | undefined> {
  const sameId = await findSameMessageId(context, order, erpMessageId);
  if (sameId !== undefined) {
    const evidence = `MsgId ${erpMessageId ?? ''} was already used by ${named(sameId)}, with other content. Release it only if it is a different payment.`;
    return { code: 'same-message-id', evidence };
  }
  if (paymentSet === undefined) return undefined;
  const { samePaymentsDays } = context.ports.rules.duplicates;
  const sameSet = await first(context, order, KEY.paymentSet, paymentSet, samePaymentsDays);
  if (sameSet === undefined) return undefined;
  const evidence = `The same payments (accounts, amounts, dates and texts) were already in ${named(sameSet)}, under other ids. Release it only if they are to be paid twice.`;
  return { code: 'same-payments', evidence };
}

/** Files with more ids are neither remembered nor looked up by them: a warning is not worth a slow journal. */
export const REMEMBERED_IDS_MAX = 1_000;

/** Sentences about ids that an earlier file of the company has used already. */
export async function repeatedIds(context: OutboundContext, order: Order, ids: FileIdSet): Promise<string[]> {
  const { repeatedIdsDays } = context.ports.rules.duplicates;
  const warnings: string[] = [];
  for (const [name, key, values] of [
    ['PmtInfId', KEY.paymentInformationId, ids.paymentInformation],
    ['EndToEndId', KEY.endToEndId, ids.endToEnd],
  ] as const) {
    for (const value of values) {
      const other = await first(context, order, key, value, repeatedIdsDays);
      if (other !== undefined) warnings.push(`${name} ${value} was already used by ${named(other)}.`);
    }
  }
  return warnings;
}

function printsOf({ sha256, erpMessageId, paymentSet, ids }: Fingerprints): ReadonlySet<string> {
  const print = (name: string, value: string): string => `${name} ${value}`;
  return new Set([
    print(KEY.bytes, sha256),
    ...(paymentSet === undefined ? [] : [print(KEY.paymentSet, paymentSet)]),
    ...(erpMessageId === undefined ? [] : [print(KEY.erpMessageId, erpMessageId)]),
    ...(ids?.paymentInformation ?? []).map((id) => print(KEY.paymentInformationId, id)),
    ...(ids?.endToEnd ?? []).map((id) => print(KEY.endToEndId, id)),
  ]);
}

/** An earlier file, as it is called in a sentence. */
export function named({ fileName, id, claimedAt }: Order): string {
  return `file ${fileName} (order ${id}, ${claimedAt})`;
}

async function first(
  context: OutboundContext,
  order: Order,
  key: string,
  value: string,
  windowDays: number,
): Promise<Order | undefined> {
  const { journal, clock } = context.ports;
  const oldestMs = clock.now() - windowDays * DAY_MS;
  for await (const other of ordersUnder(journal, key, value)) {
    if (
      other.id !== order.id &&
      // One that was taken over earlier may have been sent; it must not end as the repeat of a later one that never was.
      !(order.restored && other.id > order.id) &&
      other.company === order.company &&
      Date.parse(other.claimedAt) >= oldestMs &&
      counts(other)
    )
      return other;
  }
  return undefined;
}

/** Refused, dropped and wholly rejected orders do not count: nothing of them was or will be paid. */
function counts(order: Order): boolean {
  return order.submissions.some(({ phase }) => phase !== 'refused' && phase !== 'rejected');
}
