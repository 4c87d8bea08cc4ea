// The end of a bank message, from the ends of its transfers or from one word about all of them.

import type { PlannedSubmission, StatusReason } from './order-event.ts';
import { isFinal } from './status.ts';
import type { Submission, SubmissionPhase } from './submission.ts';
import { indexesOf, type TransferState } from './transfer-state.ts';

/** What all states together say of the message. */
export function phaseByStates(
  plan: PlannedSubmission,
  states: ReadonlyMap<number, TransferState>,
): SubmissionPhase {
  let settled = 0;
  let rejected = 0;
  for (const { status } of states.values()) {
    if (status === 'ACSC') settled += 1;
    else if (status === 'RJCT') rejected += 1;
  }
  if (settled + rejected < plan.count) return 'submitted';
  if (rejected === 0) return 'settled';
  return settled === 0 ? 'rejected' : 'partly-settled';
}

/**
 * One word about the whole message. It can not take back what the bank has said of single transfers, or a transfer that
 * was paid would be told as rejected and be paid again. Only where the bank has contradicted itself "settled" overrules it.
 */
export function concluded(
  submission: Submission,
  status: 'ACSC' | 'RJCT',
  reasons: readonly StatusReason[],
): Submission {
  const { plan, hold } = submission;
  const overrules = status === 'ACSC' && hold?.code === 'confirmed-then-denied';
  const states = new Map<number, TransferState>();
  for (const { transfers } of plan.blocks) {
    for (const index of indexesOf(transfers)) {
      const known = submission.states.get(index);
      const stays = known !== undefined && isFinal(known.status) && !overrules;
      states.set(index, stays ? known : { status, reasons });
    }
  }
  return { ...submission, states, reasons, phase: phaseByStates(plan, states) };
}
