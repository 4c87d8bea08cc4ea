// Hands booked entries over as proof that transfers were executed, and keeps which transfers they book.

import type { AccountEvent, EntrySource } from '../domain/account-event.ts';
import type { BookedEntry } from '../domain/entry.ts';
import type { Delivery } from './delivery.ts';

/**
 * `entries` are all of an answer, `fresh` those that this source has not shown before. The events belong into the record
 * of the delivery itself, so that an entry counts once however often a crash repeats it.
 */
export async function bookedEvents(
  { ports, account }: Delivery,
  source: EntrySource,
  entries: readonly BookedEntry[],
  fresh: readonly BookedEntry[],
): Promise<AccountEvent[]> {
  const transfers = await ports.onBooked({ account: account.iban, source, entries, fresh });
  return transfers.length === 0 ? [] : [{ type: 'transfers-booked', source, transfers }];
}
