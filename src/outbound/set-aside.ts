// What becomes of an order that met a fault of ours: whatever of it can be held is held for a person, nothing more is sent.

import type { Order } from '../domain/order.ts';
import type { Step } from '../domain/order-steps.ts';
import type { SubmissionPhase } from '../domain/submission.ts';
import type { OutboundContext } from './outbound-context.ts';
import { stillIn } from './order-book.ts';
import { stepName } from './stumbles.ts';

/** What was not handed over is held at once; what was is still followed until it is clear that this does not work. */
export async function setAside(
  context: OutboundContext,
  orderId: string,
  step: Step,
  reason: string,
  isStuck: boolean,
): Promise<void> {
  const order = context.book.get(orderId);
  if (order === undefined) return;
  const evidence = `Goniec could not go on at step "${stepName(step)}": ${reason}`;
  if (isRefusable(order, step)) return refuse(context, order, evidence);
  for (const { plan } of order.submissions) {
    await hold(context, order, plan.part, `${evidence} Nothing of this message was sent after it.`, [
      'planned',
      'prepared',
    ]);
  }
  if (isStuck && 'part' in step)
    await hold(
      context,
      order,
      step.part,
      `${evidence} It may be at the bank: look for this message id, or its transfers, in the e-bank.`,
      ['in-doubt', 'submitted'],
    );
}

/** Nothing of it was ever sent. A file found after a restore may have been, and a refusal could be paid again. */
function isRefusable(order: Order, { do: doing }: Step): boolean {
  if (order.restored) return false;
  return (
    (order.phase === 'claimed' && doing === 'check') ||
    (order.phase === 'requested' && doing === 'answer-request')
  );
}

async function refuse(context: OutboundContext, order: Order, evidence: string): Promise<void> {
  const unread = { messageId: undefined, messageName: undefined, transferCount: 0, controlSum: '0' };
  const fault = {
    rule: 'goniec.fault',
    path: '',
    line: 1,
    column: 1,
    message: evidence,
    remedy: 'Nothing was sent; the file lies in archive/refused. Please report it with the log.',
  };
  await context.book.record(order.id, {
    type: 'order-refused',
    erp: order.erp ?? unread,
    sha256: order.sha256 ?? '',
    faults: [fault],
    faultCount: 1,
  });
}

async function hold(
  context: OutboundContext,
  order: Order,
  part: number,
  evidence: string,
  phases: readonly SubmissionPhase[],
): Promise<void> {
  const held = await context.book.recordIf(order.id, stillIn(part, ...phases), {
    type: 'submission-held',
    part,
    hold: { code: 'our-fault', evidence },
  });
  if (held !== undefined)
    context.ports.log.error('submission.held', { order: order.id, part, code: 'our-fault', evidence });
}
