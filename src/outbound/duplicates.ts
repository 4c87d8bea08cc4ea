// Looks for the same payments among orders that went to the bank or still may: by bytes, by MsgId, by payment set.

import { KEY } from '../domain/journal-index.ts';
import type { FileIdSet, Hold } from '../domain/order-event.ts';
import type { Order } from '../domain/order.ts';
import { ordersUnder } from './order-book.ts';
import type { OutboundContext } from './outbound-context.ts';

export interface Fingerprints {
  readonly sha256: string;
  readonly erpMessageId: string | undefined;
  readonly paymentSet: string;
  /** Of a file with so few that they are remembered. */
  readonly ids: FileIdSet | undefined;
}

export type Duplicate =
  | { readonly kind: 'same-bytes'; readonly of: Order }
  | { readonly kind: 'alike'; readonly of: Order; readonly hold: Hold };

const DAY_MS = 86_400_000;

/** The earliest order this one repeats; undefined when it is new. What was begun earlier is waited for where it may be alike. */
export async function findDuplicate(
  context: OutboundContext,
  order: Order,
  prints: Fingerprints,
): Promise<Duplicate | undefined> {
  await context.planning.take(order.id, printsOf(prints));
  const { sameBytesDays, sameMessageIdDays, samePaymentsDays } = context.ports.rules.duplicates;
  const same = await first(context, order, KEY.bytes, prints.sha256, sameBytesDays);
  if (same !== undefined) return { kind: 'same-bytes', of: same };
  const sameId =
    prints.erpMessageId === undefined
      ? undefined
      : await first(context, order, KEY.erpMessageId, prints.erpMessageId, sameMessageIdDays);
  if (sameId !== undefined) {
    return alike(
      sameId,
      'same-message-id',
      `MsgId ${prints.erpMessageId ?? ''} was already used by file ${sameId.fileName} (order ${sameId.id}, ${sameId.claimedAt}), with other content. Release it only if it is a different payment.`,
    );
  }
  const sameSet = await first(context, order, KEY.paymentSet, prints.paymentSet, samePaymentsDays);
  if (sameSet !== undefined) {
    return alike(
      sameSet,
      'same-payments',
      `The same payments (accounts, amounts, dates and texts) were already in file ${sameSet.fileName} (order ${sameSet.id}, ${sameSet.claimedAt}), under other ids. Release it only if they are to be paid twice.`,
    );
  }
  return undefined;
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
      if (other !== undefined)
        warnings.push(
          `${name} ${value} was already used by file ${other.fileName} (order ${other.id}, ${other.claimedAt}).`,
        );
    }
  }
  return warnings;
}

function printsOf({ sha256, erpMessageId, paymentSet, ids }: Fingerprints): ReadonlySet<string> {
  const named = (name: string, value: string): string => `${name} ${value}`;
  return new Set([
    named(KEY.bytes, sha256),
    named(KEY.paymentSet, paymentSet),
    ...(erpMessageId === undefined ? [] : [named(KEY.erpMessageId, erpMessageId)]),
    ...(ids?.paymentInformation ?? []).map((id) => named(KEY.paymentInformationId, id)),
    ...(ids?.endToEnd ?? []).map((id) => named(KEY.endToEndId, id)),
  ]);
}

function alike(of: Order, code: Hold['code'], evidence: string): Duplicate {
  return { kind: 'alike', of, hold: { code, evidence } };
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
