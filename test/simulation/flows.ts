// What the daemon does, with a bank that was tested and is well: payments of all kinds, files that are none, account data, requests,
// and what people decide.

import { createIso20022Format } from '../../src/erp/iso20022/iso20022-format.ts';
import { elixirFile } from '../erp/elixir-o/elixir-o-file.ts';
import { ELIXIR_O, MT940_ALONE } from '../erp/formats-wanted.ts';
import { REJECTED_PREFIX } from './bank-moods.ts';
import {
  decides,
  drop,
  MINUTE_MS,
  payments,
  resumes,
  SECOND_MS,
  TESTED,
  transfer,
  type Event,
} from './scenario-parts.ts';
import { ACCOUNT, OTHER_ACCOUNT, TIME_ZONE, type Scenario } from './scenario.ts';

const ONE = payments('M1', transfer('A1', '10.00'));

const ACCOUNT_KINDS = ['balance', 'history', 'statement'] as const;

/** What happens at the account without us: two equal fees, which are two, and a credit. */
const LIFE_AT_THE_ACCOUNT: Event = {
  atMs: 0,
  act: ({ bank }) => {
    const friday = Date.UTC(2026, 10, 20, 10);
    const common = { account: ACCOUNT, endToEndId: undefined };
    bank.ledger.book({ ...common, atMs: friday, amount: '1000.00', direction: 'credit', text: 'invoice' });
    bank.ledger.book({ ...common, atMs: friday, amount: '2.50', direction: 'debit', text: 'fee' });
    bank.ledger.book({ ...common, atMs: friday, amount: '2.50', direction: 'debit', text: 'fee' });
  },
};

const LATE_FEES: Event = {
  atMs: 4 * MINUTE_MS,
  act: ({ bank, clock }) => {
    const common = { account: ACCOUNT, endToEndId: undefined, atMs: clock.now() };
    bank.ledger.book({ ...common, amount: '1.00', direction: 'debit', text: 'late fee' });
    bank.ledger.book({ ...common, amount: '1.00', direction: 'debit', text: 'late fee' });
  },
};

/** Two blocks, and an order that the ERP gave no reference. */
const LIST = elixirFile(
  { 16: '"K1"' },
  { 3: '250', 16: '' },
  { 6: OTHER_ACCOUNT.slice(2), 4: OTHER_ACCOUNT.slice(4, 12), 3: '700', 16: '"K3"' },
);

const LISTS: readonly Scenario[] = [
  {
    title: 'an Elixir-O list is written slowly, goes in two messages and settles when its done-file has come',
    answers: TESTED,
    formats: ELIXIR_O,
    transfersPerMessageMax: 2,
    events: [
      { atMs: 0, act: ({ erp }) => erp.begin('list.pli', LIST) },
      // A whole list of one order, if nothing said that more is to come.
      { atMs: SECOND_MS, act: ({ erp }) => erp.grow('list.pli', LIST.indexOf('\n') + 1) },
      { atMs: 20 * SECOND_MS, act: ({ erp }) => erp.grow('list.pli', Infinity) },
      { atMs: 21 * SECOND_MS, act: ({ erp }) => erp.done('list.pli') },
    ],
    outcomes: { 'list.pli': ['ACSC'] },
  },
  {
    title: 'Elixir-O lists are repeated and refused',
    answers: TESTED,
    formats: {
      ...ELIXIR_O,
      elixirO: { encoding: 'utf-8', complete: 'rename', splitPayment: 'title', language: 'en' },
    },
    events: [
      drop('list.pli', LIST),
      drop('again.pli', LIST, 8 * SECOND_MS),
      drop('bad.pli', elixirFile({ 16: '"K4"' }, { 11: '10901014', 16: '"K5"' }), 8 * SECOND_MS),
      drop('beside.xml', payments('M9', transfer('K9', '3.00')), 8 * SECOND_MS),
    ],
    outcomes: {
      'list.pli': ['ACSC'],
      'again.pli': ['repeats', 'ACSC'],
      'bad.pli': ['RJCT'],
      'beside.xml': ['ACSC'],
    },
  },
];

export const FLOWS: readonly Scenario[] = [
  ...LISTS,
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
    title: 'an order goes in two messages',
    answers: TESTED,
    transfersPerMessageMax: 1,
    events: [drop('two.xml', payments('M2', transfer('B1', '1.00'), transfer('B2', '2.00')))],
    outcomes: { 'two.xml': ['ACSC'] },
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
    title: 'the same bytes are dropped twice at once',
    answers: TESTED,
    events: [drop('one.xml', ONE), drop('twin.xml', ONE)],
    // Where one of them meets trouble on the disk the other is the first.
    outcomes: { 'one.xml': ['ACSC', 'repeats'], 'twin.xml': ['repeats', 'ACSC'] },
  },
  {
    title: 'the same bytes are dropped again when their day is over',
    answers: TESTED,
    // Three minutes before the end of the day its payments are for.
    startMs: Date.UTC(2026, 10, 24, 22, 57, 0),
    events: [drop('one.xml', ONE), drop('again.xml', ONE, 5 * MINUTE_MS)],
    outcomes: { 'one.xml': ['ACSC'], 'again.xml': ['repeats'] },
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
    title: 'history and statements arrive over midnight at an ERP that reads no XML and takes them',
    answers: TESTED,
    formats: MT940_ALONE,
    erpTakes: true,
    startMs: Date.UTC(2026, 10, 23, 22, 57, 0),
    kinds: ACCOUNT_KINDS,
    wakeEveryMs: MINUTE_MS,
    atLeastMs: 7 * MINUTE_MS,
    events: [LIFE_AT_THE_ACCOUNT, LATE_FEES, drop('one.xml', ONE)],
    outcomes: { 'one.xml': ['ACSC'] },
  },
  {
    title: 'history and statements arrive over midnight in two formats each',
    answers: TESTED,
    formats: { ...MT940_ALONE, statements: ['mt940', 'camt'], history: ['camt', 'mt942'] },
    startMs: Date.UTC(2026, 10, 23, 22, 57, 0),
    kinds: ['history', 'statement'],
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
  {
    title: 'the same payments come again under new ids',
    answers: TESTED,
    events: [drop('one.xml', ONE), drop('anew.xml', payments('M9', transfer('A1', '10.00')), 8 * SECOND_MS)],
    outcomes: { 'one.xml': ['ACSC', 'held'], 'anew.xml': ['held', 'ACSC'] },
  },
  {
    title: 'two files of different payments share an id of the ERP',
    answers: TESTED,
    events: [
      drop('one.xml', ONE),
      drop('two.xml', payments('M2', transfer('A1', '20.00'), transfer('A2', '3.00')), 8 * SECOND_MS),
    ],
    outcomes: { 'one.xml': ['ACSC'], 'two.xml': ['ACSC'] },
  },
  {
    title: 'two accounts pay at once while their balances are fetched',
    answers: TESTED,
    accounts: [ACCOUNT, OTHER_ACCOUNT],
    kinds: ['balance', 'history'],
    wakeEveryMs: MINUTE_MS,
    events: [
      LIFE_AT_THE_ACCOUNT,
      drop('one.xml', ONE),
      drop('other.xml', payments('M2', transfer('G1', '7.00')).replaceAll(ACCOUNT, OTHER_ACCOUNT)),
    ],
    outcomes: { 'one.xml': ['ACSC'], 'other.xml': ['ACSC'] },
  },
  {
    title: 'the ERP writes slowly and stops for a while in between',
    answers: TESTED,
    events: [
      { atMs: 0, act: ({ erp }) => erp.begin('slow.xml', ONE) },
      { atMs: 3 * SECOND_MS, act: ({ erp }) => erp.grow('slow.xml', 700) },
      { atMs: 90 * SECOND_MS, act: ({ erp }) => erp.grow('slow.xml', ONE.length - 3) },
      { atMs: 100 * SECOND_MS, act: ({ erp }) => erp.grow('slow.xml', Infinity) },
    ],
    outcomes: { 'slow.xml': ['ACSC'] },
  },
];

/** What is held, and every way in which a person may decide it. */
export const DECISIONS: readonly Scenario[] = [
  {
    title: 'a person lets a held message go again',
    moods: ['loses-request'],
    events: [drop('one.xml', ONE), decides('resend', 10 * MINUTE_MS)],
    outcomes: { 'one.xml': ['ACSC', 'held'] },
  },
  {
    title: 'a person finds a lost message settled',
    moods: ['loses-answer'],
    traits: { unknownId: 'unlisted-fault', statusLagMs: 3_600_000 },
    events: [drop('one.xml', ONE), decides('settled', 10 * MINUTE_MS)],
    outcomes: { 'one.xml': ['ACSC', 'held'] },
  },
  {
    title: 'a person finds that a lost message never came and gives it up',
    moods: ['loses-request'],
    events: [drop('one.xml', ONE), decides('rejected', 10 * MINUTE_MS)],
    outcomes: { 'one.xml': ['RJCT', 'ACSC', 'held'] },
  },
  {
    title: 'a person gives up what the bank confirmed and then denied',
    answers: TESTED,
    moods: ['forgets'],
    events: [drop('one.xml', ONE), decides('rejected', 30 * MINUTE_MS)],
    outcomes: { 'one.xml': ['RJCT', 'ACSC', 'held'] },
  },
  {
    title: 'a person drops a file whose message id was used before',
    answers: TESTED,
    events: [
      drop('one.xml', ONE),
      drop('other.xml', payments('M1', transfer('E1', '99.00')), 8 * SECOND_MS),
      decides('dropped', 10 * MINUTE_MS),
    ],
    outcomes: { 'one.xml': ['ACSC', 'RJCT'], 'other.xml': ['RJCT', 'ACSC'] },
  },
  {
    title: 'a person sends a file whose payments were sent before under other ids',
    answers: TESTED,
    events: [
      drop('one.xml', ONE),
      drop('anew.xml', payments('M9', transfer('A1', '10.00')), 8 * SECOND_MS),
      decides('resend', 10 * MINUTE_MS),
    ],
    outcomes: { 'one.xml': ['ACSC'], 'anew.xml': ['ACSC'] },
  },
  {
    title: 'a person lets a large transfer go, and a small one needs nobody',
    answers: TESTED,
    hold: { transferAbove: [{ amount: { coefficient: 50n, scale: 0 }, currency: 'PLN' }], fileAbove: [] },
    events: [
      drop('large.xml', payments('M1', transfer('L1', '50.01'))),
      drop('small.xml', payments('M2', transfer('S1', '50.00')), 8 * SECOND_MS),
      decides('resend', 10 * MINUTE_MS),
    ],
    outcomes: { 'large.xml': ['ACSC', 'held'], 'small.xml': ['ACSC'] },
  },
  {
    title: 'a person decides what can not be decided so',
    moods: ['loses-request'],
    events: [
      drop('one.xml', ONE),
      decides('dropped', 8 * MINUTE_MS),
      {
        atMs: 9 * MINUTE_MS,
        act: (world) => {
          world.decide('1-none', {
            kind: 'release',
            order: 'none',
            part: 1,
            as: 'resend',
            who: 'Anna',
            reason: 'none',
          });
          world.disk.put('/state/decisions/2-unreadable.json', Buffer.from('{"kind":'));
        },
      },
    ],
    outcomes: { 'one.xml': ['held', 'ACSC'] },
  },
  {
    title: 'another person resumes a bank that refused everybody',
    answers: TESTED,
    moods: ['refuses-all'],
    events: [
      drop('one.xml', ONE),
      drop('two.xml', payments('M5', transfer('F1', '5.00')), 30 * SECOND_MS),
      resumes(5 * MINUTE_MS),
    ],
    outcomes: { 'one.xml': ['RJCT', 'held', 'ACSC'], 'two.xml': ['ACSC', 'RJCT', 'held'] },
  },
];
