// What an older journal that was put back means for its orders: what was open may have gone further, so that nothing of it is
// sent by itself any more; what had come to its end is taken over from its receipt.

import { ulidTimeMs } from './identifiers.ts';
import type { Hold, OrderEvent, OrderId } from './order-event.ts';
import type { Order } from './order.ts';
import { isFinalPhase, plannedSubmission, type Submission } from './submission.ts';
import { indexesOf, type TransferState } from './transfer-state.ts';

/** The order after `order-restored`. */
export function restoredOrder(
  order: Order,
  event: Extract<OrderEvent, { type: 'order-restored' }>,
  at: string,
): Order {
  return {
    ...order,
    restored: true,
    tellFrom: event.tellFrom,
    submissions: order.submissions.map((submission) =>
      perhapsSent(
        event.bytesGone.includes(submission.plan.part) ? { ...submission, prepared: undefined } : submission,
        order.id,
        event.hold,
        at,
      ),
    ),
  };
}

/** Held as one in doubt, with all that follows: never dropped, booked entries prove it, and a person lets it go again. */
export function perhapsSent(submission: Submission, order: OrderId, hold: Hold, at: string): Submission {
  const { phase, hold: before } = submission;
  if (isFinalPhase(phase) || phase === 'submitted') return submission;
  if (phase === 'held' && before?.origin === 'submitted') return submission;
  const earlier =
    phase === 'held' && before !== undefined && before.code !== hold.code
      ? ` Before that it was held (${before.code}): ${before.evidence}`
      : '';
  return {
    ...submission,
    phase: 'held',
    hold: { code: hold.code, evidence: hold.evidence + earlier, origin: 'in-doubt' },
    lostBefore: true,
    // The id was drawn when the file was taken over: nothing of it had been sent before.
    sentSince: submission.sentSince ?? new Date(ulidTimeMs(order)).toISOString(),
    doubtSince: at,
    denial: undefined,
  };
}

/** The order as its receipt has it: at its end, told and archived, so that only its closing is left. */
export function recoveredOrder(
  id: OrderId,
  event: Extract<OrderEvent, { type: 'order-recovered' }>,
  at: string,
): Order {
  return {
    id,
    company: event.company,
    fileName: event.fileName,
    workingName: event.workingName,
    sizeBytes: event.sizeBytes,
    restored: true,
    tellFrom: 0,
    claimedAt: event.claimedAt,
    changedAt: at,
    phase: event.phase,
    erp: event.erp,
    sha256: event.sha256,
    paymentSet: event.paymentSet,
    faults: [],
    faultCount: event.faultCount,
    warnings: [],
    repeats: event.repeats,
    requests: [],
    answeredFiles: [],
    notes: [`Taken over from its receipt in ${event.folder} after an older journal was put back.`],
    submissions: event.submissions.map(({ plan, phase, states }) => ({
      ...plannedSubmission(plan, undefined),
      phase,
      states: new Map(
        states.flatMap(({ transfers, status, reasons }): [number, TransferState][] =>
          [...indexesOf(transfers)].map((index) => [index, { status, reasons }]),
        ),
      ),
    })),
    told: event.told && { ...event.told, final: true, at },
    archivedIn: event.folder,
    stuck: undefined,
  };
}
