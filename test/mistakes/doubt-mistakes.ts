// Mistakes in finding out what became of a message whose answer was lost.

import type { Mistake } from './mistake.ts';

const DOUBT = 'src/domain/in-doubt.ts';
const FOLLOW = 'src/outbound/follow.ts';
const DENIAL = 'src/outbound/denial.ts';
const BOOKED = 'src/outbound/booked.ts';
const SENT = 'src/outbound/sent-transfers.ts';

export const DOUBT_MISTAKES: readonly Mistake[] = [
  {
    name: 'not-found-believed-at-once',
    wrong: 'A message that is still under way is "not found", is sent again, and arrives twice.',
    file: DOUBT,
    edits: [['if (denial.count < 2 || denial.observedMs < arrivalBoundMs) return undefined;', '']],
    caughtBy: { checks: ['money'] },
  },
  {
    name: 'quiet-period-by-date',
    wrong: 'A date that is set forward shortens the time in which the bank was heard saying "not found".',
    file: FOLLOW,
    edits: [
      ['order.id, part, context.ports.clock.running());', 'order.id, part, context.ports.clock.now());'],
    ],
    caughtBy: { checks: ['money'] },
  },
  {
    name: 'quiet-period-across-restarts',
    wrong:
      'Time in which nobody was there to hear the bank, by a date that may have been set, counts as quiet.',
    file: FOLLOW,
    edits: [
      [
        'const observedMs = context.attempts.noteDenial(order.id, part, context.ports.clock.running());',
        'const observedMs = submission.denial === undefined ? 0 : context.ports.clock.now() - Date.parse(order.changedAt);',
      ],
    ],
    caughtBy: { checks: ['money'] },
  },
  {
    name: 'untested-bank-sent-again',
    wrong: 'At a bank of which nothing is proved a message in doubt goes out again instead of being held.',
    file: DOUBT,
    edits: [
      [
        `do: 'hold', hold: { code: 'in-doubt-unanswered', evidence } });
  }
  return {
    step: { ...courier, do: 'ask' },
    // Every`,
        `do: 'clear-to-resend', because: evidence });
  }
  return {
    step: { ...courier, do: 'ask' },
    // Every`,
      ],
    ],
    caughtBy: { checks: ['money', 'outcome'] },
  },
  {
    name: 'duplicate-refusal-assumed',
    wrong: 'A bank is trusted to refuse a repeated id although no test has shown it.',
    file: DOUBT,
    edits: [['if (mayResend && profile.duplicate.length > 0 && asked', 'if (mayResend && asked']],
    caughtBy: { checks: ['money', 'outcome'] },
  },
  {
    name: 'rejection-in-doubt-believed',
    wrong:
      'Some banks say RJCT for an id that has not arrived yet; the ERP would pay again what is then executed.',
    file: DENIAL,
    edits: [['if (ports.terms(plan.bank).profile.rejectMeansRejected) return false;', 'return false;']],
    caughtBy: { checks: ['money', 'outcome'] },
  },
  {
    name: 'rejection-of-another-sending-believed',
    wrong:
      'A bank that has two copies of a message goes on reporting the one it rejected, and executes the other.',
    file: DENIAL,
    edits: [['const wasSentAgain = lostBefore && attempts > 1;', 'const wasSentAgain = false;']],
    caughtBy: { test: 'test/outbound/follow.test.ts' },
  },
  {
    name: 'denial-of-confirmed-ignored',
    wrong:
      'A bank that has confirmed a message and then no longer knows it is asked for ever, and no person hears of it.',
    file: DENIAL,
    edits: [['(attempts.asked(order.id, plan.part)?.denied ?? 0) < DENIALS_MAX', 'true']],
    caughtBy: { checks: ['restless', 'outcome'] },
  },
  {
    name: 'old-entry-believed',
    wrong: 'ERPs begin their references again, and an entry of an earlier day books another payment.',
    file: SENT,
    edits: [['      entry.bookingDay >= dayAt(Date', '      true || entry.bookingDay >= dayAt(Date']],
    caughtBy: { checks: ['money', 'outcome'] },
  },
  {
    name: 'entry-of-other-amount-believed',
    wrong: 'An entry that bears the same reference but another amount books another payment.',
    file: SENT,
    edits: [['      compareDecimals(ids.amount, amount) === 0 &&\n', '']],
    caughtBy: { checks: ['money', 'outcome'] },
  },
  {
    name: 'credit-entry-believed',
    wrong: 'Money that came in under a reference, such as a return, does not prove that it went out.',
    file: BOOKED,
    edits: [["return direction === 'debit' && ", 'return ']],
    caughtBy: { checks: ['money', 'outcome'] },
  },
  {
    name: 'entry-of-two-believed',
    wrong: 'An entry that fits two messages settles one of them by chance.',
    file: BOOKED,
    edits: [
      ['if (only === undefined || others.length > 0) return;', 'if (only === undefined) return;'],
      ['if (await this.#trace.mayBookAnother(entry, fresh !== undefined, rivals)) return;', ''],
    ],
    caughtBy: { checks: ['money', 'outcome'] },
  },
  {
    name: 'entry-of-another-order-believed',
    wrong: 'The entry of a payment that has come to its end settles a lost one of the same id and amount.',
    file: BOOKED,
    edits: [['if (await this.#trace.mayBookAnother(entry, fresh !== undefined, rivals)) return;', '']],
    caughtBy: { test: 'test/outbound/booked.test.ts' },
  },
  {
    name: 'accepted-taken-for-executed',
    wrong: 'A transfer the bank has only accepted may still be rejected.',
    file: 'src/domain/conclusion.ts',
    edits: [["if (status === 'ACSC') settled += 1;", "if (status !== 'RJCT') settled += 1;"]],
    caughtBy: { checks: ['outcome', 'money'] },
  },
];
