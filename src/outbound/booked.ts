// A booked entry on the account is the proof of execution: it settles the transfer it names.

import type { BookedEntry } from '../domain/entry.ts';
import type { Order } from '../domain/order.ts';
import type { Submission } from '../domain/submission.ts';
import { compareDecimals } from '../domain/decimal.ts';
import { dayAt } from '../domain/calendar.ts';
import { asIban } from '../domain/iban.ts';
import { isFinal } from '../domain/status.ts';
import { indexesOf, toRuns, type TransferState } from '../domain/transfer-state.ts';
import type { FileIds } from '../erp/format.ts';
import { stillIn } from './order-book.ts';
import type { OutboundContext } from './outbound-context.ts';

interface Candidate {
  readonly order: Order;
  readonly submission: Submission;
  readonly index: number;
}

/** Settles what these entries of one account prove. An entry that fits two transfers proves neither. */
export async function settleBooked(
  context: OutboundContext,
  account: string,
  entries: readonly BookedEntry[],
): Promise<void> {
  const debits = entries.filter(
    (entry) => entry.direction === 'debit' && !entry.reversal && entry.status === 'BOOK',
  );
  if (debits.length === 0) return;
  const waiting = await waitingTransfers(context, account);
  const proved = new Map<Submission, { readonly order: Order; readonly indexes: Set<number> }>();
  for (const entry of debits) {
    const [only, ...others] = entry.references.flatMap((reference) =>
      candidatesFor(waiting, entry, reference, context.ports.rules.timeZone),
    );
    if (only === undefined || others.length > 0) continue;
    const found = proved.get(only.submission) ?? { order: only.order, indexes: new Set<number>() };
    found.indexes.add(only.index);
    proved.set(only.submission, found);
  }
  const settled: TransferState = { status: 'ACSC', reasons: [] };
  for (const [submission, { order, indexes }] of proved) {
    const runs = toRuns([...indexes].sort((a, b) => a - b).map((index) => [index, settled] as const));
    await context.book.recordIf(
      order.id,
      stillIn(submission.plan.part, 'in-doubt', 'submitted', 'held', 'prepared'),
      {
        type: 'status-received',
        part: submission.plan.part,
        source: 'entry',
        runs,
      },
    );
    context.ports.log.info('submission.booked', {
      order: order.id,
      message: submission.plan.messageId,
      transfers: indexes.size,
    });
  }
}

/** True for what was handed over and has no end yet, also while it is held or waits to be sent again. */
function mayBeBooked({ phase, startedAt, lostBefore, hold }: Submission): boolean {
  if (startedAt === undefined) return false;
  if (phase === 'held') return hold?.origin === 'in-doubt' || hold?.origin === 'submitted';
  return phase === 'submitted' || phase === 'in-doubt' || (phase === 'prepared' && lostBefore);
}

type Waiting = Map<string, (Candidate & { readonly ids: FileIds })[]>;

async function waitingTransfers(context: OutboundContext, account: string): Promise<Waiting> {
  const waiting: Waiting = new Map();
  for (const order of context.book.all()) {
    for (const submission of order.submissions) {
      if (!mayBeBooked(submission)) continue;
      const ids = await context.idsOf(order);
      for (const block of submission.plan.blocks) {
        if (asIban(ids.blocks[block.block]?.debtorAccount ?? '') !== account) continue;
        for (const index of indexesOf(block.transfers)) {
          const known = submission.states.get(index);
          const endToEndId = ids.transfers[index]?.endToEndId;
          if (
            endToEndId === undefined ||
            endToEndId === 'NOTPROVIDED' ||
            (known !== undefined && isFinal(known.status))
          )
            continue;
          const list = waiting.get(endToEndId) ?? [];
          list.push({ order, submission, index, ids });
          waiting.set(endToEndId, list);
        }
      }
    }
  }
  return waiting;
}

function candidatesFor(
  waiting: Waiting,
  entry: BookedEntry,
  reference: BookedEntry['references'][number],
  timeZone: string,
): Candidate[] {
  const amount = reference.amount ?? entry.amount;
  return (waiting.get(reference.endToEndId ?? '') ?? []).filter(({ ids, index, submission }) => {
    const transfer = ids.transfers[index];
    // ERPs begin their references again: an entry of an earlier day, or of another message, books something else.
    if (entry.bookingDay < dayAt(Date.parse(submission.startedAt ?? ''), timeZone)) return false;
    if (reference.messageId !== undefined && reference.messageId !== submission.plan.messageId) return false;
    return transfer?.currency === entry.currency && compareDecimals(transfer.amount, amount) === 0;
  });
}
