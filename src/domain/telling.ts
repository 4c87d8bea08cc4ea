// What the ERP is told of an order: one status for every transfer, a status for the whole, and when it is time to say so.

import { isOrderFinal, type Order } from './order.ts';
import type { Submission, SubmissionPhase } from './submission.ts';
import type { StatusReason } from './order-event.ts';
import { isFinal, type TransferStatus } from './status.ts';
import type { TransferState } from './transfer-state.ts';

const PENDING: TransferState = { status: 'PDNG', reasons: [] };

/** The state of one transfer as the ERP is to hear it. */
export function toldState(submission: Submission, index: number): TransferState {
  const known = submission.states.get(index);
  switch (submission.phase) {
    case 'planned':
    case 'prepared':
    case 'submitting':
    case 'in-doubt':
    case 'submitted':
    case 'rejected':
    case 'settled':
    case 'partly-settled':
      return known ?? PENDING;
    case 'held':
      return known !== undefined && isFinal(known.status)
        ? known
        : { status: 'PDNG', reasons: holdReasons(submission) };
    case 'refused':
      return { status: 'RJCT', reasons: submission.reasons };
  }
}

const FURTHEST_BACK_FIRST: readonly TransferStatus[] = ['PDNG', 'RCVD', 'ACTC', 'ACCP', 'ACWC', 'ACSP'];

/** GrpSts for the whole: the one status all share, PART for a mixture that holds an end, else what is furthest back. */
export function groupStatus(order: Order): TransferStatus | 'PART' {
  if (order.phase === 'refused') return 'RJCT';
  const seen = statusesSeen(order);
  const [only] = seen;
  if (only === undefined) return 'PDNG';
  if (seen.size === 1) return only;
  if (seen.has('RJCT') || seen.has('ACSC')) return 'PART';
  return FURTHEST_BACK_FIRST.find((status) => seen.has(status)) ?? 'PDNG';
}

/** Whether the ERP must hear something, and from when; undefined when it knows all there is. */
export function needsTelling(
  order: Order,
  nowMs: number,
  tellEveryMs: number,
): { readonly dueMs: number } | undefined {
  if (order.phase === 'answered') return undefined;
  const final = isOrderFinal(order);
  if (order.told?.final === true) return undefined;
  if (final) return { dueMs: 0 };
  if (order.submissions.some(({ phase }) => phase === 'planned' || phase === 'submitting')) return undefined;
  if (order.submissions.every(({ phase, attempts }) => phase === 'prepared' && attempts === 0))
    return undefined;
  if (order.told?.digest === toldDigest(order)) return undefined;
  if (order.told === undefined) return { dueMs: 0 };
  const toldMs = Date.parse(order.told.at);
  // A date that was set back must not keep the ERP waiting until it comes again.
  return { dueMs: toldMs > nowMs ? 0 : toldMs + tellEveryMs };
}

/** Phases that the ERP hears of by the states of the transfers alone. */
const OPEN: readonly SubmissionPhase[] = ['prepared', 'submitting', 'in-doubt', 'submitted'];

/** Equal for equal news: what is told is told again only when it differs. */
export function toldDigest(order: Order): string {
  return JSON.stringify(
    order.submissions.map((submission) => [
      submission.plan.part,
      OPEN.includes(submission.phase) ? 'open' : submission.phase,
      submission.hold?.code,
      [...tally(submission)].sort(([a], [b]) => (a < b ? -1 : 1)),
    ]),
  );
}

function tally(submission: Submission): Map<string, number> {
  const counts = new Map<string, number>();
  for (const state of submission.states.values()) {
    const key = JSON.stringify(state);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function statusesSeen(order: Order): Set<TransferStatus> {
  const seen = new Set<TransferStatus>();
  for (const submission of order.submissions) {
    for (const { transfers } of submission.plan.blocks) {
      for (const [from, to] of transfers)
        for (let index = from; index <= to; index += 1) seen.add(toldState(submission, index).status);
    }
  }
  return seen;
}

function holdReasons(submission: Submission): readonly StatusReason[] {
  const { hold } = submission;
  if (hold === undefined) return [];
  return [
    { code: undefined, texts: [`Held by Goniec for a person to decide (${hold.code}).`, hold.evidence] },
  ];
}
