// What is to be done next for an order: pure, from its state, the bank's terms and the clock. There is no recovery code
// beside this: after a crash the same question gives the right next step.

import { after, askDueMs, backOff } from './asking.ts';
import type { BankTerms } from './bank-profile.ts';
import { businessDaysAfter, dayAt } from './calendar.ts';
import { askedWhileHeldStep, inDoubtStep } from './in-doubt.ts';
import type { Order } from './order.ts';
import { isAskedWhileHeld, type Submission } from './submission.ts';
import type { Hold } from './order-event.ts';
import { isLastWord, needsTelling } from './telling.ts';

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

/** Queries about one submission since the start, or since there was news of it. */
export interface Asked {
  readonly count: number;
  /** By date. */
  readonly lastMs: number;
  /** How many of the last ones in a row were denials. */
  readonly denied: number;
  /** Running time from the first query to the last: a weekend while we were down is no time in which the bank was silent. */
  readonly observedMs: number;
  /** What came of the last one, when it proved nothing. */
  readonly said?: string;
}

/** What a running process remembers of its attempts; forgotten by a restart, which only means asking a little sooner. */
export interface Attempts {
  asked(order: string, part: number): Asked | undefined;
  /** Submissions that could not be sent, likewise. */
  notSent(order: string, part: number): { readonly count: number; readonly lastMs: number } | undefined;
}

export interface StepContext {
  readonly terms: (bank: string) => BankTerms;
  readonly paused: (bank: string) => boolean;
  /** An order that is open, by its id. */
  readonly open: (order: string) => Order | undefined;
  readonly attempts: Attempts;
  readonly timeZone: string;
  readonly tellEveryMs: number;
}

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
      return [...messageSteps(order, nowMs, context), ...deskSteps(order, nowMs, context)];
  }
}

function deskSteps(order: Order, nowMs: number, context: StepContext): DueStep[] {
  const first = order.repeats === undefined ? undefined : context.open(order.repeats);
  const telling = needsTelling(order, nowMs, context.tellEveryMs, { paused: context.paused, first });
  if (telling !== undefined) return [{ step: { by: 'desk', do: 'tell' }, dueMs: telling.dueMs }];
  if (!isLastWord(order, first) && order.told?.final !== true) return [];
  return [now({ by: 'desk', do: order.archivedIn === undefined ? 'archive' : 'close' })];
}

function messageSteps(order: Order, nowMs: number, context: StepContext): DueStep[] {
  // Nothing of an order is sent before all of it is fixed on disk.
  const isFixed = order.submissions.every(({ phase }) => phase !== 'planned');
  return order.submissions.flatMap((submission) =>
    submission.phase === 'prepared' && !isFixed ? [] : submissionSteps(order, submission, nowMs, context),
  );
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
      return isAskedWhileHeld(submission) ? [askedWhileHeldStep(order, submission, nowMs, context)] : [];
    case 'refused':
    case 'rejected':
    case 'settled':
    case 'partly-settled':
      return [];
  }
}

function submitSteps(order: Order, submission: Submission, nowMs: number, context: StepContext): DueStep[] {
  const { part, bank } = submission.plan;
  if (context.paused(bank)) return [];
  const failed = context.attempts.notSent(order.id, part);
  const { askEveryMaxMs } = context.terms(bank).follow;
  const dueMs =
    failed === undefined
      ? 0
      : after(failed.lastMs, backOff(NOT_SENT_FIRST_MS, failed.count, askEveryMaxMs), nowMs);
  return [{ step: { by: 'courier', bank, do: 'submit', part }, dueMs }];
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

function now(step: Step): DueStep {
  return { step, dueMs: 0 };
}
