// Facts for tests: a quiet day, and one of each thing that can go wrong.

import type { Facts, HeldFact } from '../../../src/operations/alerts/facts.ts';

export const IBAN = 'PL60160014620000000000000001';

export const QUIET: Facts = {
  held: [],
  stuck: [],
  paused: [],
  unknown: { banks: [], ibans: [], disks: [], folders: [] },
  contacts: [{ bank: 'North' }],
  accounts: [
    {
      iban: IBAN,
      bank: 'North',
      overdueDays: [],
      flags: [],
      contradictions: [],
      lastStatement: '2026-11-23',
    },
  ],
  certificates: [{ bank: 'North', role: 'communication', validTo: '2028-01-01T00:00:00.000Z' }],
  disks: [{ path: '/srv/state', freeBytes: 5_000_000_000 }],
  folders: [],
  clockBehindMs: 0,
  open: [{ state: 'on the way', orders: 2, transfers: 12 }],
};

export const HELD: HeldFact = {
  order: '01M83TY1DM041061050R3GG28A',
  file: 'wyplaty.xml',
  message: 'G01M83TY1DM041061050R3GG28A001',
  bank: 'North',
  transfers: 2,
  sum: '1200.00',
  debtorAccounts: [IBAN],
  since: '2026-11-24T07:12:00.000Z',
  why: 'It may be at the bank, and the bank has not said what became of it.',
  evidence: `The connection ended; asked 12 times about PL60 1600 1462 0000 0000 0000 0001 PLN.`,
  choices: [
    { when: 'the e-bank shows it', command: 'goniec release G01 --as settled --reason "..."' },
    { when: 'the bank does not have it', command: 'goniec release G01 --as resend --reason "..."' },
  ],
};

export const EVERYTHING: Facts = {
  ...QUIET,
  held: [HELD],
  stuck: [{ order: '01M8', file: 'a.xml', step: 'tell', reason: 'The inbox is read-only.' }],
  paused: [{ bank: 'South', since: '2026-11-24T06:00:00.000Z', code: 'E301', text: 'Bad signature' }],
  contacts: [
    { bank: 'North', failingSince: '2026-11-24T05:00:00.000Z', cause: 'connect ECONNREFUSED 192.0.2.1:443' },
  ],
  accounts: [
    {
      iban: IBAN,
      bank: 'North',
      overdueDays: ['2026-11-20'],
      flags: [
        '2026-11-19: The opening balance 10 is not the last closing balance 5: a statement may be missing.',
      ],
      contradictions: [`Transfer 1 of a.xml was told as rejected and is booked on ${IBAN}.`],
      lastStatement: '2026-11-19',
    },
  ],
  certificates: [{ bank: 'North', role: 'authorization', validTo: '2026-12-20T00:00:00.000Z' }],
  disks: [{ path: '/srv/state', freeBytes: 12_345_678 }],
  folders: [{ path: '/srv/erp/outbox', reason: 'The outbox of Example, /srv/erp/outbox, is not there.' }],
  clockBehindMs: 3_600_000,
};
