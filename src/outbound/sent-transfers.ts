// The transfers that may have reached the bank, by account, as an entry on that account would name them.

import type { BookedEntry } from '../domain/entry.ts';
import type { Order } from '../domain/order.ts';
import { dayAt } from '../domain/calendar.ts';
import { compareDecimals } from '../domain/decimal.ts';
import { asIban } from '../domain/iban.ts';
import { mayBeAtBank, type Submission } from '../domain/submission.ts';
import { indexesOf } from '../domain/transfer-state.ts';
import type { TransferIds } from '../erp/format.ts';
import { FileFailure } from '../files/file-store.ts';
import type { OutboundContext } from './outbound-context.ts';

/** By EndToEndId. */
export type SentTransfers = ReadonlyMap<string, readonly SentTransfer[]>;

export interface SentTransfer {
  readonly order: Order;
  readonly submission: Submission;
  readonly index: number;
  readonly ids: TransferIds;
}

/** Those of these orders that debit the account and bear an EndToEndId. An order whose file can not be read has none. */
export async function sentTransfers(
  context: OutboundContext,
  orders: Iterable<Order>,
  account: string,
): Promise<SentTransfers> {
  const found = new Map<string, SentTransfer[]>();
  for (const order of orders) {
    const sent = order.submissions.filter(mayBeAtBank);
    if (sent.length === 0) continue;
    try {
      const file = await context.idsOf(order);
      for (const submission of sent) {
        for (const { block, transfers } of submission.plan.blocks) {
          if (asIban(file.blocks[block]?.debtorAccount ?? '') !== account) continue;
          for (const index of indexesOf(transfers)) {
            const ids = file.transfers[index];
            if (ids === undefined || ids.endToEndId === 'NOTPROVIDED') continue;
            const alike = found.get(ids.endToEndId) ?? [];
            found.set(ids.endToEndId, alike);
            alike.push({ order, submission, index, ids });
          }
        }
      }
    } catch (failure) {
      // The order itself is held for its file; the entries of the account are for the others as well.
      if (!(failure instanceof FileFailure)) throw failure;
      context.ports.log.warn('order.file-unread', { order: order.id, reason: failure.message });
    }
  }
  return found;
}

/** The transfers that one reference of an entry may mean. */
export function whatFits(
  sent: SentTransfers,
  entry: BookedEntry,
  { endToEndId, messageId, amount = entry.amount }: BookedEntry['references'][number],
  timeZone: string,
): SentTransfer[] {
  return (sent.get(endToEndId ?? '') ?? []).filter(
    ({ order, ids, submission }) =>
      ids.currency === entry.currency &&
      compareDecimals(ids.amount, amount) === 0 &&
      (messageId === undefined || messageId === submission.plan.messageId) &&
      // ERPs begin their references again: an entry of a day before it was sent books something else.
      entry.bookingDay >= dayAt(Date.parse(submission.sentSince ?? order.claimedAt), timeZone),
  );
}
