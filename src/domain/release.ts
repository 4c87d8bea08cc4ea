// What a person may decide about a held message, and what becomes of it then.
//
// | held while | resend | settled | rejected | dropped |
// | --- | --- | --- | --- | --- |
// | planned, prepared: certainly not at the bank | yes | | | yes |
// | in doubt: perhaps at the bank | yes | with evidence | with evidence | |
// | submitted: certainly at the bank | | with evidence | with evidence | |
//
// The evidence is the reason that is given: a decision without one is not taken.

import { concluded } from './conclusion.ts';
import type { Release, StatusReason } from './order-event.ts';
import type { HoldOrigin, Submission, SubmissionEvent } from './submission.ts';

const ALLOWED: Readonly<Record<HoldOrigin, readonly Release[]>> = {
  planned: ['resend', 'dropped'],
  prepared: ['resend', 'dropped'],
  'in-doubt': ['resend', 'settled', 'rejected'],
  submitted: ['settled', 'rejected'],
};

/** The decisions a person may take about a held submission. */
export function allowedReleases(submission: Submission): readonly Release[] {
  return submission.hold === undefined || submission.phase !== 'held' ? [] : ALLOWED[submission.hold.origin];
}

/** Why a decision can not be taken, in a sentence; undefined when it can. */
export function releaseFault(submission: Submission, as: Release, reason: string): string | undefined {
  const { plan, phase, hold } = submission;
  const allowed = allowedReleases(submission);
  if (allowed.length === 0) return `Message ${plan.messageId} is not held; it is ${phase}.`;
  if (!allowed.includes(as))
    return `Message ${plan.messageId} was held while ${hold?.origin ?? ''}; from there only ${allowed.join(' or ')} is possible.`;
  if (reason.trim() === '')
    return `A decision about message ${plan.messageId} needs a reason; for "settled" and "rejected" it is the evidence.`;
  return undefined;
}

/** The submission after a decision that `releaseFault` has nothing against. */
export function afterRelease(
  submission: Submission,
  event: Extract<SubmissionEvent, { type: 'submission-released' }>,
): Submission {
  const release = { as: event.as, who: event.who, reason: event.reason, decision: event.decision };
  const reasons: StatusReason[] = [{ code: undefined, texts: [`Decided by ${event.who}: ${event.reason}`] }];
  switch (event.as) {
    case 'resend':
      return {
        ...submission,
        phase: submission.prepared === undefined ? 'planned' : 'prepared',
        release,
        resends: 0,
        denial: undefined,
        doubtSince: undefined,
      };
    case 'settled':
      return { ...concluded(submission, 'ACSC', reasons), release };
    case 'rejected':
      return { ...concluded(submission, 'RJCT', reasons), release };
    case 'dropped':
      return { ...submission, phase: 'refused', release, reasons };
  }
}
