// The steps of all open orders, for tests that do them one by one.

import { orderSteps, type DueStep } from '../../../src/domain/order-steps.ts';
import type { Order } from '../../../src/domain/order.ts';
import type { OutboundContext } from '../../../src/outbound/outbound-context.ts';
import { stepContext } from '../../../src/outbound/work.ts';

export function dueSteps(context: OutboundContext): { readonly order: Order; readonly due: DueStep }[] {
  const nowMs = context.ports.clock.now();
  return context.book
    .all()
    .flatMap((order) => orderSteps(order, nowMs, stepContext(context)).map((due) => ({ order, due })));
}
