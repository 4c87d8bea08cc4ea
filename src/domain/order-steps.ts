// What is to be done next for an order: pure, from its state, the bank's terms and the clock. There is no recovery code
// beside this: after a crash the same question gives the right next step.

import type { BankTerms } from './bank-profile.ts';
import { businessDaysAfter, dayAt } from './calendar.ts';
import { isOrderFinal, type Order } from './order.ts';
import type { Submission } from './submission.ts';
import type { Hold } from './order-event.ts';
import { needsTelling } from './telling.ts';

/** Who does it: the desk works on our own disk, the courier of a bank talks to that bank, the collector answers requests. */
export type Step =
  | { readonly by: 'desk'; readonly do: 'check' | 'tell' | 'archive' | 'close' }
  | { readonly by: 'desk'; readonly do: 'prepare'; readonly part: number }
  | {
      readonly by: 'courier';
      readonly bank: string;
      readonly do: 'submit' | 'declare-lost' | 'ask';
      readonly part: number;
    }
  | {
      readonly by: 'courier';
      readonly bank: string;
      readonly do: 'clear-to-resend';
      readonly part: number;
      readonly because: string;
    }
  | {
      readonly by: 'courier';
      readonly bank: string;
      readonly do: 'hold';
      readonly part: number;
      readonly hold: Hold;
    }
  | { readonly by: 'collector'; readonly do: 'answer-request' };

/** A step and the instant from which it is due. */
export interface DueStep {
  readonly step: Step;
  readonly dueMs: number;
}

/** What a running process remembers of its attempts; forgotten by a restart, which only means asking a little sooner. */
export interface Attempts {
  /** Queries about this submission since start (or since it last changed), and when the last one was made. */
  asked(
    order: string,
    part: number,
  ): { readonly count: number; readonly lastMs: number; readonly denied?: number } | undefined;
  /** Submissions that could not be sent, likewise. */
  notSent(order: string, part: number): { readonly count: number; readonly lastMs: number } | undefined;
}

export interface StepContext {
  readonly terms: (bank: string) => BankTerms;
  readonly paused: (bank: string) => boolean;
  readonly attempts: Attempts;
  readonly timeZone: string;
  readonly tellEveryMs: number;
}

/** How often a message whose answer was lost goes out again by itself; one that is lost every time is a person's matter. */
const RESENDS_MAX = 5;

/** No two questions follow each other faster, whatever the first wait of a bank is. */
const ASK_AGAIN_MIN_MS = 100;

/** First wait after an attempt that could not be sent; doubled up to the bank's longest interval. */
const NOT_SENT_FIRST_MS = 1_000;

/** Everything that can be done for this order, each with the instant it is due; empty when only a person can go on. */
export function orderSteps(order: Order, nowMs: number, context: StepContext): DueStep[] {
  switch (order.phase) {
    case 'claimed':
      return [now({ by: 'desk', do: 'check' })];
    case 'requested':
      return [now({ by: 'collector', do: 'answer-request' })];
    case 'closed':
      return [];
    case 'planned':
    case 'refused':
    case 'repeats':
    case 'answered':
      return [
        ...order.submissions.flatMap((submission) => submissionSteps(order, submission, nowMs, context)),
        ...deskSteps(order, nowMs, context),
      ];
  }
}

function deskSteps(order: Order, nowMs: number, context: StepContext): DueStep[] {
  const telling = needsTelling(order, nowMs, context.tellEveryMs);
  if (telling !== undefined) return [{ step: { by: 'desk', do: 'tell' }, dueMs: telling.dueMs }];
  if (!isOrderFinal(order)) return [];
  return [now({ by: 'desk', do: order.archivedIn === undefined ? 'archive' : 'close' })];
}

function submissionSteps(
  order: Order,
  submission: Submission,
  nowMs: number,
  context: StepContext,
): DueStep[] {
  const { part, bank } = submission.plan;
  switch (submission.phase) {
    case 'planned':
      return [now({ by: 'desk', do: 'prepare', part })];
    case 'prepared':
      return submitSteps(order, submission, nowMs, context);
    case 'submitting':
      // Met only after a crash: while we send, the courier itself is here and asks for no steps.
      return [now({ by: 'courier', bank, do: 'declare-lost', part })];
    case 'in-doubt':
      return [inDoubtStep(order, submission, nowMs, context)];
    case 'submitted':
      return [submittedStep(order, submission, nowMs, context)];
    case 'held':
    case 'refused':
    case 'rejected':
    case 'settled':
    case 'partly-settled':
      return [];
  }
}

/** Nothing of an order is sent before all of it is fixed on disk. */
function submitSteps(order: Order, submission: Submission, nowMs: number, context: StepContext): DueStep[] {
  const { part, bank } = submission.plan;
  if (order.submissions.some((sibling) => sibling.phase === 'planned')) return [];
  if (context.paused(bank)) return [];
  const failed = context.attempts.notSent(order.id, part);
  const { askEveryMaxMs } = context.terms(bank).follow;
  const dueMs =
    failed === undefined
      ? 0
      : after(failed.lastMs, backOff(NOT_SENT_FIRST_MS, failed.count, askEveryMaxMs), nowMs);
  return [{ step: { by: 'courier', bank, do: 'submit', part }, dueMs }];
}

/**
 * Sending again needs a reason that this bank has proved in a test: either "not found" has held for the bound after which
 * no message arrives, or a repeated id is refused there. Without one, or when it is lost again and again, a person decides.
 */
function inDoubtStep(order: Order, submission: Submission, nowMs: number, context: StepContext): DueStep {
  const { part, bank } = submission.plan;
  const { profile, follow } = context.terms(bank);
  const asked = context.attempts.asked(order.id, part);
  const { denial, resends } = submission;
  const mayResend = resends < RESENDS_MAX;
  const courier = { by: 'courier', bank, part } as const;
  if (
    mayResend &&
    denial !== undefined &&
    profile.notFound.length > 0 &&
    profile.arrivalBoundMs !== undefined &&
    denial.count > 1 &&
    denial.observedMs >= profile.arrivalBoundMs
  ) {
    const because = `The bank has answered "not found" ${denial.count} times over ${seconds(denial.observedMs)} s; its profile says that no message arrives later than ${seconds(profile.arrivalBoundMs)} s.`;
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
  const doubtedMs = nowMs - doubtSinceMs;
  const provable =
    mayResend && profile.notFound.length > 0 && profile.arrivalBoundMs !== undefined && denial !== undefined;
  // Proof may still come while denials are being heard; once the bank has fallen silent nothing comes.
  const hopeful = provable && asked?.denied !== 0;
  if (!hopeful && doubtedMs >= follow.inDoubtHoldAfterMs && asked !== undefined && asked.count > 2) {
    const evidence = `Sent ${submission.startedAt ?? '?'} as message ${submission.plan.messageId} to ${bank}; the answer was lost. Asked ${asked.count} times since without an answer that proves either fate. Look for this message id, or its transfers, in the e-bank.`;
    return now({ ...courier, do: 'hold', hold: { code: 'in-doubt-unanswered', evidence } });
  }
  return {
    step: { ...courier, do: 'ask' },
    // Every sending that is lost again gives the bank more time to come to itself.
    dueMs: askDueMs(asked, doubtSinceMs, resends + 1, nowMs, follow),
  };
}

function submittedStep(order: Order, submission: Submission, nowMs: number, context: StepContext): DueStep {
  const { part, bank } = submission.plan;
  const { follow } = context.terms(bank);
  const sentAt = submission.startedAt ?? order.claimedAt;
  const sentDay = dayAt(Date.parse(sentAt), context.timeZone);
  // A transfer ordered for a later day is not late before that day.
  const wantedDay = submission.plan.blocks.reduce(
    (latest, block) => (block.executionDate > latest ? block.executionDate : latest),
    sentDay,
  );
  const waited = businessDaysAfter(wantedDay, dayAt(nowMs, context.timeZone));
  if (waited > follow.businessDaysMax) {
    const evidence = `Message ${submission.plan.messageId} was handed to ${bank} on ${sentDay} for execution on ${wantedDay} and is still not final ${waited} business days later. Look for its transfers in the e-bank.`;
    return now({ by: 'courier', bank, do: 'hold', part, hold: { code: 'not-final-in-time', evidence } });
  }
  const asked = context.attempts.asked(order.id, part);
  return {
    step: { by: 'courier', bank, do: 'ask', part },
    dueMs: askDueMs(asked, Date.parse(sentAt), 1, nowMs, follow),
  };
}

function askDueMs(
  asked: { readonly count: number; readonly lastMs: number } | undefined,
  sinceMs: number,
  sendings: number,
  nowMs: number,
  follow: BankTerms['follow'],
): number {
  const { firstAskMs, askEveryMaxMs } = follow;
  if (asked === undefined) {
    const waitMs = sendings === 1 ? firstAskMs : backOff(firstAskMs, sendings, askEveryMaxMs);
    return after(sinceMs, waitMs, nowMs);
  }
  return after(
    asked.lastMs,
    backOff(Math.max(firstAskMs, ASK_AGAIN_MIN_MS), asked.count, askEveryMaxMs),
    nowMs,
  );
}

/** The instant so long after another; now when that lies ahead, because then the date was set back since. */
function after(sinceMs: number, waitMs: number, nowMs: number): number {
  return sinceMs > nowMs ? nowMs : sinceMs + waitMs;
}

function backOff(firstMs: number, count: number, maxMs: number): number {
  return Math.min(maxMs, firstMs * 2 ** Math.min(count - 1, 20));
}

function now(step: Step): DueStep {
  return { step, dueMs: 0 };
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
