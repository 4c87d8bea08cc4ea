// A small world at rest in which everything is as it should be, for tests that break one thing in it.

import type { Evidence } from './evidence.ts';
import type { PlannedEnd } from './planned-files.ts';
import type { Sighting } from './erp.ts';

export const ACCOUNT = 'PL60160014620000000000000001';

interface Sketch {
  readonly stem: string;
  readonly end: PlannedEnd;
  readonly status: string;
  /** EndToEndId, amount, and whether the bank executed it. */
  readonly transfers: readonly (readonly [id: string, amount: string, status: string])[];
  readonly sha256?: string;
}

const SKETCHES: readonly Sketch[] = [
  { stem: 'one', end: 'settled', status: 'ACSC', transfers: [['E-p1-0', '10.00', 'ACSC']] },
  { stem: 'no', end: 'rejected', status: 'RJCT', transfers: [['E-p2-0', '20.00', 'RJCT']] },
  { stem: 'bad', end: 'refused', status: 'RJCT', transfers: [['E-p3-0', '30.00', '']] },
  { stem: 'again', end: 'repeats', status: 'ACSC', transfers: [['E-p1-0', '10.00', 'ACSC']], sha256: 'one' },
  { stem: 'cut', end: 'waits', status: '', transfers: [['E-p5-0', '50.00', '']] },
];

export function soundEvidence(): Evidence {
  const told = SKETCHES.filter(({ end }) => end !== 'waits');
  return {
    dropped: SKETCHES.map(({ stem, end, transfers, sha256 = stem }) => ({
      sha256,
      file: {
        name: `${stem}.xml`,
        content: '',
        writing: 'renamed',
        end,
        transfers: transfers.map(([id, amount]) => ({ id, amount })),
        debtors: [ACCOUNT],
      },
    })),
    sightings: [...told.map(finalOf), historyOf('1', ['E-p1-0'])],
    banks: [
      {
        name: 'Bank',
        account: ACCOUNT,
        book: {
          taken: [{ messageId: 'M1', transfers: 1, executed: 1, rejected: 0 }],
          movements: [
            { kind: 'transfer', debtor: ACCOUNT, creditor: 'PL1', amountCents: 1000n, endToEndId: 'E-p1-0' },
          ],
        },
      },
    ],
    collected: ACCOUNT,
    outbox: ['cut.xml'],
    inbox: [],
    spool: [],
    archive: told.map(({ stem, end, sha256 = stem }) => ({
      path: `${end === 'refused' ? 'refused/' : ''}2026/01/15/${stem}_${orderOf(stem)}`,
      order: orderOf(stem),
      refused: end === 'refused',
      names: [`erp_${stem}.xml`, 'receipt.json', 'summary.txt'],
      sources: [{ fileName: `${stem}.xml`, sha256 }],
    })),
    unfinishedArchive: [],
    status: { open: [], paused: [], waiting: [{ file: 'cut.xml' }] },
    journalDamage: undefined,
    refusalsOrdered: 0,
    surprises: [],
  };
}

/** An id of the length that order ids have. */
export function orderOf(stem: string): string {
  return stem.toUpperCase().padEnd(26, '0');
}

export function historyOf(name: string, ids: readonly string[]): Sighting {
  return { name: `camt.052_${name}`, sha256: [name], whole: true, status: undefined, shownPayments: ids };
}

function finalOf({ stem, end, status, transfers }: Sketch): Sighting {
  return {
    name: `pain.002_${stem}-final.xml`,
    sha256: [stem],
    whole: true,
    shownPayments: [],
    status: {
      stem,
      order: orderOf(stem),
      number: 1,
      final: true,
      messageId: `${stem}T001`,
      groupStatus: status,
      repeats: end === 'repeats',
      held: false,
      transfers: transfers
        .filter(([, , one]) => one !== '')
        .map(([endToEndId, , one]) => ({ endToEndId, status: one })),
    },
  };
}
