// What is wrong with a request of the ERP beyond its schema: a period nobody means, an account that is not ours.

import { addDays } from '../domain/calendar.ts';
import type { Fault } from '../domain/fault.ts';
import type { AccountRequest } from '../domain/order-event.ts';
import { fault } from '../domain/rules/fault-at.ts';

/** A mistyped year must not become hundreds of thousands of questions to a bank. */
const REQUEST_DAYS_MAX = 400;

const WHOLE_FILE = { line: 1, column: 1, path: '' };

export function requestFaults(
  requests: readonly AccountRequest[],
  today: string,
  account: (iban: string) => unknown,
): Fault[] {
  const periods = requests
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
  const strangers = requests
    .filter((request) => account(request.account) === undefined)
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
