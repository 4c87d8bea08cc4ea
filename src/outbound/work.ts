// Does one step of one order. What a step can not foresee (a bug of ours) stops that order only, never the others.

import { orderSteps, type DueStep, type Step, type StepContext } from '../domain/order-steps.ts';
import type { Order } from '../domain/order.ts';
import type { Submission } from '../domain/submission.ts';
import { FileFailure } from '../files/file-store.ts';
import { archiveOrder, closeOrder } from './archive.ts';
import { checkOrder } from './check.ts';
import { askSubmission, clearToResend, holdSubmission } from './follow.ts';
import type { OutboundContext } from './outbound-context.ts';
import { stillIn } from './order-book.ts';
import { prepareSubmission } from './prepare.ts';
import { declareLost, submitSubmission } from './submit.ts';
import { tellOrder } from './tell.ts';

/** A failure of the journal: nothing may be assumed any more, so it is never swallowed here. */
export type IsFatal = (failure: unknown) => boolean;

/** How long an order rests after the disk refused it something. */
const DISK_REST_MS = 5_000;

/** The steps of all open orders that `wanted` accepts, with the instant each is due. */
export function dueSteps(
  context: OutboundContext,
  wanted: (step: Step) => boolean,
): { order: Order; due: DueStep }[] {
  const nowMs = context.ports.clock.now();
  const rules = stepContext(context);
  return context.book.all().flatMap((order) =>
    orderSteps(order, nowMs, rules)
      .filter(({ step }) => wanted(step))
      .map((due) => ({ order, due })),
  );
}

/** What decides about the next step, beside the order itself. */
export function stepContext({ ports, attempts, paused }: OutboundContext): StepContext {
  return {
    terms: ports.terms,
    paused: (bank) => paused.has(bank),
    attempts,
    timeZone: ports.rules.timeZone,
    tellEveryMs: ports.rules.tellEveryMs,
  };
}

/** Resolves to how long the order should rest; 0 when the step was done. */
export async function doStep(
  context: OutboundContext,
  orderId: string,
  step: Step,
  isFatal: IsFatal,
): Promise<number> {
  const order = context.book.get(orderId);
  if (order === undefined) return 0;
  try {
    return await perform(context, order, step);
  } catch (failure) {
    if (isFatal(failure)) throw failure;
    const reason = failure instanceof Error ? failure.message : String(failure);
    if (failure instanceof FileFailure) {
      context.ports.log.error('order.disk', {
        order: orderId,
        file: order.fileName,
        step: step.do,
        code: failure.code,
        path: failure.path,
        reason,
      });
      return DISK_REST_MS;
    }
    await stopOrder(context, orderId, step, reason, failure);
    return DISK_REST_MS;
  }
}

async function perform(context: OutboundContext, order: Order, step: Step): Promise<number> {
  switch (step.do) {
    case 'check':
      return (await checkOrder(context, order)) ? 0 : context.ports.readiness.checkEveryMs;
    case 'tell':
      await tellOrder(context, order);
      return 0;
    case 'archive':
      await archiveOrder(context, order);
      return 0;
    case 'close':
      await closeOrder(context, order);
      return 0;
    case 'answer-request':
      return answerRequest(context, order);
    case 'prepare':
      await prepareSubmission(context, order, submissionOf(order, step.part));
      return 0;
    case 'submit':
      await submitSubmission(context, order, submissionOf(order, step.part));
      return 0;
    case 'declare-lost':
      await declareLost(context, order, submissionOf(order, step.part));
      return 0;
    case 'ask':
      await askSubmission(context, order, submissionOf(order, step.part));
      return 0;
    case 'clear-to-resend':
      await clearToResend(context, order, submissionOf(order, step.part), step.because);
      return 0;
    case 'hold':
      await holdSubmission(context, order, submissionOf(order, step.part), step.hold);
      return 0;
  }
}

async function answerRequest(context: OutboundContext, order: Order): Promise<number> {
  const answer = await context.ports.answerRequest(order);
  if (answer.kind === 'later') {
    context.ports.log.info('request.later', { order: order.id, file: order.fileName, cause: answer.cause });
    return Math.max(DISK_REST_MS, context.ports.readiness.checkEveryMs);
  }
  await context.book.record(order.id, { type: 'request-answered', files: answer.files, notes: answer.notes });
  context.ports.log.info('request.answered', {
    order: order.id,
    file: order.fileName,
    files: answer.files.length,
  });
  return 0;
}

/** A bug met by one order: what was not handed over is held for a person; what was is still followed. */
async function stopOrder(
  context: OutboundContext,
  orderId: string,
  step: Step,
  reason: string,
  failure: unknown,
): Promise<void> {
  const { log } = context.ports;
  log.error('order.bug', {
    order: orderId,
    step: step.do,
    reason,
    stack: failure instanceof Error ? failure.stack : undefined,
  });
  const order = context.book.get(orderId);
  if (order === undefined) return;
  const evidence = `Goniec met a fault of its own at step "${step.do}": ${reason}. Nothing was sent after it. Please report it with the log.`;
  if (order.phase === 'claimed' && step.do === 'check') {
    const unread = { messageId: undefined, messageName: undefined, transferCount: 0, controlSum: '0' };
    const fault = {
      rule: 'goniec.fault',
      path: '',
      line: 1,
      column: 1,
      message: evidence,
      remedy: 'The file was not sent; it lies in archive/refused.',
    };
    await context.book.record(orderId, {
      type: 'order-refused',
      erp: unread,
      sha256: '',
      faults: [fault],
      faultCount: 1,
    });
    return;
  }
  for (const { plan, phase } of order.submissions) {
    if (phase === 'planned' || phase === 'prepared')
      await context.book.recordIf(orderId, stillIn(plan.part, 'planned', 'prepared'), {
        type: 'submission-held',
        part: plan.part,
        hold: { code: 'our-fault', evidence },
      });
  }
}

function submissionOf(order: Order, part: number): Submission {
  const found = order.submissions.find((submission) => submission.plan.part === part);
  if (found === undefined) throw new Error(`Order ${order.id} has no part ${part}.`);
  return found;
}
