// What is done about a message of which nobody knows whether the bank has it, by what a test at that bank has shown.
//
// | "not found" known | bound known | repeated ids refused | what happens |
// | --- | --- | --- | --- |
// | no, or without a bound | no, or without "not found" | no | it is asked; without an answer that proves something it is held |
// | yes | yes | no | it goes out again once "not found" has held for the bound; when the bank falls silent it is held |
// | any | any | yes | it goes out again once the bank was asked and did not confirm it: a second copy is refused |
//
// Whatever is known: a report that names the message ends the doubt; a rejection of all of it does so only where a rejection
// is known to mean one, else it counts as "not found"; after five sendings without an answer it is held. After an older
// journal was put back none of this sends anything: the bank is asked, and a person decides.

import { askDueMs } from './asking.ts';
import type { BankTerms } from './bank-profile.ts';
import { businessDaysAfter, dayAt } from './calendar.ts';
import type { Asked, DueStep, Step, StepContext } from './order-steps.ts';
import type { Order } from './order.ts';
import type { Denial, Submission } from './submission.ts';

/** How often a message whose answer was lost goes out again by itself; one that is lost every time is a person's matter. */
const RESENDS_MAX = 5;

/**
 * Sending again needs a reason that this bank has proved in a test: either "not found" has held for the bound after which
 * no message arrives, or a repeated id is refused there. Without one, or when it is lost again and again, a person decides.
 */
export function inDoubtStep(
  order: Order,
  submission: Submission,
  nowMs: number,
  context: StepContext,
): DueStep {
  const { part, bank } = submission.plan;
  const { profile, follow } = context.terms(bank);
  const asked = context.attempts.asked(order.id, part);
  const { denial, resends } = submission;
  const mayResend = resends < RESENDS_MAX;
  const courier = { by: 'courier', bank, part } as const;
  const because = provedAbsent(denial, profile);
  if (mayResend && because !== undefined) {
    return now({ ...courier, do: 'clear-to-resend', because });
  }
  if (mayResend && profile.duplicate.length > 0 && asked !== undefined && asked.count > 0) {
    return now({
      ...courier,
      do: 'clear-to-resend',
      because:
        'The bank was asked and did not confirm it; its profile says that it refuses a repeated message id.',
    });
  }
  const doubtSinceMs = Date.parse(submission.doubtSince ?? order.changedAt);
  const provable =
    mayResend && profile.notFound.length > 0 && profile.arrivalBoundMs !== undefined && denial !== undefined;
  // Proof may still come while denials are being heard; once the bank has fallen silent nothing comes.
  const hopeful = provable && asked?.denied !== 0;
  if (
    !hopeful &&
    asked !== undefined &&
    asked.count > 2 &&
    isOverdue(asked, doubtSinceMs, nowMs, context, follow)
  ) {
    const evidence = `Sent ${submission.startedAt ?? '?'} as message ${submission.plan.messageId} to ${bank}; the answer was lost. Asked ${asked.count} times since without an answer that proves either fate${lastSaid(asked)}. Look for this message id, or its transfers, in the e-bank.`;
    return now({ ...courier, do: 'hold', hold: { code: 'in-doubt-unanswered', evidence } });
  }
  return {
    step: { ...courier, do: 'ask' },
    // Every sending that is lost again gives the bank more time to come to itself.
    dueMs: askDueMs(asked, doubtSinceMs, resends + 1, nowMs, follow),
  };
}

/** By running time; by the calendar only for a process that never runs that long at a stretch. */
function isOverdue(
  asked: Asked,
  doubtSinceMs: number,
  nowMs: number,
  { timeZone }: StepContext,
  { inDoubtHoldAfterMs, businessDaysMax }: BankTerms['follow'],
): boolean {
  if (asked.observedMs >= inDoubtHoldAfterMs) return true;
  return businessDaysAfter(dayAt(doubtSinceMs, timeZone), dayAt(nowMs, timeZone)) > businessDaysMax;
}

/** An older journal was put back. The ERP may have been told an end that is not in it, so that even proof sends nothing. */
export function askedWhileHeldStep(
  order: Order,
  submission: Submission,
  nowMs: number,
  context: StepContext,
): DueStep {
  const { part, bank, messageId } = submission.plan;
  const { profile, follow } = context.terms(bank);
  const asked = context.attempts.asked(order.id, part);
  const sinceMs = Date.parse(submission.doubtSince ?? order.changedAt);
  const courier = { by: 'courier', bank, part } as const;
  const absent = provedAbsent(submission.denial, profile);
  if (absent !== undefined) {
    const evidence = `An older journal was put back, and ${bank} does not have message ${messageId}. ${absent} Before it is released, see in the archive and in the ERP whether its transfers were told as rejected meanwhile, or paid in another way.`;
    return now({ ...courier, do: 'hold', hold: { code: 'in-doubt-unanswered', evidence } });
  }
  const provable =
    profile.notFound.length > 0 &&
    profile.arrivalBoundMs !== undefined &&
    submission.denial !== undefined &&
    asked?.denied !== 0;
  if (
    !provable &&
    asked !== undefined &&
    asked.count > 2 &&
    isOverdue(asked, sinceMs, nowMs, context, follow)
  ) {
    const evidence = `An older journal was put back, and message ${messageId} may have been sent to ${bank} since. Asked ${asked.count} times without an answer that proves either fate${lastSaid(asked)}. Look for this message id, or its transfers, in the e-bank.`;
    return now({ ...courier, do: 'hold', hold: { code: 'in-doubt-unanswered', evidence } });
  }
  return { step: { ...courier, do: 'ask' }, dueMs: askDueMs(asked, sinceMs, 1, nowMs, follow) };
}

function lastSaid({ said }: Asked): string {
  return said === undefined ? '' : `; the last one: ${said.replace(/\.$/, '')}`;
}

/** The sentence that proves that the bank does not have a message; undefined without proof. */
function provedAbsent(denial: Denial | undefined, profile: BankTerms['profile']): string | undefined {
  const { notFound, arrivalBoundMs } = profile;
  if (denial === undefined || notFound.length === 0 || arrivalBoundMs === undefined) return undefined;
  if (denial.count < 2 || denial.observedMs < arrivalBoundMs) return undefined;
  return `The bank has answered "not found" ${denial.count} times over ${seconds(denial.observedMs)} s; its profile says that no message arrives later than ${seconds(arrivalBoundMs)} s.`;
}

function now(step: Step): DueStep {
  return { step, dueMs: 0 };
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
