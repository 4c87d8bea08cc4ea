// The flows and moods every sweep goes through.

import { createIso20022Format } from '../../src/erp/iso20022/iso20022-format.ts';
import type { AnswerProfile } from '../../src/domain/bank-profile.ts';
import { paymentFile, type TransferSketch } from '../erp/iso20022/payment-file.ts';
import type { Release } from '../../src/domain/order-event.ts';
import type { Decision } from '../../src/outbound/decisions.ts';
import { allOrders } from './recorded-orders.ts';
import { CODES, REJECTED_PREFIX } from './simulated-bank.ts';
import { ACCOUNT, TIME_ZONE, type Scenario, type World } from './world.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** A bank that was tested: what it says is known, and nothing arrives later than a minute. */
export const TESTED: AnswerProfile = {
  notFound: [CODES.notFound],
  duplicate: [CODES.duplicate],
  refusal: [CODES.refusal],
  systemic: [CODES.systemic],
  arrivalBoundMs: MINUTE_MS,
  rejectMeansRejected: false,
};

/** Only "not found" and the bound are known: the bank may execute a repeated id again. */
const KNOWS_NOT_FOUND: Partial<AnswerProfile> = { notFound: [CODES.notFound], arrivalBoundMs: MINUTE_MS };
/** Only that a repeated id is refused is known. */
const REFUSES_REPEATED: Partial<AnswerProfile> = { duplicate: [CODES.duplicate] };

function drop(name: string, content: string, atMs = 0): Scenario['events'][number] {
  return { atMs, act: (world: World) => world.erp.drop(name, content) };
}

function payments(messageId: string, ...transfers: TransferSketch[]): string {
  return paymentFile({ messageId, blocks: [{ id: `${messageId}-B1`, transfers }] });
}

function transfer(endToEndId: string, amount: string): TransferSketch {
  return { endToEndId, amount };
}

const ONE = payments('M1', transfer('A1', '10.00'));
const ACCOUNT_KINDS = ['balance', 'history', 'statement'] as const;

/** What happens at the account without us: two equal fees, which are two, and a credit. */
const LIFE_AT_THE_ACCOUNT: Scenario['events'][number] = {
  atMs: 0,
  act: ({ bank }) => {
    const friday = Date.UTC(2026, 10, 20, 10);
    const common = { account: ACCOUNT, endToEndId: undefined };
    bank.ledger.book({ ...common, atMs: friday, amount: '1000.00', direction: 'credit', text: 'invoice' });
    bank.ledger.book({ ...common, atMs: friday, amount: '2.50', direction: 'debit', text: 'fee' });
    bank.ledger.book({ ...common, atMs: friday, amount: '2.50', direction: 'debit', text: 'fee' });
  },
};

const LATE_FEES: Scenario['events'][number] = {
  atMs: 4 * MINUTE_MS,
  act: ({ bank, clock }) => {
    const common = { account: ACCOUNT, endToEndId: undefined, atMs: clock.now() };
    bank.ledger.book({ ...common, amount: '1.00', direction: 'debit', text: 'late fee' });
    bank.ledger.book({ ...common, amount: '1.00', direction: 'debit', text: 'late fee' });
  },
};

/** What the daemon does, with a bank that was tested and is well. */
export const FLOWS: readonly Scenario[] = [
  {
    title: 'a single transfer settles',
    answers: TESTED,
    events: [drop('one.xml', ONE)],
    outcomes: { 'one.xml': ['ACSC'] },
  },
  {
    title: 'a single transfer settles, and the ERP takes every file away at once',
    answers: TESTED,
    erpTakes: true,
    events: [drop('one.xml', ONE)],
    outcomes: { 'one.xml': ['ACSC'] },
  },
  {
    title: 'an order goes in three messages',
    answers: TESTED,
    transfersPerMessageMax: 2,
    events: [
      drop(
        'split.xml',
        payments('M2', ...['B1', 'B2', 'B3', 'B4', 'B5'].map((id, index) => transfer(id, `${index + 1}.00`))),
      ),
    ],
    outcomes: { 'split.xml': ['ACSC'] },
  },
  {
    title: 'a part of an order is rejected',
    answers: TESTED,
    events: [
      drop('part.xml', payments('M3', transfer('C1', '1.00'), transfer(`${REJECTED_PREFIX}C2`, '2.00'))),
    ],
    outcomes: { 'part.xml': ['PART'] },
  },
  {
    title: 'a bad file is refused',
    answers: TESTED,
    events: [
      drop('bad.xml', payments('M4', transfer('D1', '-1.00'))),
      drop('no-xml.xml', 'this is no payment file'),
    ],
    outcomes: { 'bad.xml': ['RJCT'], 'no-xml.xml': ['RJCT'] },
  },
  {
    title: 'the same bytes are dropped again',
    answers: TESTED,
    events: [
      drop('one.xml', ONE),
      drop('again.xml', ONE, 8 * SECOND_MS),
      drop('late.xml', ONE, 5 * MINUTE_MS),
    ],
    outcomes: { 'one.xml': ['ACSC'], 'again.xml': ['repeats', 'ACSC'], 'late.xml': ['repeats'] },
  },
  {
    title: 'the same message id comes with other content',
    answers: TESTED,
    events: [drop('one.xml', ONE), drop('other.xml', payments('M1', transfer('E1', '99.00')), 8 * SECOND_MS)],
    outcomes: { 'one.xml': ['ACSC', 'held'], 'other.xml': ['held', 'ACSC'] },
  },
  {
    title: 'balances, history and statements arrive over midnight',
    answers: TESTED,
    startMs: Date.UTC(2026, 10, 23, 22, 57, 0),
    kinds: ACCOUNT_KINDS,
    pdf: true,
    wakeEveryMs: MINUTE_MS,
    atLeastMs: 7 * MINUTE_MS,
    events: [LIFE_AT_THE_ACCOUNT, LATE_FEES, drop('one.xml', ONE)],
    outcomes: { 'one.xml': ['ACSC'] },
  },
  {
    title: 'entries that only their content tells apart arrive over midnight at an ERP that takes them',
    answers: TESTED,
    erpTakes: true,
    startMs: Date.UTC(2026, 10, 23, 22, 57, 0),
    traits: { stableIdentities: false },
    kinds: ACCOUNT_KINDS,
    wakeEveryMs: MINUTE_MS,
    atLeastMs: 7 * MINUTE_MS,
    events: [LIFE_AT_THE_ACCOUNT, LATE_FEES],
    outcomes: {},
  },
  {
    title: 'the ERP asks with a camt.060',
    answers: TESTED,
    kinds: ['history'],
    wakeEveryMs: MINUTE_MS,
    events: [
      LIFE_AT_THE_ACCOUNT,
      ...(
        [
          ['balance.xml', 'balance', undefined],
          ['history.xml', 'history', '2026-11-20'],
          ['statement.xml', 'statement', '2026-11-20'],
        ] as const
      ).map(([name, kind, day]) =>
        drop(
          name,
          Buffer.from(
            createIso20022Format({ timeZone: TIME_ZONE }).composeRequest({
              messageId: `R-${kind}`,
              createdAt: new Date(Date.UTC(2026, 10, 23, 8)),
              account: ACCOUNT,
              kind,
              from: day,
              to: day,
            }),
          ).toString('utf8'),
        ),
      ),
    ],
    outcomes: { 'balance.xml': ['answered'], 'history.xml': ['answered'], 'statement.xml': ['answered'] },
  },
];

/** A decision about the first message that is held; one about nothing when none is. */
function releaseOf(world: World, as: Release): Decision {
  const held = allOrders(world).find(({ submissions }) => submissions.some(({ phase }) => phase === 'held'));
  return {
    kind: 'release',
    order: held?.id ?? 'none',
    part: 1,
    as,
    who: 'Anna',
    reason: 'not in the e-bank',
  };
}

function mood(
  title: string,
  details: Omit<Scenario, 'title' | 'events' | 'outcomes'>,
  ...outcomes: readonly string[]
): Scenario {
  return { title, ...details, events: [drop('one.xml', ONE)], outcomes: { 'one.xml': outcomes } };
}

/** What a bank may do with one transfer, for what is known of it. */
export const MOODS: readonly Scenario[] = [
  mood('an untested bank answers', {}, 'ACSC', 'held'),
  mood('the bank rejects', { answers: TESTED, moods: ['rejects'] }, 'RJCT', 'ACSC', 'held'),
  mood('the bank refuses', { answers: TESTED, moods: ['refuses'] }, 'RJCT', 'ACSC', 'held'),
  mood('the bank refuses everybody', { answers: TESTED, moods: ['refuses-all'] }, 'RJCT', 'ACSC', 'held'),
  mood('the bank can not be reached', { answers: TESTED, moods: ['not-sent', 'not-sent'] }, 'ACSC'),
  mood('the request is lost at a tested bank', { answers: TESTED, moods: ['loses-request'] }, 'ACSC'),
  mood('the answer is lost at a tested bank', { answers: TESTED, moods: ['loses-answer'] }, 'ACSC'),
  mood('the message arrives late at a tested bank', { answers: TESTED, moods: ['arrives-late'] }, 'ACSC'),
  mood('an unlisted fault answers', { answers: TESTED, moods: ['unlisted-fault'] }, 'ACSC'),
  mood('the request is lost at an untested bank', { moods: ['loses-request'] }, 'held', 'ACSC'),
  mood('the answer is lost at an untested bank', { moods: ['loses-answer'] }, 'ACSC', 'held'),
  mood(
    'the message arrives late at an untested bank that executes repeated ids again',
    { moods: ['arrives-late'], traits: { repeatedId: 'executed-again' } },
    'ACSC',
    'held',
  ),
  mood(
    'the request is lost at a bank known for "not found" that executes repeated ids again',
    { answers: KNOWS_NOT_FOUND, moods: ['loses-request'], traits: { repeatedId: 'executed-again' } },
    'ACSC',
  ),
  mood(
    'the message arrives late at a bank known for "not found" that executes repeated ids again',
    { answers: KNOWS_NOT_FOUND, moods: ['arrives-late'], traits: { repeatedId: 'executed-again' } },
    'ACSC',
  ),
  mood(
    'the answer is lost at a bank known for "not found" whose status service lags',
    {
      answers: KNOWS_NOT_FOUND,
      moods: ['loses-answer'],
      traits: { repeatedId: 'executed-again', statusLagMs: 40_000 },
    },
    'ACSC',
  ),
  mood(
    'the request is lost at a bank that only is known to refuse repeated ids and calls unknown ones rejected',
    { answers: REFUSES_REPEATED, moods: ['loses-request'], traits: { unknownId: 'rejected' } },
    'ACSC',
  ),
  mood(
    'the message arrives late at a bank that only is known to refuse repeated ids',
    { answers: REFUSES_REPEATED, moods: ['arrives-late'], traits: { unknownId: 'unlisted-fault' } },
    'ACSC',
  ),
  mood(
    'the request is lost twice at a bank that takes repeated ids silently',
    {
      answers: REFUSES_REPEATED,
      moods: ['loses-request', 'loses-answer'],
      traits: { repeatedId: 'silently-known', unknownId: 'unlisted-fault' },
    },
    'ACSC',
  ),
  mood(
    'an untested bank calls a lost message rejected',
    { moods: ['arrives-late'], traits: { unknownId: 'rejected', repeatedId: 'executed-again' } },
    'ACSC',
    'held',
  ),
  mood(
    'a booked entry proves what the answer did not',
    {
      moods: ['loses-answer'],
      traits: { unknownId: 'unlisted-fault', statusLagMs: 3_600_000 },
      kinds: ['history'],
      wakeEveryMs: MINUTE_MS,
    },
    'ACSC',
    'held',
  ),
  mood(
    'news come while the first word about the file can not be written, and the ERP takes every file away at once',
    {
      moods: ['loses-answer'],
      erpTakes: true,
      traits: { executeAfterMs: 1_000, latencyMs: 100, statusLagMs: 3_600_000 },
      kinds: ['history'],
      wakeEveryMs: 2_000,
    },
    'ACSC',
    'held',
  ),
  {
    title: 'a person lets a held message go again',
    moods: ['loses-request'],
    events: [
      drop('one.xml', ONE),
      {
        atMs: 10 * MINUTE_MS,
        act: (world) => world.decide('1', releaseOf(world, 'resend')),
      },
    ],
    outcomes: { 'one.xml': ['ACSC', 'held'] },
  },
  {
    title: 'a person drops what never went out, and another resumes the bank',
    answers: TESTED,
    moods: ['refuses-all'],
    events: [
      drop('one.xml', ONE),
      drop('two.xml', payments('M5', transfer('F1', '5.00')), 30 * SECOND_MS),
      {
        atMs: 5 * MINUTE_MS,
        act: (world) =>
          world.decide('1', { kind: 'resume', bank: 'bank', who: 'Anna', reason: 'new certificate' }),
      },
    ],
    outcomes: { 'one.xml': ['RJCT', 'held', 'ACSC'], 'two.xml': ['ACSC', 'RJCT', 'held'] },
  },
];
