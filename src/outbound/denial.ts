// What a bank's "no" is worth: some say RJCT of an id they do not know, some lag behind themselves, some speak of another copy.

import type { AskOutcome } from '../bank/channel.ts';
import type { StatusRun } from '../domain/order-event.ts';
import type { Order } from '../domain/order.ts';
import { isInDoubt, type Submission } from '../domain/submission.ts';
import type { OutboundContext } from './outbound-context.ts';
import { isRejectedWhole, rejectsAll } from './reported.ts';

/** A bank's status service may lag behind its own acceptance; only this many denials in a row contradict a confirmation. */
const DENIALS_MAX = 3;

/**
 * Some banks say RJCT for an id they do not know, or do not know yet; until a test has shown otherwise it only says "not found".
 * Of a message the bank has confirmed, a rejection that names its blocks or transfers is more than that.
 */
export function isDenial({ ports }: OutboundContext, submission: Submission, outcome: AskOutcome): boolean {
  const { plan } = submission;
  if (outcome.kind !== 'report') return outcome.kind === 'not-found';
  if (ports.terms(plan.bank).profile.rejectMeansRejected) return false;
  const { report } = outcome;
  return isRejectedWhole(report, plan) && (isInDoubt(submission) || report.blocks.length === 0);
}

/** A denial of what the bank had confirmed, as long as it has not been heard often enough in a row. */
export function isPerhapsLate({ attempts }: OutboundContext, order: Order, { plan }: Submission): boolean {
  return (attempts.asked(order.id, plan.part)?.denied ?? 0) < DENIALS_MAX;
}

/** A bank that goes on rejecting what it had confirmed means it: its status service is not merely late. */
export function isLasting(context: OutboundContext, order: Order, submission: Submission): boolean {
  const { ports, attempts } = context;
  const { plan } = submission;
  const asked = attempts.asked(order.id, plan.part);
  const { profile, follow } = ports.terms(plan.bank);
  const lateMaxMs = profile.arrivalBoundMs ?? follow.inDoubtHoldAfterMs;
  return !isPerhapsLate(context, order, submission) && (asked?.observedMs ?? 0) >= lateMaxMs;
}

/**
 * The bank may have a copy of every sending and speak of the one it rejected, though it confirmed and will execute a later one.
 * Where a rejection always means one, an earlier would have been believed and nothing sent again.
 */
export function mayBeOfAnotherSending(
  { ports }: OutboundContext,
  { phase, plan, attempts, lostBefore }: Submission,
  { report }: Extract<AskOutcome, { kind: 'report' }>,
  runs: readonly StatusRun[],
): boolean {
  const isClear = ports.terms(plan.bank).profile.rejectMeansRejected;
  const wasSentAgain = lostBefore && attempts > 1;
  return phase === 'submitted' && wasSentAgain && !isClear && rejectsAll(report, plan, runs);
}
