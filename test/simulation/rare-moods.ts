// What is rare, and each time would let a mistake pass that nothing else shows: see test/mistakes.

import type { AnswerProfile } from '../../src/domain/bank-profile.ts';
import { CODES } from './bank-moods.ts';
import {
  drop,
  MINUTE_MS,
  payments,
  resumes,
  SECOND_MS,
  TESTED,
  transfer,
  type Event,
} from './scenario-parts.ts';
import { allOrders } from './recorded-orders.ts';
import { FOLDERS } from './simulated-erp.ts';
import { ACCOUNT, type Scenario } from './scenario.ts';
import type { World } from './world.ts';

const ONE = payments('M1', transfer('A1', '10.00'));
/** Nobody answers for an id: what is lost can only be found in the e-bank or on the account. */
const SAYS_NOTHING = { unknownId: 'unlisted-fault', statusLagMs: 3_600_000 } as const;
const HOUR_MS = 60 * MINUTE_MS;
const FRIDAY_MS = Date.UTC(2026, 10, 20, 10);

function setsDate(byMs: number, atMs: number): Event {
  return { atMs, act: ({ clock }) => clock.setNow(clock.now() + byMs) };
}

/** Somebody else's business on the account. */
function books(entry: Foreign, atMs: number, dayMs?: number): Event {
  const rest = { account: ACCOUNT, text: 'another payment', endToEndId: undefined, ...entry };
  return { atMs, act: ({ bank }) => bank.ledger.book({ ...rest, atMs: dayMs ?? bank.now() }) };
}

interface Foreign {
  readonly amount: string;
  readonly direction: 'debit' | 'credit';
  readonly endToEndId?: string;
}

/** A person who sees nothing in the e-bank, whatever is under way. */
function releases(name: string, as: 'resend' | 'dropped', atMs: number): Event {
  return {
    atMs,
    act: (world) => {
      const order = heldOrder(world);
      if (order === undefined) return;
      world.decide(name, { kind: 'release', order, part: 1, as, who: 'Anna', reason: 'not in the e-bank' });
    },
  };
}

/** The first that is held, or was. */
function heldOrder(world: World): string | undefined {
  return allOrders(world).find(({ submissions }) => submissions.some(({ hold }) => hold !== undefined))?.id;
}

const KNOWS_NOT_FOUND: Partial<AnswerProfile> = { notFound: [CODES.notFound], arrivalBoundMs: MINUTE_MS };

export const RARE_MOODS: readonly Scenario[] = [
  {
    title: 'the date is set forward while a late message is in doubt',
    answers: KNOWS_NOT_FOUND,
    moods: ['arrives-late'],
    traits: { repeatedId: 'executed-again' },
    events: [drop('one.xml', ONE), setsDate(HOUR_MS, 14 * SECOND_MS)],
    outcomes: { 'one.xml': ['ACSC'] },
  },
  {
    title: 'our date runs ahead of the bank over midnight',
    answers: TESTED,
    startMs: Date.UTC(2026, 10, 23, 22, 57, 0),
    kinds: ['history', 'statement'],
    wakeEveryMs: MINUTE_MS,
    atLeastMs: 8 * MINUTE_MS,
    events: [books({ amount: '3.00', direction: 'credit' }, 0), setsDate(10 * MINUTE_MS, 30 * SECOND_MS)],
    outcomes: {},
  },
  {
    title:
      'the answer is lost at a bank whose status service lags and that says of the resend that it has it',
    answers: { duplicate: [CODES.duplicate] },
    moods: ['loses-answer'],
    traits: { unknownId: 'unlisted-fault', statusLagMs: 40_000, repeatedId: 'refused' },
    events: [drop('one.xml', ONE)],
    outcomes: { 'one.xml': ['ACSC'] },
  },
  {
    title: 'the bank rejects what is sent again although it took the first',
    answers: { duplicate: [CODES.duplicate] },
    moods: ['loses-answer', 'rejects'],
    traits: { ...SAYS_NOTHING, repeatedId: 'silently-known' },
    events: [drop('one.xml', ONE)],
    outcomes: { 'one.xml': ['held', 'ACSC'] },
  },
  {
    title: 'the bank refuses what is sent again although it took the first',
    answers: { duplicate: [CODES.duplicate], refusal: [CODES.refusal] },
    moods: ['loses-answer', 'refuses'],
    traits: { ...SAYS_NOTHING, repeatedId: 'silently-known' },
    events: [drop('one.xml', ONE)],
    outcomes: { 'one.xml': ['held', 'ACSC'] },
  },
  {
    title:
      'entries of another day, of another amount and of another direction bear the reference of a lost transfer',
    moods: ['loses-request'],
    traits: SAYS_NOTHING,
    kinds: ['history', 'statement'],
    wakeEveryMs: MINUTE_MS,
    events: [
      books({ amount: '10.00', direction: 'debit', endToEndId: 'A1' }, 0, FRIDAY_MS),
      drop('one.xml', ONE),
      books({ amount: '10.00', direction: 'credit', endToEndId: 'A1' }, 90 * SECOND_MS),
      books({ amount: '3.00', direction: 'debit', endToEndId: 'A1' }, 90 * SECOND_MS),
    ],
    outcomes: { 'one.xml': ['held', 'ACSC'] },
  },
  {
    title: 'an entry fits two lost transfers',
    moods: ['loses-request', 'loses-answer'],
    traits: SAYS_NOTHING,
    kinds: ['history'],
    wakeEveryMs: MINUTE_MS,
    events: [
      drop('one.xml', ONE),
      drop(
        'like-it.xml',
        payments('M2', transfer('A1', '10.00')).replaceAll('FV/1/2026', 'FV/2/2026'),
        SECOND_MS,
      ),
    ],
    outcomes: { 'one.xml': ['held', 'ACSC'], 'like-it.xml': ['held', 'ACSC'] },
  },
  {
    title: 'a person wants to drop what the bank has',
    moods: ['loses-answer'],
    traits: SAYS_NOTHING,
    events: [drop('one.xml', ONE), releases('1', 'dropped', 10 * MINUTE_MS)],
    outcomes: { 'one.xml': ['held', 'ACSC'] },
  },
  {
    title: 'a decision that was carried out comes back after another one',
    moods: ['loses-request', 'loses-request', 'loses-answer'],
    traits: { ...SAYS_NOTHING, repeatedId: 'executed-again' },
    events: [
      drop('one.xml', ONE),
      releases('1', 'resend', 10 * MINUTE_MS),
      releases('2', 'resend', 20 * MINUTE_MS),
      releases('1', 'resend', 30 * MINUTE_MS),
      // What happens to a bad file gives a crash its chance after the decision has come back.
      drop('bad.xml', payments('M4', transfer('D1', '-1.00')), 35 * MINUTE_MS),
    ],
    outcomes: { 'one.xml': ['held', 'ACSC'], 'bad.xml': ['RJCT'] },
  },
  {
    title: 'what waits for a paused bank goes out once a person has resumed it',
    answers: TESTED,
    moods: ['refuses-all'],
    events: [
      drop('one.xml', ONE),
      drop('two.xml', payments('M5', transfer('F1', '5.00')), 30 * SECOND_MS),
      resumes(5 * MINUTE_MS),
      drop('three.xml', payments('M6', transfer('G1', '6.00')), 6 * MINUTE_MS),
    ],
    outcomes: { 'one.xml': ['RJCT', 'held', 'ACSC'], 'two.xml': ['ACSC'], 'three.xml': ['ACSC'] },
  },
  {
    title: 'nobody resumes a bank that refuses everybody',
    answers: TESTED,
    moods: Array.from({ length: 12 }, () => 'refuses-all'),
    events: [drop('one.xml', ONE), drop('two.xml', payments('M5', transfer('F1', '5.00')), 30 * SECOND_MS)],
    outcomes: { 'one.xml': ['RJCT', 'held'], 'two.xml': ['held'] },
  },
  {
    title: 'a stranger has left a file under the name of a statement',
    answers: TESTED,
    kinds: ['statement'],
    events: [
      {
        atMs: 0,
        act: ({ disk }) =>
          disk.put(
            `${FOLDERS.inbox}/camt.053_2026-11-20_${ACCOUNT}_statement.xml`,
            Buffer.from('<Statement></Statement>'),
          ),
      },
      books({ amount: '3.00', direction: 'credit' }, 0, FRIDAY_MS),
    ],
    outcomes: {},
  },
];
