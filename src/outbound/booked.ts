// A booked entry on the account is the proof of execution: it settles the transfer it names.

import type { BookedTransfer, EntrySource } from '../domain/account-event.ts';
import type { BookedEntry, EntriesFound } from '../domain/entry.ts';
import type { Order } from '../domain/order.ts';
import { isFinalPhase, type Submission } from '../domain/submission.ts';
import { isFinal } from '../domain/status.ts';
import { toRuns, type TransferState } from '../domain/transfer-state.ts';
import { stillIn } from './order-book.ts';
import type { OutboundContext } from './outbound-context.ts';
import { sentTransfers, whatFits, type SentTransfer, type SentTransfers } from './sent-transfers.ts';
import { closedFitting, isToldRejected, timesBooked, traceBooked } from './trace-booked.ts';

/** Settles what the entries prove, then says which transfers the fresh ones book. */
export async function bookEntries(
  context: OutboundContext,
  { account, source, entries, fresh }: EntriesFound,
): Promise<readonly BookedTransfer[]> {
  if (!entries.some(isPayment)) return [];
  const open = await sentTransfers(context, context.book.all(), account);
  await settleBooked(context, open, { account, source, entries: entries.filter(isPayment), fresh });
  return traceBooked(context, open, { account, source, entries: fresh.filter(isPayment) });
}

function isPayment({ direction, reversal, status }: BookedEntry): boolean {
  return direction === 'debit' && !reversal && status === 'BOOK';
}

/** An entry that fits two transfers proves neither, whatever the other has come to. */
async function settleBooked(
  context: OutboundContext,
  open: SentTransfers,
  { account, source, entries, fresh }: EntriesFound,
): Promise<void> {
  const isFresh = new Set(fresh);
  const proved = new Map<Submission, { readonly order: Order; readonly indexes: Set<number> }>();
  for (const entry of entries) {
    const fitting = entry.references.flatMap((reference) =>
      whatFits(open, entry, reference, context.ports.rules.timeZone),
    );
    const [only, ...others] = fitting.filter(isWaiting);
    if (only === undefined || others.length > 0) continue;
    const closed = await closedFitting(context, account, entry);
    const rivals = [...fitting, ...closed].filter((sent) => sent !== only && !isToldRejected(sent));
    if (await mayBook(context, rivals, isFresh.has(entry) ? source : undefined)) continue;
    const found = proved.get(only.submission) ?? { order: only.order, indexes: new Set<number>() };
    found.indexes.add(only.index);
    proved.set(only.submission, found);
  }
  for (const [submission, { order, indexes }] of proved) await settle(context, order, submission, indexes);
}

/** Whether one of these may be what an entry books: of a fresh entry not one that another entry has booked. */
async function mayBook(
  { ports }: OutboundContext,
  rivals: readonly SentTransfer[],
  freshIn: EntrySource | undefined,
): Promise<boolean> {
  for (const sent of rivals)
    if (freshIn === undefined || (await timesBooked(ports.journal, freshIn, sent)) === 0) return true;
  return false;
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
