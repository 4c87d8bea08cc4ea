// A booked entry on the account is the proof of execution: it settles the transfer it names.

import type { EntrySource } from '../domain/account-event.ts';
import type { BookedEntry, BookedFound, Bookings, TakenEntry } from '../domain/entry.ts';
import type { Order } from '../domain/order.ts';
import { isFinalPhase, type Submission } from '../domain/submission.ts';
import { isFinal } from '../domain/status.ts';
import { toRuns, type TransferState } from '../domain/transfer-state.ts';
import { stillIn } from './order-book.ts';
import type { OutboundContext } from './outbound-context.ts';
import { sentTransfers, whatFits, type SentTransfer, type SentTransfers } from './sent-transfers.ts';
import { BookingTrace } from './trace-booked.ts';

/** The entries of one answer. What it holds grows with the transfers of ours that they book, never with the entries. */
export function bookingsOf(context: OutboundContext, account: string, source: EntrySource): Bookings {
  return new AnswerBookings(context, account, source);
}

class AnswerBookings implements Bookings {
  readonly #context: OutboundContext;
  readonly #account: string;
  readonly #trace: BookingTrace;
  /** The transfers of the orders that were open when the first payment was looked at. */
  #open: SentTransfers | undefined;
  readonly #proved = new Map<Submission, { readonly order: Order; readonly indexes: Set<number> }>();

  constructor(context: OutboundContext, account: string, source: EntrySource) {
    this.#context = context;
    this.#account = account;
    this.#trace = new BookingTrace(context, account, source);
  }

  async take(entries: readonly TakenEntry[]): Promise<void> {
    const payments = entries.filter(({ entry }) => isPayment(entry));
    if (payments.length === 0) return;
    this.#open ??= await sentTransfers(this.#context, this.#context.book.all(), this.#account);
    for (const payment of payments) await this.#prove(payment, this.#open);
    await this.#trace.take(this.#open, payments);
  }

  async settle(): Promise<readonly BookedFound[]> {
    for (const [submission, { order, indexes }] of this.#proved)
      await settle(this.#context, order, submission, indexes);
    return this.#trace.found();
  }

  /** An entry that fits two transfers proves neither, whatever the other has come to. */
  async #prove({ entry, fresh }: TakenEntry, open: SentTransfers): Promise<void> {
    if (open.size === 0) return;
    const fitting = entry.references.flatMap((reference) =>
      whatFits(open, entry, reference, this.#context.ports.rules.timeZone),
    );
    const [only, ...others] = fitting.filter(isWaiting);
    if (only === undefined || others.length > 0) return;
    const rivals = fitting.filter((sent) => sent !== only);
    if (await this.#trace.mayBookAnother(entry, fresh !== undefined, rivals)) return;
    const found = this.#proved.get(only.submission) ?? { order: only.order, indexes: new Set<number>() };
    found.indexes.add(only.index);
    this.#proved.set(only.submission, found);
  }
}

function isPayment({ direction, reversal, status }: BookedEntry): boolean {
  return direction === 'debit' && !reversal && status === 'BOOK';
}

/** Without an end yet, also while it is held or waits to be sent again. */
function isWaiting({ submission, index }: SentTransfer): boolean {
  const known = submission.states.get(index);
  return !isFinalPhase(submission.phase) && (known === undefined || !isFinal(known.status));
}

/**
 * While a message is still being handed over its own answer is waited for; an entry that comes before it is looked at again
 * with the whole day, and with the statement.
 */
async function settle(
  context: OutboundContext,
  order: Order,
  { plan }: Submission,
  indexes: ReadonlySet<number>,
): Promise<void> {
  const settled: TransferState = { status: 'ACSC', reasons: [] };
  const runs = toRuns([...indexes].sort((a, b) => a - b).map((index) => [index, settled] as const));
  const recorded = await context.book.recordIf(
    order.id,
    stillIn(plan.part, 'in-doubt', 'submitted', 'held', 'prepared'),
    { type: 'status-received', part: plan.part, source: 'entry', runs },
  );
  if (recorded !== undefined)
    context.ports.log.info('submission.booked', {
      order: order.id,
      message: plan.messageId,
      transfers: indexes.size,
    });
}
