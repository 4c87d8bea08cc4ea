// Asks the bank what became of a message until every transfer has its end, and never believes a "no" too soon.

import { join } from 'node:path';
import type { AskOutcome } from '../bank/channel.ts';
import type { Hold, KeptAnswer } from '../domain/order-event.ts';
import type { Order } from '../domain/order.ts';
import { isInDoubt, type Submission } from '../domain/submission.ts';
import { statesFrom } from '../domain/status-report.ts';
import { contradictions, saysMore } from '../domain/transfer-state.ts';
import { FileFailure } from '../files/file-store.ts';
import { isDenial, isLasting, isPerhapsLate, mayBeOfAnotherSending } from './denial.ts';
import { keeperFor, type OutboundContext } from './outbound-context.ts';
import { stillAsked, stillIn, stillInDoubt, stillOpenToNews } from './order-book.ts';
import { nameOf } from './reported.ts';

export async function askSubmission(
  context: OutboundContext,
  order: Order,
  submission: Submission,
): Promise<void> {
  const { ports, attempts } = context;
  const { part, bank, messageId } = submission.plan;
  const outcome = await ports.channel(bank).ask(messageId, keeperFor(context, order.id, part));
  const denied = isDenial(context, submission, outcome);
  attempts.noteAsked(order.id, part, ports.clock, denied, saidBy(outcome, denied));
  ports.log.debug('submission.asked', { order: order.id, message: messageId, answer: outcome.kind });
  try {
    await recordAnswer(context, order, submission, outcome);
  } catch (failure) {
    // What the answer is read with is gone together with the order.
    if (!(failure instanceof FileFailure) || !isOver(context, order)) throw failure;
  }
  // Nobody comes to its folder any more.
  if (isOver(context, order)) await ports.files.remove(context.places.spoolFolder(order.id));
}

/** A booked entry may have ended the order while the bank was asked: the archive holds what it was. */
function isOver({ book }: OutboundContext, { id }: Order): boolean {
  const present = book.get(id);
  return present === undefined || present.archivedIn !== undefined;
}

export async function holdSubmission(
  context: OutboundContext,
  order: Order,
  submission: Submission,
  hold: Hold,
): Promise<void> {
  await context.book.recordIf(order.id, stillAsked(submission.plan.part), {
    type: 'submission-held',
    part: submission.plan.part,
    hold,
  });
  context.ports.log.error('submission.held', {
    order: order.id,
    message: submission.plan.messageId,
    code: hold.code,
    evidence: hold.evidence,
  });
}

export async function clearToResend(
  context: OutboundContext,
  order: Order,
  submission: Submission,
  because: string,
): Promise<void> {
  const { part, messageId } = submission.plan;
  await context.book.recordIf(order.id, stillIn(part, 'in-doubt'), {
    type: 'submission-cleared-to-resend',
    part,
    because,
  });
  context.attempts.forget(order.id, part);
  context.ports.log.warn('submission.cleared-to-resend', { order: order.id, message: messageId, because });
}

async function recordAnswer(
  context: OutboundContext,
  order: Order,
  submission: Submission,
  outcome: AskOutcome,
): Promise<void> {
  switch (outcome.kind) {
    case 'report':
      await recordReport(context, order, submission, outcome);
      return;
    case 'not-found':
      await recordDenial(context, order, submission, outcome);
      return;
    case 'no-answer':
      if (outcome.answer !== undefined) await dropAnswer(context, order, outcome.answer);
      context.ports.log.info('submission.no-answer', {
        order: order.id,
        message: submission.plan.messageId,
        cause: outcome.cause,
      });
      return;
  }
}

/** For the evidence that a person reads when the doubt does not end. */
function saidBy(outcome: AskOutcome, denied: boolean): string | undefined {
  switch (outcome.kind) {
    case 'no-answer':
      return outcome.cause;
    case 'not-found':
      return `the bank answers ${outcome.code}, it does not know the message`;
    case 'report':
      return denied
        ? 'the bank answers RJCT for the whole message, which some banks also say of an id they do not know'
        : undefined;
  }
}

async function recordReport(
  context: OutboundContext,
  order: Order,
  submission: Submission,
  outcome: Extract<AskOutcome, { kind: 'report' }>,
): Promise<void> {
  const { ports, book, attempts } = context;
  const { part, messageId } = submission.plan;
  if (isDenial(context, submission, outcome)) {
    if (isInDoubt(submission)) {
      await noteDenied(context, order, submission, outcome.answer, 'RJCT');
      return;
    }
    if (!isLasting(context, order, submission)) {
      await dropAnswer(context, order, outcome.answer);
      return;
    }
  }
  const ids = await context.idsOf(order);
  const runs = statesFrom(outcome.report, submission.plan, (index) => nameOf(ids, index));
  const turned = contradictions(submission.states, runs);
  if (turned.length > 0) {
    await holdSubmission(context, order, submission, {
      code: 'confirmed-then-denied',
      evidence: `The bank had reported an end for transfer ${(turned[0] ?? 0) + 1} of message ${messageId} and now reports the opposite. Look for it in the e-bank.`,
    });
    return;
  }
  if (mayBeOfAnotherSending(context, submission, outcome, runs)) {
    await holdSubmission(context, order, submission, {
      code: 'confirmed-then-denied',
      evidence: `Message ${messageId} went out again after an answer was lost, and the bank confirmed it. It now reports a rejection of all of it, which may be of one sending alone while another was carried out. Look for its transfers in the e-bank.`,
    });
    return;
  }
  // A report that says nothing new is not worth a record: a bank may be asked for days.
  if (submission.phase === 'submitted' && !saysMore(submission.states, runs)) {
    await dropAnswer(context, order, outcome.answer);
    return;
  }
  const isGood = runs.length > 0 && runs.every(({ status }) => status !== 'RJCT');
  // A person may have decided to send it again while the bank was asked: what the bank has after all must not go again.
  const still = isGood ? stillOpenToNews(part) : stillAsked(part);
  await book.recordIf(order.id, still, {
    type: 'status-received',
    part,
    source: 'report',
    answer: outcome.answer,
    runs,
  });
  attempts.restart(order.id, part, ports.clock);
  ports.log.info('submission.status', {
    order: order.id,
    message: messageId,
    groupStatus: outcome.report.groupStatus,
    phase: book.get(order.id)?.submissions[part - 1]?.phase,
  });
}

async function recordDenial(
  context: OutboundContext,
  order: Order,
  submission: Submission,
  outcome: Extract<AskOutcome, { kind: 'not-found' }>,
): Promise<void> {
  const { messageId, bank } = submission.plan;
  if (isInDoubt(submission)) {
    await noteDenied(context, order, submission, outcome.answer, outcome.code);
    return;
  }
  if (isPerhapsLate(context, order, submission)) {
    await dropAnswer(context, order, outcome.answer);
    return;
  }
  const evidence = `${bank} had confirmed message ${messageId} and now answers ${outcome.code}: it does not know it. Look for its transfers in the e-bank.`;
  await holdSubmission(context, order, submission, { code: 'confirmed-then-denied', evidence });
}

async function noteDenied(
  context: OutboundContext,
  order: Order,
  submission: Submission,
  answer: KeptAnswer,
  code: string,
): Promise<void> {
  const { part, bank } = submission.plan;
  const { notFound, arrivalBoundMs } = context.ports.terms(bank).profile;
  // Where denials prove nothing the first one is kept for people; a bank may be asked for days.
  if (submission.denial !== undefined && (notFound.length === 0 || arrivalBoundMs === undefined)) {
    await dropAnswer(context, order, answer);
    return;
  }
  // Counted by the running clock: a date that is set forward must not shorten the quiet period.
  const observedMs = context.attempts.noteDenial(order.id, part, context.ports.clock.running());
  const denied = { type: 'submission-not-found', part, answer, code, observedMs } as const;
  await context.book.recordIf(order.id, stillInDoubt(part), denied);
}

/** An answer without news is not kept: a bank may be asked for days, and the folder is for people to read. */
async function dropAnswer(context: OutboundContext, order: Order, answer: KeptAnswer): Promise<void> {
  await context.ports.files.remove(join(context.places.spoolFolder(order.id), answer.name));
}
