// What is wrong with a request of the ERP beyond its schema: a period nobody means, an account that is not ours.

import { addDays, dayAt } from '../domain/calendar.ts';
import type { Fault } from '../domain/fault.ts';
import type { Order } from '../domain/order.ts';
import { fault } from '../domain/rules/fault-at.ts';
import type { ReadVerdict } from '../erp/format.ts';
import type { OutboundContext } from './outbound-context.ts';

/** A mistyped year must not become hundreds of thousands of questions to a bank. */
const REQUEST_DAYS_MAX = 400;

const WHOLE_FILE = { line: 1, column: 1, path: '' };

export function requestFaults(context: OutboundContext, order: Order, verdict: ReadVerdict): Fault[] {
  const today = dayAt(context.ports.clock.now(), context.ports.rules.timeZone);
  const periods = verdict.requests
    .filter(
      ({ from, to }) =>
        from !== undefined && to !== undefined && (to > today || addDays(from, REQUEST_DAYS_MAX) < to),
    )
    .map(({ from = '', to = '' }) =>
      fault(
        'rule.request-period',
        WHOLE_FILE,
        `${from} to ${to}`,
        `The period reaches beyond today or is longer than ${REQUEST_DAYS_MAX} days.`,
        'Correct the dates, or ask in several requests.',
      ),
    );
  const strangers = verdict.requests
    .filter((request) => context.ports.account(order.company, request.account) === undefined)
    .map((request) =>
      fault(
        'rule.request-account',
        WHOLE_FILE,
        request.account,
        'The account asked about is not one of the accounts configured for this outbox.',
        'Correct the account in the request, or add it under accounts in the configuration.',
      ),
    );
  return [...periods, ...strangers];
}
