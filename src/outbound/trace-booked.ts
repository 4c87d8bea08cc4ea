// Says which transfer each new entry books, of open and of closed orders, and finds what must never be: money that left
// although the ERP was told that it did not, and money that left twice. An end that was told is never changed by it.

import type { BookedTransfer, EntrySource } from '../domain/account-event.ts';
import type { BookedEntry, BookedFound, TakenEntry } from '../domain/entry.ts';
import { formatDecimal } from '../domain/decimal.ts';
import { KEY } from '../domain/journal-index.ts';
import { toldState } from '../domain/telling.ts';
import { ClosedTransfers } from './closed-transfers.ts';
import type { OutboundContext } from './outbound-context.ts';
import { whatFits, type SentTransfer, type SentTransfers } from './sent-transfers.ts';

/** Traces the entries of one answer; closed orders are found by their EndToEndIds. */
export class BookingTrace {
  readonly #context: OutboundContext;
  readonly #account: string;
  readonly #closed: ClosedTransfers;
  readonly #taken: TakenBookings;
  readonly #found: BookedFound[] = [];

  constructor(context: OutboundContext, account: string, source: EntrySource) {
    this.#context = context;
    this.#account = account;
    this.#closed = new ClosedTransfers(context, account);
    this.#taken = new TakenBookings(context, source);
  }

  /** `open` are the transfers of all open orders. Of the entries only those that are fresh are traced. */
  async take(open: SentTransfers, entries: readonly TakenEntry[]): Promise<void> {
    const ids = entries.flatMap(({ entry, fresh }) =>
      fresh === undefined ? [] : entry.references.flatMap(({ endToEndId }) => endToEndId ?? []),
    );
    const closed = await this.#closed.under(ids);
    if (open.size === 0 && closed.length === 0) return;
    for (const { entry, fresh } of entries) {
      if (fresh === undefined) continue;
      for (const reference of entry.references) {
        if (reference.endToEndId === undefined) continue;
        const fitting = [...closed, open].flatMap((sent) =>
          whatFits(sent, entry, reference, this.#context.ports.rules.timeZone),
        );
        const booking = await this.#taken.take(fitting);
        if (booking !== undefined) this.#found.push({ fresh, transfer: this.#transferOf(entry, booking) });
      }
    }
  }

  /**
   * Whether an entry may book another transfer than the one it seems to prove: one of `open`, or one of a closed order. Of a fresh
   * entry not one that another entry has booked.
   */
  async mayBookAnother(
    entry: BookedEntry,
    isFresh: boolean,
    open: readonly SentTransfer[],
  ): Promise<boolean> {
    const { timeZone } = this.#context.ports.rules;
    const closed = await this.#closed.under(entry.references.flatMap(({ endToEndId }) => endToEndId ?? []));
    const fitting = entry.references.flatMap((reference) =>
      closed.flatMap((sent) => whatFits(sent, entry, reference, timeZone)),
    );
    for (const sent of [...open, ...fitting])
      if (!isToldRejected(sent) && !(isFresh && (await this.#taken.countOf(sent)) > 0)) return true;
    return false;
  }

  /** What was found, said to people where it must never be. */
  found(): readonly BookedFound[] {
    for (const { transfer } of this.#found)
      if (transfer.contradiction !== undefined)
        this.#context.ports.log.error('money.contradiction', {
          order: transfer.order,
          account: this.#account,
          contradiction: transfer.contradiction,
        });
    return this.#found;
  }

  #transferOf(entry: BookedEntry, booking: Booking): BookedTransfer {
    return {
      order: booking.sent.order.id,
      transfer: booking.sent.index,
      ...(booking.isExpected ? {} : { contradiction: sentenceFor(this.#account, entry, booking) }),
    };
  }
}

interface Booking {
  readonly sent: SentTransfer;
  /** False for one that was told rejected, and for one that was booked before. */
  readonly isExpected: boolean;
  readonly isRejected: boolean;
}

/** What has been booked so far: every transfer accounts for one entry of each source. */
class TakenBookings {
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
      if ((await this.countOf(sent)) === 0) return this.#note({ sent, isExpected: true, isRejected: false });
    const [sent] = [...rejected.toReversed(), ...expected.toReversed()];
    if (sent === undefined) return undefined;
    return this.#note({ sent, isExpected: false, isRejected: rejected.includes(sent) });
  }

  #note(booking: Booking): Booking {
    const key = keyOf(booking.sent);
    this.#taken.set(key, (this.#taken.get(key) ?? 0) + 1);
    return booking;
  }

  /** How many entries of this source were put down to a transfer. */
  async countOf(sent: SentTransfer): Promise<number> {
    const key = keyOf(sent);
    const before = await this.#context.ports.journal.keys(KEY.bookedTransfer(this.#source), key);
    return before.length + (this.#taken.get(key) ?? 0);
  }
}

function keyOf({ order, index }: SentTransfer): string {
  return `${order.id}/${index}`;
}

function isToldRejected({ submission, index }: SentTransfer): boolean {
  return toldState(submission, index).status === 'RJCT';
}

function sentenceFor(account: string, entry: BookedEntry, { sent, isRejected }: Booking): string {
  const { order, ids } = sent;
  const payment = `${formatDecimal(ids.amount)} ${ids.currency} with EndToEndId ${ids.endToEndId} of file ${order.fileName} (order ${order.id})`;
  return isRejected
    ? `Account ${account} was debited on ${entry.bookingDay} with ${payment}, which the ERP was told is rejected. The ERP has not been told otherwise: see that it is not paid again, and ask the bank.`
    : `Account ${account} was debited on ${entry.bookingDay} with ${payment} once more; one debit was already booked. Ask the bank whether it was paid twice or one of them was taken back.`;
}
