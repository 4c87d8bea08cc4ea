// Does one step of one order. What a step can not foresee (a bug of ours) stops that order only, never the others.

import type { Step, StepContext } from '../domain/order-steps.ts';
import type { Order } from '../domain/order.ts';
import type { Submission } from '../domain/submission.ts';
import { FileFailure } from '../files/file-store.ts';
import { archiveOrder, closeOrder } from './archive.ts';
import { checkOrder } from './check.ts';
import { askSubmission, clearToResend, holdSubmission } from './follow.ts';
import type { OutboundContext } from './outbound-context.ts';
import { prepareSubmissions } from './prepare.ts';
import { setAside } from './set-aside.ts';
import { isFileGone } from './source-copy.ts';
import { stepName } from './stumbles.ts';
import { declareLost, submitSubmission } from './submit.ts';
import { tellOrder } from './tell.ts';

/** A failure of the journal: nothing may be assumed any more, so it is never swallowed here. */
export type IsFatal = (failure: unknown) => boolean;

/** How long a step rests that waits for a folder. */
const REST_MS = 5_000;

/** What decides about the next step, beside the order itself. */
export function stepContext({ ports, attempts, paused, book }: OutboundContext): StepContext {
  return {
    terms: ports.terms,
    paused: (bank) => paused.has(bank),
    open: (order) => book.get(order),
    attempts,
    timeZone: ports.rules.timeZone,
    tellEveryMs: ports.rules.tellEveryMs,
  };
}

/** Resolves to how long this step of the order should rest; 0 when it was done. */
export async function doStep(
  context: OutboundContext,
  orderId: string,
  step: Step,
  isFatal: IsFatal,
): Promise<number> {
  const order = context.book.get(orderId);
  if (order === undefined) return 0;
  try {
    const restMs = await perform(context, order, step);
    if (restMs === 0) await goneOn(context, order, step);
    return restMs;
  } catch (failure) {
    if (isFatal(failure)) throw failure;
    return stumbled(context, order, step, failure);
  }
}

async function goneOn(context: OutboundContext, order: Order, step: Step): Promise<void> {
  context.stumbles.forget(order.id, step);
  if (context.book.get(order.id)?.stuck?.step === stepName(step))
    await context.book.recordIf(order.id, (present) => present !== undefined, {
      type: 'order-stuck',
      step: stepName(step),
    });
}

/** A disk that refuses something may be back the next time. Anything else, and a file of ours that is gone, is a person's. */
async function stumbled(
  context: OutboundContext,
  order: Order,
  step: Step,
  failure: unknown,
): Promise<number> {
  const { log } = context.ports;
  const reason = failure instanceof Error ? failure.message : String(failure);
  const fields = { order: order.id, file: order.fileName, step: stepName(step), reason };
  if (failure instanceof FileFailure && failure.code === 'gone') {
    // Of a folder that is away the guard has spoken once; every order that waits for it need not.
    log.debug('order.disk', { ...fields, code: failure.code, path: failure.path });
    return REST_MS;
  }
  const stumble = context.stumbles.note(order.id, step, reason);
  const level = stumble.isNews ? 'error' : 'debug';
  const isGone = 'part' in step && isFileGone(context.places, order, failure);
  if (failure instanceof FileFailure)
    log[level]('order.disk', { ...fields, code: failure.code, path: failure.path });
  else log[level]('order.bug', { ...fields, stack: failure instanceof Error ? failure.stack : undefined });
  if (isGone || !(failure instanceof FileFailure))
    await setAside(context, order.id, step, reason, isGone || stumble.isStuck);
  const { stuck } = context.book.get(order.id) ?? {};
  if (stumble.isStuck && (stuck?.step !== stepName(step) || stuck.reason !== reason))
    // It may have been closed while this step ran.
    await context.book.recordIf(order.id, (present) => present !== undefined, {
      type: 'order-stuck',
      step: stepName(step),
      reason,
    });
  return stumble.restMs;
}

async function perform(context: OutboundContext, order: Order, step: Step): Promise<number> {
  switch (step.do) {
    case 'check':
      return context.planning.during(order.id, () => checkOrder(context, order));
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
      return answerRequest(context, order, step);
    case 'prepare':
      await prepareSubmissions(context, order, submissionOf(order, step.part));
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

async function answerRequest(context: OutboundContext, order: Order, step: Step): Promise<number> {
  const answer = await context.ports.answerRequest(order);
  if (answer.kind === 'later') {
    const { restMs, isNews } = context.stumbles.note(order.id, step, answer.cause);
    const fields = { order: order.id, file: order.fileName, cause: answer.cause };
    context.ports.log[isNews ? 'info' : 'debug']('request.later', fields);
    return restMs;
  }
  await context.book.record(order.id, { type: 'request-answered', files: answer.files, notes: answer.notes });
  context.ports.log.info('request.answered', {
    order: order.id,
    file: order.fileName,
    files: answer.files.length,
  });
  return 0;
}

function submissionOf(order: Order, part: number): Submission {
  const found = order.submissions.find((submission) => submission.plan.part === part);
  if (found === undefined) throw new Error(`Order ${order.id} has no part ${part}.`);
  return found;
}
