// Finds orders by whatever a person has at hand: order id, bank message id, the ERP's MsgId, or the file's name.

import { isUlid } from '../domain/identifiers.ts';
import { KEY } from '../domain/journal-index.ts';
import type { Order } from '../domain/order.ts';
import type { ReadOnlyJournal } from '../journal/journal.ts';
import { findOrders, readOrder } from '../outbound/order-book.ts';

/** Newest last; empty when nothing is known under that name. */
export async function findByAnyName(journal: ReadOnlyJournal, name: string): Promise<Order[]> {
  if (isUlid(name)) {
    const order = await readOrder(journal, name);
    if (order !== undefined) return [order];
  }
  for (const key of [KEY.bankMessageId, KEY.fileName, KEY.erpMessageId]) {
    const found = await findOrders(journal, key, name);
    if (found.length > 0) return found;
  }
  return [];
}
