// Records what a submission ended with. After a lost answer only good news is believed: the earlier sending may have been
// taken, whatever the bank says of the later one.

import type { StatusReport, SubmitOutcome } from '../bank/channel.ts';
import type { Hold, KeptAnswer, StatusReason } from '../domain/order-event.ts';
import type { Order } from '../domain/order.ts';
import type { Submission } from '../domain/submission.ts';
import { statesFrom } from '../domain/status-report.ts';
import type { NewRecord } from '../journal/journal.ts';
import type { OutboundContext } from './outbound-context.ts';
import { nameOf, rejectsAll } from './reported.ts';

export async function recordOutcome(
  context: OutboundContext,
  order: Order,
  submission: Submission,
  outcome: SubmitOutcome,
): Promise<void> {
  // A bank that refuses our signature refuses every message: one of them is enough to find out.
  if (outcome.kind === 'answered') context.taking.add(submission.plan.bank);
  else context.taking.delete(submission.plan.bank);
  switch (outcome.kind) {
    case 'answered':
      return answered(context, order, submission, outcome.answer, outcome.report);
    case 'refused':
      return refused(context, order, submission, outcome);
    case 'duplicate':
      return duplicate(context, order, submission, outcome.answer, outcome.code);
    case 'not-sent':
      return notSent(context, order, submission, outcome.cause);
    case 'lost':
      return lost(context, order, submission, outcome.cause, outcome.answer);
  }
}

async function answered(
  context: OutboundContext,
  order: Order,
  submission: Submission,
  answer: KeptAnswer,
  report: StatusReport,
): Promise<void> {
  const { ports, book, attempts } = context;
  const { part } = submission.plan;
  const ids = await context.idsOf(order);
  const runs = statesFrom(report, submission.plan, (index) => nameOf(ids, index));
  // A second copy of what the bank has is refused in all its transfers; one that is taken in part is no second copy.
  if (submission.lostBefore && rejectsAll(report, submission.plan, runs)) {
    const evidence = `The answer to an earlier sending was lost, and the bank now reports a rejection of all of message ${submission.plan.messageId}.`;
    return holdAfterLoss(context, order, submission, answer, evidence);
  }
  await book.record(order.id, { type: 'status-received', part, source: 'answer', answer, runs });
  attempts.forget(order.id, part);
  const phase = book.get(order.id)?.submissions[part - 1]?.phase;
  ports.log.info('submission.answered', {
    ...named(order, submission),
    groupStatus: report.groupStatus,
    phase,
  });
}

async function refused(
  context: OutboundContext,
  order: Order,
  submission: Submission,
  outcome: {
    readonly answer: KeptAnswer;
    readonly reasons: readonly StatusReason[];
    readonly systemic: boolean;
  },
): Promise<void> {
  const { ports, book } = context;
  const { answer, reasons } = outcome;
  const [first] = reasons;
  const said = `${first?.code ?? ''} ${first?.texts.join(' ') ?? ''}`.trim();
  // In one unit with the refusal: a crash in between would let the next order meet the same refusal.
  const pause = outcome.systemic ? [bankPaused(submission, first)] : [];
  if (submission.lostBefore) {
    const evidence = `The answer to an earlier sending was lost, and the bank refuses message ${submission.plan.messageId} now: ${said}.`;
    await holdAfterLoss(context, order, submission, answer, evidence, pause);
  } else {
    await book.recordWith(order.id, pause, {
      type: 'submission-rejected',
      part: submission.plan.part,
      answer,
      reasons,
    });
    ports.log.warn('submission.rejected', { ...named(order, submission), reasons: JSON.stringify(reasons) });
  }
  if (outcome.systemic) stopSending(context, submission.plan.bank, said);
}

/** "I have this id already": after a lost answer that is the proof we wanted; for a first sending it can not be, so a person looks. */
async function duplicate(
  context: OutboundContext,
  order: Order,
  submission: Submission,
  answer: KeptAnswer,
  code: string,
): Promise<void> {
  const { ports, book, attempts } = context;
  const { part, messageId } = submission.plan;
  if (submission.lostBefore) {
    await book.record(order.id, { type: 'status-received', part, source: 'answer', answer, runs: [] });
    attempts.forget(order.id, part);
    ports.log.info('submission.confirmed-by-duplicate', { ...named(order, submission), code });
    return;
  }
  const evidence = `The bank says (${code}) that it already had message ${messageId} when it was sent for the first time. Find out in the e-bank what it has under this id.`;
  await lostAndHeld(context, order, submission, answer, { code: 'same-id-other-content', evidence });
}

async function notSent(
  context: OutboundContext,
  order: Order,
  submission: Submission,
  cause: string,
): Promise<void> {
  const { ports, book, attempts } = context;
  const { part } = submission.plan;
  await book.record(order.id, { type: 'submission-not-sent', part, cause });
  attempts.noteNotSent(order.id, part, ports.clock.now());
  ports.log.warn('submission.not-sent', { ...named(order, submission), cause });
}

async function lost(
  context: OutboundContext,
  order: Order,
  submission: Submission,
  cause: string,
  answer: KeptAnswer | undefined,
): Promise<void> {
  const { ports, book, attempts } = context;
  const { part } = submission.plan;
  const kept = answer === undefined ? {} : { answer };
  await book.record(order.id, { type: 'submission-lost', part, cause, ...kept });
  attempts.forget(order.id, part);
  ports.log.warn('submission.lost', { ...named(order, submission), cause });
}

async function holdAfterLoss(
  context: OutboundContext,
  order: Order,
  submission: Submission,
  answer: KeptAnswer,
  evidence: string,
  others: readonly NewRecord[] = [],
): Promise<void> {
  const more =
    ' The earlier sending may have been taken: look for this message id, or its transfers, in the e-bank.';
  const hold = { code: 'in-doubt-unanswered', evidence: evidence + more } as const;
  await lostAndHeld(context, order, submission, answer, hold, others);
}

async function lostAndHeld(
  context: OutboundContext,
  order: Order,
  submission: Submission,
  answer: KeptAnswer,
  hold: Hold,
  others: readonly NewRecord[] = [],
): Promise<void> {
  const { part } = submission.plan;
  await context.book.recordWith(
    order.id,
    others,
    { type: 'submission-lost', part, cause: hold.evidence, answer },
    { type: 'submission-held', part, hold },
  );
  context.ports.log.error('submission.held', { ...named(order, submission), ...hold });
}

function bankPaused({ plan }: Submission, reason: StatusReason | undefined): NewRecord {
  const said = { code: reason?.code ?? '', text: reason?.texts.join(' ') ?? '' };
  return { stream: `bank/${plan.bank}`, event: { type: 'bank-paused', ...said } };
}

function stopSending(context: OutboundContext, bank: string, said: string): void {
  context.paused.add(bank);
  context.ports.log.error('bank.paused', {
    bank,
    said,
    remedy:
      'The bank refuses our signature, certificate or authority. Put that right, then run "goniec resume".',
  });
}

function named(order: Order, submission: Submission): { order: string; message: string; bank: string } {
  return { order: order.id, message: submission.plan.messageId, bank: submission.plan.bank };
}
