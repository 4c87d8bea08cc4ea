// Says which transfer each new entry books, of open and of closed orders, and finds what must never be: money that left
// although the ERP was told that it did not, and money that left twice. An end that was told is never changed by it.

import type { BookedTransfer, EntrySource } from '../domain/account-event.ts';
import type { BookedEntry } from '../domain/entry.ts';
import { formatDecimal } from '../domain/decimal.ts';
import type { Order } from '../domain/order.ts';
import { KEY } from '../domain/journal-index.ts';
import { toldState } from '../domain/telling.ts';
import type { ReadOnlyJournal } from '../journal/journal.ts';
import { ordersUnder } from './order-book.ts';
import type { OutboundContext } from './outbound-context.ts';
import { sentTransfers, whatFits, type SentTransfer, type SentTransfers } from './sent-transfers.ts';

interface NewEntries {
  readonly account: string;
  readonly source: EntrySource;
  readonly entries: readonly BookedEntry[];
}

/** `open` are the transfers of all open orders; closed ones are found by their EndToEndId. */
export async function traceBooked(
  context: OutboundContext,
  open: SentTransfers,
  { account, source, entries }: NewEntries,
): Promise<readonly BookedTransfer[]> {
  const bookings = new Bookings(context, source);
  const found: BookedTransfer[] = [];
  for (const entry of entries) {
    for (const reference of entry.references) {
      if (reference.endToEndId === undefined) continue;
      const closed = await closedTransfers(context, account, reference.endToEndId);
      const fitting = [closed, open].flatMap((sent) =>
        whatFits(sent, entry, reference, context.ports.rules.timeZone),
      );
      const booked = await bookings.take(fitting);
      if (booked === undefined) continue;
      const contradiction = booked.isExpected ? undefined : sentenceFor(account, entry, booked);
      if (contradiction !== undefined)
        context.ports.log.error('money.contradiction', {
          order: booked.sent.order.id,
          account,
          contradiction,
        });
      found.push({
        order: booked.sent.order.id,
        transfer: booked.sent.index,
        ...(contradiction === undefined ? {} : { contradiction }),
      });
    }
  }
  return found;
}

/** The transfers of closed orders that an entry may book. */
export async function closedFitting(
  context: OutboundContext,
  account: string,
  entry: BookedEntry,
): Promise<readonly SentTransfer[]> {
  const found: SentTransfer[] = [];
  for (const reference of entry.references) {
    if (reference.endToEndId === undefined) continue;
    const closed = await closedTransfers(context, account, reference.endToEndId);
    found.push(...whatFits(closed, entry, reference, context.ports.rules.timeZone));
  }
  return found;
}

async function closedTransfers(
  context: OutboundContext,
  account: string,
  endToEndId: string,
): Promise<SentTransfers> {
  const orders: Order[] = [];
  for await (const order of ordersUnder(context.ports.journal, KEY.endToEndId, endToEndId))
    if (context.book.get(order.id) === undefined) orders.push(order);
  return sentTransfers(context, orders, account);
}

interface Booking {
  readonly sent: SentTransfer;
  /** False for one that was told rejected, and for one that was booked before. */
  readonly isExpected: boolean;
  readonly isRejected: boolean;
}

/** What has been booked so far: every transfer accounts for one entry of each source. */
class Bookings {
  readonly #context: OutboundContext;
  readonly #source: EntrySource;
  /** Of this delivery; not in the journal yet. */
  readonly #taken = new Map<string, number>();

  constructor(context: OutboundContext, source: EntrySource) {
    this.#context = context;
    this.#source = source;
  }

  /** The transfer an entry is put down to: one that waits for it if there is any, for the ERP may pay anew under an old id. */
  async take(fitting: readonly SentTransfer[]): Promise<Booking | undefined> {
    const rejected = fitting.filter(isToldRejected);
    const expected = fitting.filter((sent) => !isToldRejected(sent));
    for (const sent of expected)
      if ((await this.#countOf(sent)) === 0) return this.#note({ sent, isExpected: true, isRejected: false });
    const [sent] = [...rejected.toReversed(), ...expected.toReversed()];
    if (sent === undefined) return undefined;
    return this.#note({ sent, isExpected: false, isRejected: rejected.includes(sent) });
  }

  #note(booking: Booking): Booking {
    const key = keyOf(booking.sent);
    this.#taken.set(key, (this.#taken.get(key) ?? 0) + 1);
    return booking;
  }

  async #countOf(sent: SentTransfer): Promise<number> {
    const before = await timesBooked(this.#context.ports.journal, this.#source, sent);
    return before + (this.#taken.get(keyOf(sent)) ?? 0);
  }
}

/** How many entries of this source were put down to a transfer, by deliveries on record. */
export async function timesBooked(
  journal: Pick<ReadOnlyJournal, 'keys'>,
  source: EntrySource,
  sent: SentTransfer,
): Promise<number> {
  return (await journal.keys(KEY.bookedTransfer(source), keyOf(sent))).length;
}

function keyOf({ order, index }: SentTransfer): string {
  return `${order.id}/${index}`;
}

export function isToldRejected({ submission, index }: SentTransfer): boolean {
  return toldState(submission, index).status === 'RJCT';
}

function sentenceFor(account: string, entry: BookedEntry, { sent, isRejected }: Booking): string {
  const { order, ids } = sent;
  const payment = `${formatDecimal(ids.amount)} ${ids.currency} with EndToEndId ${ids.endToEndId} of file ${order.fileName} (order ${order.id})`;
  return isRejected
    ? `Account ${account} was debited on ${entry.bookingDay} with ${payment}, which the ERP was told is rejected. The ERP has not been told otherwise: see that it is not paid again, and ask the bank.`
    : `Account ${account} was debited on ${entry.bookingDay} with ${payment} once more; one debit was already booked. Ask the bank whether it was paid twice or one of them was taken back.`;
}
